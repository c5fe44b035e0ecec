using System.Buffers.Binary;
using System.Text;

namespace Preserve.Catalog.Formats.Containers;

/// <summary>A compound file (MS-CFB): sectors in chains, a directory, and a stream of small streams. Every chain is followed within a bound.</summary>
internal sealed class Ole2Container : IContainer
{
    private const ulong Signature = 0xE11AB1A1E011CFD0;
    private const uint LastSector = 0xFFFFFFFA; // What follows are marks: MS-CFB 2.1.
    private const uint EndOfChain = 0xFFFFFFFE;
    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const int MiniSectorLength = 64;
    private const int DirectorySectors = 8192;
    private const int MostTableSectors = 4096;
    private const int LongestPath = 1024;
    private const byte StreamObject = 2;
    private const byte StorageObject = 1;
    private const byte RootObject = 5;

    private static readonly char[] ControlCharacters = [.. Enumerable.Range(0, 32).Select(code => (char)code)];

    private readonly Stream _stream;
    private readonly int _sectorLength;
    private readonly uint _miniCutoff;
    private readonly List<uint> _tableSectors = [];
    private readonly Dictionary<uint, byte[]> _tables = [];
    private readonly Dictionary<string, (uint Start, long Length)> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly byte[] _miniTable;
    private readonly byte[] _miniStream = [];
    private int _budget = ContainerBounds.LongestTotal;

    /// <param name="stream">Seekable; stays the caller's.</param>
    /// <exception cref="InvalidDataException">It is no compound file, or is damaged.</exception>
    public Ole2Container(Stream stream)
    {
        _stream = stream;
        var header = new byte[HeaderLength];
        stream.Position = 0;
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || BinaryPrimitives.ReadUInt64LittleEndian(header) != Signature)
        {
            throw new InvalidDataException("The file has no compound file header.");
        }

        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        _sectorLength = shift is 9 or 12 ? 1 << shift : throw new InvalidDataException($"Sectors of 2^{shift} bytes are no compound file's.");
        _miniCutoff = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(56));
        ReadTableSectors(header);
        var directory = ReadChain(Word(header, 48), (long)DirectorySectors * _sectorLength);
        _miniTable = ReadChain(Word(header, 60), ContainerBounds.LongestTotal / 4);
        if (directory.Length < EntryLength || directory[66] != RootObject)
        {
            throw new InvalidDataException("The compound file has no root.");
        }

        var root = new Entry(directory.AsSpan(0, EntryLength));
        _miniStream = ReadChain(root.Start, Math.Min(root.Length, ContainerBounds.LongestTotal / 4));
        AddFolder(directory, root.Child, "");
    }

    public bool Contains(string path) => _entries.ContainsKey(path);

    public byte[] Read(string path)
    {
        var (start, length) = _entries[path];
        var wanted = (int)Math.Clamp(length, 0, ContainerBounds.LongestRead);
        var bytes = length < _miniCutoff ? ReadMiniChain(start, wanted) : ReadChain(start, wanted);
        return bytes.Length <= wanted ? bytes : bytes[..wanted];
    }

    // Siblings are a tree, and what lies in a storage hangs from it: each entry is taken once, so that no tree is endless.
    private void AddFolder(byte[] directory, uint first, string prefix)
    {
        var waiting = new Stack<(uint Index, string Prefix)>([(first, prefix)]);
        var seen = new HashSet<uint>();
        while (waiting.TryPop(out var next))
        {
            if ((long)(next.Index + 1L) * EntryLength > directory.Length || !seen.Add(next.Index))
            {
                continue;
            }

            var entry = new Entry(directory.AsSpan((int)next.Index * EntryLength, EntryLength));
            waiting.Push((entry.Left, next.Prefix));
            waiting.Push((entry.Right, next.Prefix));
            if (entry.Kind is StreamObject or StorageObject && next.Prefix.Length < LongestPath)
            {
                _entries.TryAdd(next.Prefix + entry.Name, (entry.Start, entry.Length));
            }

            if (entry.Kind == StorageObject)
            {
                waiting.Push((entry.Child, $"{next.Prefix}{entry.Name}/"));
            }
        }
    }

    private void ReadTableSectors(byte[] header)
    {
        for (var at = 76; at < HeaderLength; at += 4)
        {
            AddTableSector(Word(header, at));
        }

        var next = Word(header, 68);
        for (var count = 0; next < LastSector && count < MostTableSectors; count++)
        {
            var sector = ReadSector(next);
            for (var at = 0; at < _sectorLength - 4; at += 4)
            {
                AddTableSector(Word(sector, at));
            }

            next = Word(sector, _sectorLength - 4);
        }
    }

    private void AddTableSector(uint sector)
    {
        if (sector < LastSector && _tableSectors.Count < MostTableSectors)
        {
            _tableSectors.Add(sector);
        }
    }

    private byte[] ReadChain(uint start, long length)
    {
        using var result = new MemoryStream();
        for (var sector = start; sector < LastSector && result.Length < length; sector = Next(sector))
        {
            _budget -= _sectorLength;
            if (_budget < 0)
            {
                throw new InvalidDataException("The chains of the compound file are longer than is looked at.");
            }

            result.Write(ReadSector(sector));
        }

        return result.ToArray();
    }

    private byte[] ReadMiniChain(uint start, int length)
    {
        using var result = new MemoryStream();
        for (var sector = start; sector < LastSector && result.Length < length;)
        {
            var at = (long)sector * MiniSectorLength;
            if (at + MiniSectorLength > _miniStream.Length)
            {
                break;
            }

            result.Write(_miniStream, (int)at, MiniSectorLength);
            sector = ((long)sector * 4) + 4 <= _miniTable.Length ? Word(_miniTable, (int)sector * 4) : EndOfChain;
        }

        return result.ToArray();
    }

    private uint Next(uint sector)
    {
        var perTable = (uint)(_sectorLength / 4);
        var index = sector / perTable;
        if (index >= _tableSectors.Count)
        {
            return EndOfChain;
        }

        if (!_tables.TryGetValue(index, out var table))
        {
            _tables[index] = table = ReadSector(_tableSectors[(int)index]);
        }

        return Word(table, (int)(sector % perTable) * 4);
    }

    private byte[] ReadSector(uint sector)
    {
        var buffer = new byte[_sectorLength];
        _stream.Position = ((long)sector + 1) * _sectorLength;
        _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer;
    }

    /// <summary>One entry of the directory: MS-CFB 2.6.1.</summary>
    private readonly struct Entry(ReadOnlySpan<byte> bytes)
    {
        public byte Kind { get; } = bytes[66];

        // Names of property streams begin with a control character that signatures leave out.
        public string Name { get; } = Encoding.Unicode
            .GetString(bytes[..Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(bytes[64..]) - 2, 0, 62)]).TrimStart(ControlCharacters);

        public uint Left { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes[68..]);

        public uint Right { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes[72..]);

        public uint Child { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes[76..]);

        public uint Start { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes[116..]);

        public long Length { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes[120..]);
    }

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
}
