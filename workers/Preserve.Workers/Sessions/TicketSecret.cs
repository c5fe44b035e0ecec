using System.Security.Cryptography;

namespace Preserve.Workers.Sessions;

/// <summary>The secret that signs tickets: one for each data folder, made at the first start, readable by the service alone.</summary>
internal static class TicketSecret
{
    private const int LengthInBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="InvalidDataException">The file is not a secret of ours, or others may read it.</exception>
    public static byte[] LoadOrCreate(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "secrets");
        var path = Path.Combine(folder, "tickets.key");
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        if (!File.Exists(path))
        {
            Create(path);
        }

        if ((File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw new InvalidDataException($"Others than its owner may use {path}. Delete it; a new one is made at the next start.");
        }

        var secret = File.ReadAllBytes(path);
        return secret.Length == LengthInBytes
            ? secret
            : throw new InvalidDataException($"{path} does not hold {LengthInBytes} bytes. Delete it; a new one is made at the next start.");
    }

    // Complete before it has its name, so that two that start at once read the same secret.
    private static void Create(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            file.Write(RandomNumberGenerator.GetBytes(LengthInBytes));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody else made it first: theirs counts.
            File.Delete(draft);
        }
    }
}
