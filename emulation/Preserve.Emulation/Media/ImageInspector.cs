using System.Collections.Concurrent;
using System.Text.Json;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Qemu;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Media;

/// <summary>
/// Decides whether a stored image may be attached: it must be in the format it is said to be in, and hold all that belongs to it.
/// <c>qemu-img info</c> looks, in a sandbox that shows this one file. Safe for concurrent callers.
/// </summary>
public sealed class ImageInspector(ISandbox sandbox)
{
    private const int MaximumKept = 4096;
    private const long MaximumGuestLengthInBytes = 1L << 41;

    private static readonly ToolLimits s_limits = new() { Timeout = TimeSpan.FromSeconds(30), OutputLengthInBytes = 1 << 20 };

    private static readonly SandboxBounds s_bounds = new()
    {
        MemoryInBytes = 1L << 30,
        ProcessorTime = TimeSpan.FromSeconds(20),
        Processes = 32,
        FileLengthInBytes = 0,
        PrivateFolderLengthInBytes = 0,
    };

    // What is said of a digest stays true, so it is kept.
    private readonly ConcurrentDictionary<(string Sha256, ImageFormat Format), ImageInspection> _known = new();

    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<ImageInspection> InspectAsync(MediumFile medium, CancellationToken cancellationToken)
    {
        if (medium.Format == ImageFormat.Raw)
        {
            // Nothing in a raw image has a meaning to the emulator, whatever it looks like.
            return new ImageInspection(ImageVerdict.Sound, "", OverlayImage.GuestLength(medium.LengthInBytes, isPowerOfTwo: false));
        }

        var key = (medium.Sha256, medium.Format);
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var inspection = await LookAsync(medium, cancellationToken);
        if (inspection.Verdict != ImageVerdict.TookTooMuch && _known.Count < MaximumKept)
        {
            _known[key] = inspection;
        }

        return inspection;
    }

    private async Task<ImageInspection> LookAsync(MediumFile medium, CancellationToken cancellationToken)
    {
        var inside = QemuPaths.Medium(medium);
        var spec = new SandboxSpec
        {
            Name = "qemu-img",
            Program = QemuInstallation.ImageTool,
            Arguments = ["info", "--output=json", "-U", "-f", QemuBlockNodes.Driver(medium.Format), inside],
            Environment = new Dictionary<string, string> { ["MALLOC_ARENA_MAX"] = "2" },
            ReadOnlyMounts = [new SandboxMount(medium.HostPath, inside)],
            Bounds = s_bounds,
            Filter = SandboxFilter.Ours,
        };
        var result = await sandbox.RunAsync(spec, s_limits, null, cancellationToken);
        if (result.Outcome != ToolOutcome.Finished)
        {
            return new ImageInspection(ImageVerdict.TookTooMuch, $"Looking into the image was given up: {result.Describe()}", 0);
        }

        return result.IsSuccess
            ? Judge(result.Output, inside)
            : new ImageInspection(ImageVerdict.Unreadable, $"The image is not a sound {medium.Format}: {result.Exit.StandardError.Trim()}", 0);
    }

    /// <summary>Judges the answer of <c>qemu-img info</c>, which is hostile where the image is.</summary>
    internal static ImageInspection Judge(ReadOnlyMemory<byte> json, string inside)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (NamedFile(root, inside) is { } named)
            {
                return new ImageInspection(ImageVerdict.RefersOutside, $"The image refers to another file, \"{named}\"; only an image that is whole by itself is used.", 0);
            }

            if (root.TryGetProperty("encrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
            {
                return new ImageInspection(ImageVerdict.Unreadable, "The image is encrypted.", 0);
            }

            var length = root.GetProperty("virtual-size").GetInt64();
            return length is > 0 and <= MaximumGuestLengthInBytes
                ? new ImageInspection(ImageVerdict.Sound, "", OverlayImage.GuestLength(length, isPowerOfTwo: false))
                : new ImageInspection(ImageVerdict.Unreadable, $"The image says it holds a disk of {length} bytes; 1 to {MaximumGuestLengthInBytes} are accepted.", 0);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return new ImageInspection(ImageVerdict.Unreadable, "What qemu-img says about the image cannot be understood.", 0);
        }
    }

    /// <summary>Any file that the image names beside itself.</summary>
    private static string? NamedFile(JsonElement root, string inside)
    {
        foreach (var name in (string[])["full-backing-filename", "backing-filename"])
        {
            if (root.TryGetProperty(name, out var backing))
            {
                return backing.ToString();
            }
        }

        if (!root.TryGetProperty("format-specific", out var specific) || !specific.TryGetProperty("data", out var data))
        {
            return null;
        }

        if (data.TryGetProperty("data-file", out var dataFile))
        {
            return dataFile.ToString();
        }

        return data.TryGetProperty("extents", out var extents)
            ? extents.EnumerateArray().Select(extent => extent.GetProperty("filename").ToString()).FirstOrDefault(name => name != inside)
            : null;
    }
}
