using System.Buffers.Binary;

namespace Preserve.Sandbox.Filters;

/// <summary>
/// Puts together a classic BPF program for seccomp(2): 8 bytes an instruction (u16 code, u8 jump if true, u8 jump if false,
/// u32 operand), jumps counted in instructions after the next. Each statement here is complete in itself, so that no jump
/// ever spans more than a few instructions.
/// </summary>
internal sealed class BpfProgram
{
    // From linux/bpf_common.h: class | size or source | mode or operation.
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort Return = 0x06;

    private readonly List<byte> _code = [];

    /// <summary>Loads 32 bits of <c>struct seccomp_data</c>.</summary>
    public BpfProgram Load(uint offset) => Add(LoadWord, 0, 0, offset);

    public BpfProgram ReturnAlways(uint verdict) => Add(Return, 0, 0, verdict);

    public BpfProgram ReturnIfEqual(uint value, uint verdict) => Add(JumpIfEqual, 0, 1, value).ReturnAlways(verdict);

    public BpfProgram ReturnIfNotEqual(uint value, uint verdict) => Add(JumpIfEqual, 1, 0, value).ReturnAlways(verdict);

    public BpfProgram ReturnIfAtLeast(uint value, uint verdict) => Add(JumpIfAtLeast, 0, 1, value).ReturnAlways(verdict);

    public BpfProgram ReturnIfAnyBit(uint bits, uint verdict) => Add(JumpIfAnyBit, 0, 1, bits).ReturnAlways(verdict);

    /// <summary>Runs a block only if the loaded word has the value. The block must end in a return.</summary>
    public BpfProgram WhenEqual(uint value, BpfProgram block)
    {
        var instructions = block._code.Count / 8;
        Add(JumpIfEqual, 0, checked((byte)instructions), value);
        _code.AddRange(block._code);
        return this;
    }

    public byte[] ToArray() => [.. _code];

    private BpfProgram Add(ushort code, byte ifTrue, byte ifFalse, uint operand)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, code);
        bytes[2] = ifTrue;
        bytes[3] = ifFalse;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], operand);
        _code.AddRange(bytes);
        return this;
    }
}
