using System.Buffers.Binary;
using System.IO.Compression;

namespace Preserve.Catalog.Formats.Containers;

/// <summary>A ZIP archive (APPNOTE 6.3).</summary>
internal sealed class ZipContainer : IContainer, IDisposable
{
    private const int EndRecordLength = 22;
    private const uint EndRecordSignature = 0x06054b50;
    private const int LongestComment = 65_535;
    private const long LongestDirectory = 16 * 1024 * 1024;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private int _budget = ContainerBounds.LongestTotal;

    /// <param name="stream">Seekable; stays the caller's.</param>
    /// <exception cref="InvalidDataException">It is no ZIP archive, is damaged, or its directory is too long.</exception>
    public ZipContainer(Stream stream)
    {
        RequireModestDirectory(stream);
        _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in _archive.Entries)
        {
            _entries.TryAdd(entry.FullName, entry);
        }
    }

    public bool Contains(string path) => _entries.ContainsKey(path);

    public byte[] Read(string path)
    {
        using var content = _entries[path].Open();
        var buffer = new byte[(int)Math.Clamp(_entries[path].Length, 0, ContainerBounds.LongestRead)];
        var length = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        _budget -= length;
        return _budget >= 0 ? buffer[..length] : throw new InvalidDataException("What lies in the archive is longer than is looked at.");
    }

    public void Dispose() => _archive.Dispose();

    // The library takes the whole directory into memory, so its length is looked at first.
    private static void RequireModestDirectory(Stream stream)
    {
        var tail = new byte[(int)Math.Min(stream.Length, EndRecordLength + LongestComment)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        for (var at = tail.Length - EndRecordLength; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == EndRecordSignature)
            {
                var files = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
                var length = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12));
                if (files == ushort.MaxValue || length > LongestDirectory)
                {
                    throw new InvalidDataException($"The archive has {files} files or more and a directory of {length} bytes; it is not looked into.");
                }

                return;
            }
        }

        throw new InvalidDataException("The archive has no end record.");
    }
}
