using System.Globalization;
using System.Text.Json;
using Preserve.Catalog.Formats;
using Preserve.Catalog.Characterisation;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Probing;

/// <summary>
/// Looks at untrusted files in a child inside the sandbox, many in one child: what they are, and what they say about themselves as media.
/// Safe for concurrent callers.
/// </summary>
public sealed class Probe(ISandbox sandbox, ProbeProgram program)
{
    /// <summary>Files that one child is asked about.</summary>
    private const int MostFiles = 64;
    private const string SignaturesInside = "/signatures/droid.xml";
    private const string ContainersInside = "/signatures/containers.xml";

    private static readonly ToolLimits s_limits = new()
    {
        Timeout = TimeSpan.FromMinutes(10),
        OutputLengthInBytes = (long)MostFiles * ProbeWire.LongestLine,
    };

    /// <summary>One result for each file, in the order of the files.</summary>
    /// <param name="files">Which the sandbox's user can read.</param>
    /// <param name="signatures">What to tell formats by.</param>
    /// <param name="isBackground">Whether it gives way to everything else.</param>
    /// <param name="cancellationToken">Ends the child.</param>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    /// <exception cref="SignatureFileRefusedException">A signature file cannot be used.</exception>
    public async Task<IReadOnlyList<ProbeResult>> LookAsync(
        IReadOnlyList<ProbeFile> files, SignatureFiles signatures, bool isBackground, CancellationToken cancellationToken)
    {
        var results = new List<ProbeResult>();
        while (results.Count < files.Count)
        {
            var batch = files.Skip(results.Count).Take(MostFiles).ToList();
            var (answers, result) = await AskAsync(batch, signatures, isBackground, cancellationToken);
            results.AddRange(answers);
            if (answers.Count < batch.Count)
            {
                // The child ended over a file: that one is answered for, the others get another child.
                results.Add(ProbeResult.None(result.Outcome == ToolOutcome.Finished
                    ? $"Looking into the file failed: {result.Describe()}"
                    : $"Looking into the file took more than it may and was given up: {result.Outcome}."));
            }
        }

        return results;
    }

    private async Task<(List<ProbeResult> Answers, ToolResult Result)> AskAsync(
        List<ProbeFile> batch, SignatureFiles signatures, bool isBackground, CancellationToken cancellationToken)
    {
        var inside = batch.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"/input/{index}")).ToList();
        var request = new ProbeRequest(
            signatures.Formats is null ? null : SignaturesInside,
            signatures.Containers is null ? null : ContainersInside,
            [.. batch.Select((file, index) => new ProbeRequestFile(inside[index], file.Name))]);
        var spec = program.SpecFor([.. SignatureMounts(signatures), .. batch.Select((file, index) => new SandboxMount(file.HostPath, inside[index]))], isBackground);
        using var input = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(request, ProbeWire.Options));
        var result = await sandbox.RunAsync(spec, s_limits, input, cancellationToken);
        return result is { Outcome: ToolOutcome.Finished, Exit.ExitCode: 2 }
            ? throw new SignatureFileRefusedException(result.Exit.StandardError.Trim())
            : (Answers(result.Output, batch.Count), result);
    }

    private static IEnumerable<SandboxMount> SignatureMounts(SignatureFiles signatures)
    {
        if (signatures.Formats is { } formats)
        {
            yield return new SandboxMount(formats, SignaturesInside);
        }

        if (signatures.Containers is { } containers)
        {
            yield return new SandboxMount(containers, ContainersInside);
        }
    }

    private static List<ProbeResult> Answers(ReadOnlyMemory<byte> output, int most)
    {
        var answers = new List<ProbeResult>();
        while (answers.Count < most && output.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            answers.Add(ProbeResult.Of(output[..end]));
            output = output[(end + 1)..];
        }

        return answers;
    }
}

/// <summary>A file to look at.</summary>
/// <param name="HostPath">Where it lies; shown read-only.</param>
/// <param name="Name">As its owner calls it.</param>
public sealed record ProbeFile(string HostPath, string Name);

/// <summary>Signature files on the host; null where there is none.</summary>
public sealed record SignatureFiles(string? Formats, string? Containers)
{
    /// <summary>The table that ships and nothing else.</summary>
    public static SignatureFiles None { get; } = new(null, null);
}

/// <summary>A signature file cannot be used; the message says why.</summary>
public sealed class SignatureFileRefusedException(string message) : Exception(message);

/// <summary>What was found about one file.</summary>
/// <param name="Identification">What it is.</param>
/// <param name="Facts">What it says about itself as a medium.</param>
/// <param name="Problem">Why it could not be looked at; empty when it could.</param>
public sealed record ProbeResult(FileIdentification Identification, MediumFacts Facts, string Problem)
{
    private const int LongestText = 2000;
    private const int MostMatches = 16;

    internal static ProbeResult None(string problem) => new(new FileIdentification([], "", ""), new MediumFacts(), Cut(problem));

    /// <summary>Takes an answer of the child, which is hostile where the file is: within bounds, and of the right form.</summary>
    internal static ProbeResult Of(ReadOnlyMemory<byte> line)
    {
        if (line.Length > ProbeWire.LongestLine)
        {
            return None("The answer about the file is too long.");
        }

        try
        {
            var answer = JsonSerializer.Deserialize<ProbeAnswer>(line.Span, ProbeWire.Options) ?? throw new JsonException();
            var matches = answer.Identification.Matches.OfType<FormatMatch>().Take(MostMatches).Select(Cut).ToList();
            return new ProbeResult(
                new FileIdentification(matches, Cut(answer.Identification.SignatureVersion), Cut(answer.Identification.Problem)),
                answer.Facts.Bounded(), Cut(answer.Problem));
        }
        catch (JsonException)
        {
            return None("The answer about the file cannot be understood.");
        }
    }

    private static FormatMatch Cut(FormatMatch match) => match with
    {
        Puid = match.Puid is { Length: > 0 and <= 32 } puid && puid.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-') ? puid : null,
        Name = Cut(match.Name),
        Version = Cut(match.Version),
        MimeType = Cut(match.MimeType),
    };

    private static string Cut(string text) => Database.ColumnLengths.Fit(text, LongestText);
}
