using System.Text.Json;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Formats.Signatures;
using Preserve.Catalog.Characterisation;

namespace Preserve.Catalog.Probing;

/// <summary>The child that reads untrusted bytes. Runs inside the sandbox and answers on standard output; its parent believes none of it unchecked.</summary>
public static class ProbeChild
{
    private const int LongestRequest = 16 * 1024 * 1024;

    /// <summary>Reads the request, answers one line a file.</summary>
    /// <param name="input">The request.</param>
    /// <param name="output">The answers.</param>
    /// <returns>Exit code: 0 done, 2 the request or a signature file cannot be used; standard error says why.</returns>
    public static int Run(Stream input, Stream output)
    {
        try
        {
            var request = JsonSerializer.Deserialize<ProbeRequest>(ReadAll(input), ProbeWire.Options)!;
            if (request.Bag is { } bag)
            {
                JsonSerializer.Serialize(output, BagAnswer.Of(bag), ProbeWire.Options);
                return 0;
            }

            var identifier = new FormatIdentifier(
                Load(request.Signatures, SignatureFile.Read), Load(request.Containers, ContainerSignatures.Read));
            foreach (var file in request.Files)
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(Answer(identifier, file), ProbeWire.Options);
                output.Write(line);
                output.Write("\n"u8);
                output.Flush();
            }

            return 0;
        }
        catch (Exception problem) when (problem is JsonException or SignatureFileException or InvalidDataException)
        {
            Console.Error.WriteLine(problem.Message);
            return 2;
        }
    }

    private static ProbeAnswer Answer(FormatIdentifier identifier, ProbeRequestFile file)
    {
        try
        {
            using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return new ProbeAnswer(identifier.Identify(stream, file.Name), MediumFactsReader.Read(stream), "");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new ProbeAnswer(new FileIdentification([], identifier.SignatureVersion, ""), new MediumFacts(), problem.Message);
        }
    }

    private static T? Load<T>(string? path, Func<Stream, T> read)
        where T : class
    {
        if (path is null)
        {
            return null;
        }

        using var stream = File.OpenRead(path);
        return read(stream);
    }

    private static MemoryStream ReadAll(Stream input)
    {
        var request = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int length; (length = input.Read(buffer)) > 0;)
        {
            request.Write(buffer, 0, length);
            if (request.Length > LongestRequest)
            {
                throw new InvalidDataException("The request is too long.");
            }
        }

        request.Position = 0;
        return request;
    }
}
