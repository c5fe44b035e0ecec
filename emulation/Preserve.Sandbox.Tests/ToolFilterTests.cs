using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Preserve.Sandbox.Filters;

namespace Preserve.Sandbox.Tests;

/// <summary>The filter for both architectures, run by a small interpreter; <see cref="IsolationTests"/> run the host's own in the kernel.</summary>
public sealed class ToolFilterTests
{
    private const uint Allow = 0x7fff0000;
    private const uint NotPermitted = 0x00050001;
    private const uint NoSuchCall = 0x00050026;
    private const uint NoSuchFamily = 0x00050061;
    private const uint Kill = 0x80000000;

    [Theory]
    [InlineData(Architecture.X64, 0u, 0u, 0u, Allow)] // read
    [InlineData(Architecture.X64, 165u, 0u, 0u, NotPermitted)] // mount
    [InlineData(Architecture.X64, 101u, 0u, 0u, NotPermitted)] // ptrace
    [InlineData(Architecture.X64, 435u, 0u, 0u, NoSuchCall)] // clone3
    [InlineData(Architecture.X64, 0x40000000u, 0u, 0u, NoSuchCall)] // read, x32
    [InlineData(Architecture.X64, 41u, 1u, 1u, Allow)] // socket, AF_UNIX
    [InlineData(Architecture.X64, 41u, 2u, 1u, NoSuchFamily)] // socket, AF_INET
    [InlineData(Architecture.X64, 41u, 16u, 1u, NoSuchFamily)] // socket, AF_NETLINK
    [InlineData(Architecture.X64, 56u, 0x11u, 0u, Allow)] // clone as fork does
    [InlineData(Architecture.X64, 56u, 0x10000011u, 0u, NotPermitted)] // clone, new user namespace
    [InlineData(Architecture.X64, 16u, 0u, 0x5401u, Allow)] // ioctl, TCGETS
    [InlineData(Architecture.X64, 16u, 0u, 0x5412u, NotPermitted)] // ioctl, TIOCSTI
    [InlineData(Architecture.X64, 135u, 0xffffffffu, 0u, Allow)] // personality, asked
    [InlineData(Architecture.X64, 135u, 0x40000u, 0u, NotPermitted)] // personality, no randomisation
    [InlineData(Architecture.Arm64, 63u, 0u, 0u, Allow)] // read
    [InlineData(Architecture.Arm64, 40u, 0u, 0u, NotPermitted)] // mount
    [InlineData(Architecture.Arm64, 117u, 0u, 0u, NotPermitted)] // ptrace
    [InlineData(Architecture.Arm64, 198u, 2u, 1u, NoSuchFamily)] // socket, AF_INET
    [InlineData(Architecture.Arm64, 220u, 0x10000011u, 0u, NotPermitted)] // clone, new user namespace
    [InlineData(Architecture.Arm64, 29u, 0u, 0x541cu, NotPermitted)] // ioctl, TIOCLINUX
    public void A_call_gets_its_verdict(Architecture architecture, uint number, uint first, uint second, uint verdict)
    {
        Assert.Equal(verdict, Run(architecture, AuditNumber(architecture), number, first, second));
    }

    [Fact]
    public void A_call_of_another_architecture_kills()
    {
        Assert.Equal(Kill, Run(Architecture.X64, 0x40000003, 0, 0, 0)); // i386
    }

    [Fact]
    public void An_architecture_without_a_filter_is_refused()
    {
        Assert.Throws<PlatformNotSupportedException>(() => ToolFilter.Compile(Architecture.S390x));
    }

    private static uint AuditNumber(Architecture architecture) => architecture == Architecture.X64 ? 0xc000003e : 0xc00000b7;

    private static uint Run(Architecture architecture, uint audit, uint number, uint first, uint second)
    {
        var data = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(data, number);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), audit);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(16), first);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(24), second);
        ReadOnlySpan<byte> program = ToolFilter.Compile(architecture);
        uint loaded = 0;
        for (var at = 0; ; at += 8)
        {
            var operand = BinaryPrimitives.ReadUInt32LittleEndian(program[(at + 4)..]);
            int Jump(bool isTrue, ReadOnlySpan<byte> code) => 8 * (isTrue ? code[at + 2] : code[at + 3]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(program[at..]))
            {
                case 0x20: loaded = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan((int)operand)); break;
                case 0x15: at += Jump(loaded == operand, program); break;
                case 0x35: at += Jump(loaded >= operand, program); break;
                case 0x45: at += Jump((loaded & operand) != 0, program); break;
                case 0x06: return operand;
                default: throw new InvalidOperationException("An instruction that the filter does not use.");
            }
        }
    }
}
