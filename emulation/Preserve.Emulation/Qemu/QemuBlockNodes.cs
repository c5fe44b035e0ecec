using System.Text.Json.Nodes;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>Block nodes of one medium as <c>-blockdev</c> takes them: every driver explicit, so nothing is ever probed.</summary>
/// <remarks>
/// <code>
/// writable    {slot}: qcow2 on overlay/{slot}.qcow2 -> {slot}-medium: raw on media/{sha256}, read-only
/// read-only   {slot}: raw on media/{sha256}, read-only
/// </code>
/// A stored qcow2 gets an explicit <c>backing: null</c>, which overrides what its header says.
/// </remarks>
internal static class QemuBlockNodes
{
    public static IReadOnlyList<JsonObject> Of(QemuMedium medium) =>
        medium.IsWritable
            ? [Stored(medium.Medium, $"{medium.Slot}-medium"), Overlay(medium.Slot)]
            : [Stored(medium.Medium, medium.Slot)];

    private static JsonObject Stored(MediumFile medium, string node)
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
            result["backing"] = null;
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
