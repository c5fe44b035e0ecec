using System.IO.Compression;
using Preserve.Emulation.Display;

namespace Preserve.Workers.Benchmarks.Replay;

/// <summary>What the damaged tiles take as three bytes a pixel in one zlib stream, flushed after each picture: what ZRLE and Tight do at their simplest.</summary>
internal sealed class DeflatedTiles : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly ZLibStream _stream;
    private readonly byte[] _row = new byte[DamageMap.TileSize * 3];

    public DeflatedTiles() => _stream = new ZLibStream(_bytes, CompressionLevel.Optimal, leaveOpen: true);

    public int Encode(FrameCopy frame)
    {
        frame.Damage.ForEach((column, row) => Write(frame, new Rectangle(
            column * DamageMap.TileSize, row * DamageMap.TileSize, DamageMap.TileSize, DamageMap.TileSize).ClipTo(frame.Width, frame.Height)));
        _stream.Flush();
        var length = (int)_bytes.Length;
        _bytes.SetLength(0);
        return length;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _bytes.Dispose();
    }

    private void Write(FrameCopy frame, Rectangle tile)
    {
        for (var y = tile.Y; y < tile.Bottom; y++)
        {
            for (var x = 0; x < tile.Width; x++)
            {
                var pixel = frame.Pixels[(y * frame.Width) + tile.X + x];
                _row[x * 3] = (byte)pixel;
                _row[(x * 3) + 1] = (byte)(pixel >> 8);
                _row[(x * 3) + 2] = (byte)(pixel >> 16);
            }

            _stream.Write(_row, 0, tile.Width * 3);
        }
    }
}
