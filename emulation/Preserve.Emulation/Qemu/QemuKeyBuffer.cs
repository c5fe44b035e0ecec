using System.Buffers.Binary;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>
/// Reads the head and tail of the BIOS keyboard buffer (BIOS data area, 0040:001A and 0040:001C). Ordinary memory: looking at it
/// disturbs nothing, in graphics modes too.
/// </summary>
internal sealed class QemuKeyBuffer(QemuMemory memory) : IMachineKeyBuffer
{
    private const uint Address = 0x41A;
    private const int First = 0x1E;
    private const int Length = 0x20;

    public async Task<KeyBufferState?> ReadAsync(CancellationToken cancellationToken)
    {
        var pointers = await memory.ReadAsync(Address, 2 * sizeof(ushort), cancellationToken);
        var head = BinaryPrimitives.ReadUInt16LittleEndian(pointers) - First;
        var tail = BinaryPrimitives.ReadUInt16LittleEndian(pointers.AsSpan(sizeof(ushort))) - First;
        return IsWithin(head) && IsWithin(tail) ? new KeyBufferState((tail - head + Length) % Length / 2, tail / 2) : null;
    }

    // Elsewhere lies a buffer that a program has moved, or no BIOS at all.
    private static bool IsWithin(int pointer) => pointer is >= 0 and < Length && pointer % 2 == 0;
}
