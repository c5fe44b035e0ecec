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
    public static Task<ImageInspection> InspectImageAsync(
        this ISandbox sandbox, SandboxMount image, string driver, CancellationToken cancellationToken) =>
        sandbox.InspectImageAsync(image, driver, null, cancellationToken);

    /// <summary>The same for an image that lies on another: whether it names that one, and nothing else.</summary>
    /// <param name="sandbox">Where the tool runs.</param>
    /// <param name="image">The file, and where it is shown. What it lies on is not.</param>
    /// <param name="driver">The tool's name of the format.</param>
    /// <param name="backing">What it is to lie on; null for an image that is whole by itself.</param>
    /// <param name="cancellationToken">Ends the tool.</param>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public static async Task<ImageInspection> InspectImageAsync(
        this ISandbox sandbox, SandboxMount image, string driver, ImageBacking? backing, CancellationToken cancellationToken)
    {
        // From the working directory, which is the root of a sandbox, and a folder that stands for it where there is none.
        var path = image.InsidePath.TrimStart('/');
        var result = await sandbox.RunAsync(Spec(image, ["info", "--output=json", "-U", "-f", driver, path]), s_limits, null, cancellationToken)
            .ConfigureAwait(false);
        if (result.Outcome != ToolOutcome.Finished)
        {
            return new ImageInspection(ImageVerdict.TookTooMuch, $"Looking into the image was given up: {result.Describe()}", 0);
        }

        return result.IsSuccess
            ? Judge(result.Output, path, backing)
            : new ImageInspection(ImageVerdict.Unreadable, $"The image is not a sound {driver}: {result.Exit.StandardError.Trim()}", 0);
    }

    /// <summary>Whether the tables of a qcow2 agree with each other. What it lies on is not looked at.</summary>
    /// <param name="sandbox">Where the tool runs.</param>
    /// <param name="image">The file, and where it is shown.</param>
    /// <param name="inspection">What is known of it; given back when they agree.</param>
    /// <param name="cancellationToken">Ends the tool.</param>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public static async Task<ImageInspection> CheckImageAsync(
        this ISandbox sandbox, SandboxMount image, ImageInspection inspection, CancellationToken cancellationToken)
    {
        var alone = "json:" + JsonSerializer.Serialize(new
        {
            driver = "qcow2",
            backing = (string?)null,
            file = new Dictionary<string, object> { ["driver"] = "file", ["filename"] = image.InsidePath.TrimStart('/'), ["locking"] = "off" },
        });
        var result = await sandbox.RunAsync(Spec(image, ["check", "--output=json", "-U", alone]), s_limits, null, cancellationToken).ConfigureAwait(false);

        // 3: clusters that nothing uses, which an emulator that was killed leaves behind and which harm nobody.
        return result is { Outcome: ToolOutcome.Finished, Exit.ExitCode: 0 or 3 }
            ? inspection
            : new ImageInspection(ImageVerdict.Unreadable, $"The image is damaged: {result.Describe()}", 0);
    }

    private static SandboxSpec Spec(SandboxMount image, IReadOnlyList<string> arguments) => new()
    {
        Name = "qemu-img",
        Program = Program,
        Arguments = arguments,
        Environment = new Dictionary<string, string> { ["MALLOC_ARENA_MAX"] = "2" },
        ReadOnlyMounts = [image],
        Bounds = s_bounds,
        Filter = SandboxFilter.Ours,
    };

    /// <summary>Judges the answer of <c>qemu-img info</c>, which is hostile where the image is.</summary>
    public static ImageInspection Judge(ReadOnlyMemory<byte> json, string inside, ImageBacking? backing = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (backing is not null && WrongBacking(root, backing) is { } wrong)
            {
                return new ImageInspection(ImageVerdict.RefersOutside, wrong, 0);
            }

            if (NamedFile(root, inside, mayLieOnAnother: backing is not null) is { } named)
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

    private static string? WrongBacking(JsonElement root, ImageBacking backing)
    {
        var name = root.TryGetProperty("backing-filename", out var file) ? file.GetString() : null;
        var driver = root.TryGetProperty("backing-filename-format", out var format) ? format.GetString() : null;
        return name == backing.Path && driver == backing.Driver
            ? null
            : $"The image is to lie on \"{backing.Path}\" ({backing.Driver}), and says it lies on \"{name}\" ({driver}).";
    }

    /// <summary>Any file that the image names beside itself and what it may lie on.</summary>
    private static string? NamedFile(JsonElement root, string inside, bool mayLieOnAnother)
    {
        foreach (var name in mayLieOnAnother ? [] : (string[])["full-backing-filename", "backing-filename"])
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
