using System.Buffers.Binary;
using System.Text;

namespace Preserve.Catalog.Tests.Formats;

/// <summary>Writes small compound files (MS-CFB), version 3, whose streams are longer than the cutoff to small streams.</summary>
internal static class CompoundFile
{
    private const int SectorLength = 512;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint None = 0xFFFFFFFF;

    public static byte[] Build(params (string Name, byte[] Content)[] streams)
    {
        var table = new List<uint> { 0xFFFFFFFD, EndOfChain }; // Sector 0 is the table, sector 1 the directory.
        var sectors = new List<byte[]> { new byte[SectorLength], new byte[SectorLength] };
        var directory = sectors[1];
        WriteEntry(directory, 0, "Root Entry", 5, None, 1, EndOfChain, 0);
        for (var index = 0; index < streams.Length; index++)
        {
            var (name, content) = streams[index];
            var right = index + 1 < streams.Length ? (uint)index + 2 : None;
            WriteEntry(directory, index + 1, name, 2, right, None, (uint)sectors.Count, content.Length);
            for (var at = 0; at < content.Length; at += SectorLength)
            {
                var sector = new byte[SectorLength];
                content.AsSpan(at, Math.Min(SectorLength, content.Length - at)).CopyTo(sector);
                sectors.Add(sector);
                table.Add(at + SectorLength < content.Length ? (uint)sectors.Count : EndOfChain);
            }
        }

        sectors[0].AsSpan().Fill(0xff);
        for (var index = 0; index < table.Count; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(sectors[0].AsSpan(index * 4), table[index]);
        }

        return [.. Header(), .. sectors.SelectMany(sector => sector)];
    }

    /// <summary>Where the table of sectors lies in what <see cref="Build"/> makes.</summary>
    public const int TableOffset = SectorLength;

    private static byte[] Header()
    {
        var header = new byte[SectorLength];
        BinaryPrimitives.WriteUInt64LittleEndian(header, 0xE11AB1A1E011CFD0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(24), 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), 6);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(44), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(48), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(56), 4096);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(60), EndOfChain);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(68), EndOfChain);
        header.AsSpan(76).Fill(0xff);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76), 0);
        return header;
    }

    private static void WriteEntry(byte[] directory, int index, string name, byte kind, uint right, uint child, uint start, int length)
    {
        var entry = directory.AsSpan(index * 128, 128);
        var bytes = Encoding.Unicode.GetBytes(name + "\0");
        bytes.CopyTo(entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)bytes.Length);
        entry[66] = kind;
        BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], None);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], right);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], child);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], start);
        BinaryPrimitives.WriteInt32LittleEndian(entry[120..], length);
    }
}
