using System.Runtime.InteropServices;

namespace Preserve.Sandbox.Filters;

/// <summary>The system call filter for programs that bring none: everything is allowed but what <see cref="SystemCalls"/> lists.</summary>
internal static class ToolFilter
{
    // Offsets in struct seccomp_data, and the lower half of each argument on little-endian machines.
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;
    private const uint SecondArgument = 24;

    private const uint Allow = 0x7fff0000;
    private const uint KillProcess = 0x80000000;
    private const uint Fail = 0x00050000;
    private const uint NotPermitted = Fail | 1;
    private const uint NoSuchCall = Fail | 38;
    private const uint NoSuchAddressFamily = Fail | 97;

    private const uint X64 = 0xc000003e;
    private const uint Arm64 = 0xc00000b7;
    private const uint FirstX32Number = 0x40000000;

    private const uint UnixSockets = 1;
    private const uint FakeInput = 0x5412; // TIOCSTI
    private const uint ConsoleControl = 0x541c; // TIOCLINUX
    private const uint PlainPersonality = 0;
    private const uint AskPersonality = 0xffffffff;

    // CLONE_NEW: NS, CGROUP, UTS, IPC, USER, PID, NET; the one for time shares its bit with the exit signal and needs unshare.
    private const uint NewNamespaces = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

    /// <summary>The compiled filter for an architecture.</summary>
    /// <exception cref="PlatformNotSupportedException">Neither x86-64 nor 64-bit ARM.</exception>
    public static byte[] Compile(Architecture architecture)
    {
        var isX64 = architecture == System.Runtime.InteropServices.Architecture.X64;
        if (!isX64 && architecture != System.Runtime.InteropServices.Architecture.Arm64)
        {
            throw new PlatformNotSupportedException($"There is no system call filter for {architecture}.");
        }

        uint? NumberOf(SystemCall call) => isX64 ? call.X64 : call.Arm64;
        var program = new BpfProgram().Load(Architecture).ReturnIfNotEqual(isX64 ? X64 : Arm64, KillProcess).Load(Number);
        if (isX64)
        {
            program.ReturnIfAtLeast(FirstX32Number, NoSuchCall);
        }

        DenyAll(program, SystemCalls.Denied.Select(NumberOf), NotPermitted);
        DenyAll(program, SystemCalls.Unknown.Select(NumberOf), NoSuchCall);
        AddArgumentRules(program, call => NumberOf(call)!.Value);
        return program.ReturnAlways(Allow).ToArray();
    }

    private static void DenyAll(BpfProgram program, IEnumerable<uint?> numbers, uint verdict)
    {
        foreach (var number in numbers.OfType<uint>())
        {
            program.ReturnIfEqual(number, verdict);
        }
    }

    private static void AddArgumentRules(BpfProgram program, Func<SystemCall, uint> numberOf) => program
        .WhenEqual(numberOf(SystemCalls.Socket), OnlyUnixSockets())
        .WhenEqual(numberOf(SystemCalls.SocketPair), OnlyUnixSockets())
        .WhenEqual(numberOf(SystemCalls.Clone), new BpfProgram()
            .Load(FirstArgument).ReturnIfAnyBit(NewNamespaces, NotPermitted).ReturnAlways(Allow))
        .WhenEqual(numberOf(SystemCalls.Ioctl), new BpfProgram()
            .Load(SecondArgument).ReturnIfEqual(FakeInput, NotPermitted).ReturnIfEqual(ConsoleControl, NotPermitted).ReturnAlways(Allow))
        .WhenEqual(numberOf(SystemCalls.Personality), new BpfProgram()
            .Load(FirstArgument).ReturnIfEqual(PlainPersonality, Allow).ReturnIfEqual(AskPersonality, Allow).ReturnAlways(NotPermitted));

    private static BpfProgram OnlyUnixSockets() => new BpfProgram()
        .Load(FirstArgument).ReturnIfNotEqual(UnixSockets, NoSuchAddressFamily).ReturnAlways(Allow);
}
