using System.Buffers.Binary;

namespace Preserve.Catalog.Characterisation;

/// <summary>Tells programs that machines load by themselves.</summary>
internal static class KernelReader
{
    private const int HeaderLength = 8192;
    private const uint MultibootMagic = 0x1BADB002;
    private const uint Multiboot2Magic = 0xE85250D6;

    // mrs xN, mpidr_el1: which of the processors am I? (Arm ARM, C6.2: MRS.)
    private const uint ReadProcessorNumber = 0xD53800A0;
    private const int FirstInstructions = 16;

    public static KernelKind Read(SectorReader reader)
    {
        var header = reader.Read(0, HeaderLength);
        if (header is [0x7F, 0x45, 0x4C, 0x46, ..])
        {
            return Elf(header);
        }

        if (header.AsSpan(0x202, 4).SequenceEqual("HdrS"u8))
        {
            return KernelKind.LinuxX86;
        }

        if (header.AsSpan(56, 4).SequenceEqual("ARMd"u8))
        {
            return KernelKind.LinuxArm64;
        }

        return IsMultiboot(header) ? KernelKind.MultibootX86 : IsPlainArm64(header) ? KernelKind.PlainArm64 : KernelKind.None;
    }

    private static KernelKind Elf(ReadOnlySpan<byte> header)
    {
        var machine = header[5] == 2 ? BinaryPrimitives.ReadUInt16BigEndian(header[18..]) : BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
        return machine switch
        {
            3 or 62 => KernelKind.ElfX86,
            183 => KernelKind.ElfArm64,
            20 or 21 => KernelKind.ElfPowerPc,
            2 or 18 or 43 => KernelKind.ElfSparc,
            _ => KernelKind.None,
        };
    }

    private static bool IsMultiboot(ReadOnlySpan<byte> header)
    {
        for (var at = 0; at + 12 <= header.Length; at += 4)
        {
            var magic = BinaryPrimitives.ReadUInt32LittleEndian(header[at..]);
            var (second, third) = (BinaryPrimitives.ReadUInt32LittleEndian(header[(at + 4)..]), BinaryPrimitives.ReadUInt32LittleEndian(header[(at + 8)..]));
            if (magic == MultibootMagic && unchecked(magic + second + third) == 0)
            {
                return true;
            }

            if (magic == Multiboot2Magic && at + 16 <= header.Length
                && unchecked(magic + second + third + BinaryPrimitives.ReadUInt32LittleEndian(header[(at + 12)..])) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPlainArm64(ReadOnlySpan<byte> header)
    {
        for (var at = 0; at < FirstInstructions * 4; at += 4)
        {
            if ((BinaryPrimitives.ReadUInt32LittleEndian(header[at..]) & 0xFFFFFFE0) == ReadProcessorNumber)
            {
                return true;
            }
        }

        return false;
    }
}
