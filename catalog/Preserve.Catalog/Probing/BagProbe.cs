using System.Text.Json;
using Preserve.Catalog.Bags;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Probing;

/// <summary>Has a bag judged by a child inside the sandbox, which sees its tag files and is told the digests of all others. Safe for concurrent callers.</summary>
public sealed class BagProbe(ISandbox sandbox, ProbeProgram program)
{
    private static readonly ToolLimits s_limits = new() { Timeout = TimeSpan.FromMinutes(10), OutputLengthInBytes = BagAnswer.LongestInBytes };

    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    /// <exception cref="InvalidDataException">The child could not answer; the message says why.</exception>
    internal async Task<BagAnswer> LookAsync(IReadOnlyList<BagListedFile> files, IReadOnlyDictionary<string, string> hostPaths, CancellationToken cancellationToken)
    {
        var spec = program.SpecFor(files.Where(file => file.Inside is not null).Select(file => new SandboxMount(hostPaths[file.Path], file.Inside!)));
        using var input = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new ProbeRequest(null, null, [], files), ProbeWire.Options));
        var result = await sandbox.RunAsync(spec, s_limits, input, cancellationToken);
        if (!result.IsSuccess)
        {
            throw new InvalidDataException($"Looking into the bag failed: {result.Describe()}");
        }

        try
        {
            return JsonSerializer.Deserialize<BagAnswer>(result.Output.Span, ProbeWire.Options) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new InvalidDataException("The answer about the bag cannot be understood.");
        }
    }
}
