using System.Runtime.CompilerServices;
using System.Text.Json;
using Preserve.Emulation.Display;
using Preserve.Workers.Frames;

namespace Preserve.Workers.Tests.Frames;

/// <summary>
/// What every decoder must make of some recorded blobs: one file for each scene, with the blobs in base64 and what the viewer
/// sees after each. The player's tests read the same files.
/// </summary>
internal static class FrameVectors
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static IReadOnlyList<string> Names { get; } = ["typing", "scrolling", "drawing", "doubled", "parts", "cursors", "together", "sketches"];

    private static string Folder => Path.GetFullPath(Path.Combine(Here(), "../../../web/player/src/frames/vectors"));

    public static Vector Read(string name) => JsonSerializer.Deserialize<Vector>(File.ReadAllText(PathOf(name)), Json)!;

    /// <summary>Makes all vectors anew, which is right only after the format has changed.</summary>
    public static void Write()
    {
        Directory.CreateDirectory(Folder);
        foreach (var name in Names)
        {
            using var pair = FrameVectorScenes.Play(name);
            var vector = new Vector(pair.Blobs, SeenAfter(pair.Blobs));
            File.WriteAllText(PathOf(name), JsonSerializer.Serialize(vector, Json) + "\n");
        }
    }

    /// <summary>What a viewer sees after each of some blobs. The player tells the same of a sketch, whose picture the browser decodes.</summary>
    public static List<Seen> SeenAfter(IEnumerable<byte[]> blobs)
    {
        var decoder = new FrameDecoder();
        var seen = new List<Seen>();
        foreach (var blob in blobs)
        {
            decoder.Decode(blob);
            seen.Add(new Seen(
                decoder.Sequence, decoder.IsFirst, decoder.IsLast, decoder.Width, decoder.Height, Digest(decoder.Pixels), Describe(decoder.Cursor), Describe(decoder.Sketch)));
        }

        return seen;
    }

    /// <summary>FNV-1a over red, green and blue of each pixel.</summary>
    private static uint Digest(ReadOnlySpan<uint> pixels)
    {
        var digest = 0x811C9DC5u;
        foreach (var pixel in pixels)
        {
            digest = (digest ^ ((pixel >> 16) & 255)) * 16777619;
            digest = (digest ^ ((pixel >> 8) & 255)) * 16777619;
            digest = (digest ^ (pixel & 255)) * 16777619;
        }

        return digest;
    }

    private static string? Describe(CursorImage? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var pixels = new uint[cursor.Width * cursor.Height];
        Buffer.BlockCopy(cursor.Bgra, 0, pixels, 0, cursor.Bgra.Length);
        return $"{cursor.Width}x{cursor.Height}+{cursor.HotspotX}+{cursor.HotspotY} {Digest(pixels)}";
    }

    private static string? Describe(Sketch? sketch) => sketch is null
        ? null
        : $"{sketch.Area.X},{sketch.Area.Y} {sketch.Area.Width}x{sketch.Area.Height} {sketch.CellCount} cells, {sketch.Width}x{sketch.Height} in {sketch.Jpeg.Length} bytes";

    private static string PathOf(string name) => Path.Combine(Folder, name + ".json");

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>Blobs in order, and what a viewer sees after each.</summary>
internal sealed record Vector(List<byte[]> Blobs, List<Seen> Seen);

/// <summary>What a viewer sees after a blob.</summary>
internal sealed record Seen(uint Sequence, bool IsFirst, bool IsLast, int Width, int Height, uint Digest, string? Cursor, string? Sketch);
