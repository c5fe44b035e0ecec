using System.Text.Json;

namespace Preserve.Sandbox.Tools;

/// <summary>
/// Looks into disk image containers (qcow2, VMDK, VHD, VDI) by <c>qemu-img</c>, in a sandbox that shows the one file. The format is always
/// said, never guessed: a raw image can look like any of them.
/// </summary>
public static class DiskImageTool
{
    /// <summary>The tool, as seen inside a sandbox.</summary>
    public const string Program = "/usr/bin/qemu-img";

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

    /// <summary>Whether an image is whole by itself, and how long the disk inside is.</summary>
    /// <param name="sandbox">Where the tool runs.</param>
    /// <param name="image">The file, and where it is shown.</param>
    /// <param name="driver">The tool's name of the format, such as <c>vpc</c> for VHD.</param>
    /// <param name="cancellationToken">Ends the tool.</param>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public static async Task<ImageInspection> InspectImageAsync(
        this ISandbox sandbox, SandboxMount image, string driver, CancellationToken cancellationToken)
    {
        // From the working directory, which is the root of a sandbox, and a folder that stands for it where there is none.
        var path = image.InsidePath.TrimStart('/');
        var spec = new SandboxSpec
        {
            Name = "qemu-img",
            Program = Program,
            Arguments = ["info", "--output=json", "-U", "-f", driver, path],
            Environment = new Dictionary<string, string> { ["MALLOC_ARENA_MAX"] = "2" },
            ReadOnlyMounts = [image],
            Bounds = s_bounds,
            Filter = SandboxFilter.Ours,
        };
        var result = await sandbox.RunAsync(spec, s_limits, null, cancellationToken).ConfigureAwait(false);
        if (result.Outcome != ToolOutcome.Finished)
        {
            return new ImageInspection(ImageVerdict.TookTooMuch, $"Looking into the image was given up: {result.Describe()}", 0);
        }

        return result.IsSuccess
            ? Judge(result.Output, path)
            : new ImageInspection(ImageVerdict.Unreadable, $"The image is not a sound {driver}: {result.Exit.StandardError.Trim()}", 0);
    }

    /// <summary>Judges the answer of <c>qemu-img info</c>, which is hostile where the image is.</summary>
    public static ImageInspection Judge(ReadOnlyMemory<byte> json, string inside)
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
                ? new ImageInspection(ImageVerdict.Sound, "", length)
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
