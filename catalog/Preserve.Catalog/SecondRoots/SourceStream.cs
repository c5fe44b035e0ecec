using Preserve.Catalog.Storage;

namespace Preserve.Catalog.SecondRoots;

/// <summary>A file of the first root. A disk that cannot read it is told from one that cannot be written.</summary>
internal sealed class SourceStream(Stream inner, string path) : ForwardReading
{
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, problem);
        }
    }

    /// <summary>Runs what only reads the first root.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is (IOException or UnauthorizedAccessException) and not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw Unreadable(path, problem);
        }
    }

    private static InvalidDataException Unreadable(string path, Exception problem) =>
        new($"{path} cannot be read in the first root: {problem.Message}", problem);
}
