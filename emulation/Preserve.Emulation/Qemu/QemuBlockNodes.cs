using System.Globalization;
using System.Text.Json.Nodes;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>Block nodes of one medium as <c>-blockdev</c> takes them: every driver explicit, so nothing is ever probed.</summary>
/// <remarks>
/// <code>
/// writable    {slot}: qcow2 on overlay/{slot}.qcow2 -> {slot}-medium: raw on media/{sha256}, read-only
/// read-only   {slot}: raw on media/{sha256}, read-only
/// </code>
/// A stored qcow2 gets an explicit <c>backing</c>, which overrides what its header says: null, or in a derivative the node of what it lies on,
/// {slot}-medium1 under {slot}-medium and so on.
/// </remarks>
internal static class QemuBlockNodes
{
    public static IReadOnlyList<JsonObject> Of(QemuMedium medium) =>
        medium.IsWritable
            ? [.. Chain(medium.Medium, $"{medium.Slot}-medium"), Overlay(medium.Slot)]
            : [.. Chain(medium.Medium, medium.Slot)];

    /// <summary>Lowest first, for each names the one below it.</summary>
    private static IEnumerable<JsonObject> Chain(MediumFile medium, string node)
    {
        var chain = medium.Chain.ToList();
        for (var depth = chain.Count - 1; depth >= 0; depth--)
        {
            yield return Stored(chain[depth], Name(depth), depth + 1 < chain.Count ? Name(depth + 1) : null);
        }

        string Name(int depth) => depth == 0 ? node : string.Create(CultureInfo.InvariantCulture, $"{node}{depth}");
    }

    private static JsonObject Stored(MediumFile medium, string node, string? below)
    {
        var result = new JsonObject
        {
            ["driver"] = Driver(medium.Format),
            ["node-name"] = node,
            ["read-only"] = true,
            ["file"] = File(QemuPaths.Medium(medium), isReadOnly: true),
        };
        if (medium.Format == ImageFormat.Qcow2)
        {
            result["backing"] = below;
        }

        return result;
    }

    private static JsonObject Overlay(string slot) => new()
    {
        ["driver"] = "qcow2",
        ["node-name"] = slot,
        ["read-only"] = false,
        ["backing"] = $"{slot}-medium",
        ["file"] = File(QemuPaths.Overlay(slot), isReadOnly: false),
    };

    private static JsonObject File(string path, bool isReadOnly) => new()
    {
        ["driver"] = "file",
        ["filename"] = path,
        ["read-only"] = isReadOnly,
    };

    /// <summary>QEMU's name of a container format.</summary>
    public static string Driver(ImageFormat format) => format switch
    {
        ImageFormat.Raw => "raw",
        ImageFormat.Qcow2 => "qcow2",
        ImageFormat.Vmdk => "vmdk",
        ImageFormat.Vhd => "vpc",
        ImageFormat.Vdi => "vdi",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such container format."),
    };
}
