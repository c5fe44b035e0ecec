using System.Security.Cryptography;
using System.Text;

namespace Preserve.Emulation.Builds;

/// <summary>One digest for all firmware that a build can load: a guest notices firmware as much as the emulator itself.</summary>
internal static class FirmwareDigest
{
    /// <summary>SHA-256 over a line for each file directly in the folders: name and digest, of two with one name the first.</summary>
    public static async Task<string> OfAsync(IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        var files = folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .DistinctBy(Path.GetFileName).OrderBy(Path.GetFileName, StringComparer.Ordinal);
        var lines = new StringBuilder();
        foreach (var file in files.Where(File.Exists))
        {
            await using var stream = File.OpenRead(file);
            lines.Append(Path.GetFileName(file)).Append(' ')
                .Append(Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken))).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString())));
    }
}
