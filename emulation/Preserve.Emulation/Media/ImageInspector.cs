using System.Collections.Concurrent;
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

    // What is said of a digest stays true, so it is kept.
    private readonly ConcurrentDictionary<(string Sha256, ImageFormat Format, string? Backing), ImageInspection> _known = new();

    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<ImageInspection> InspectAsync(MediumFile medium, CancellationToken cancellationToken)
    {
        if (medium.Format == ImageFormat.Raw)
        {
            // Nothing in a raw image has a meaning to the emulator, whatever it looks like.
            return new ImageInspection(ImageVerdict.Sound, "", OverlayImage.GuestLength(medium.LengthInBytes, isPowerOfTwo: false));
        }

        var key = (medium.Sha256, medium.Format, medium.Backing?.Sha256);
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

    /// <summary>Looks at a file that is said to be an overlay on a medium. Nothing of it is kept: such a file may change.</summary>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<ImageInspection> InspectOverlayAsync(string path, MediumFile below, CancellationToken cancellationToken)
    {
        var image = new SandboxMount(path, QemuPaths.Mounted(QemuPaths.Overlay("kept")));
        var inspection = await sandbox.InspectImageAsync(image, QemuBlockNodes.Driver(ImageFormat.Qcow2), BackingOf(below), cancellationToken);
        return inspection.Verdict == ImageVerdict.Sound ? await sandbox.CheckImageAsync(image, inspection, cancellationToken) : inspection;
    }

    private static ImageBacking BackingOf(MediumFile below) =>
        new(QemuPaths.Mounted(QemuPaths.Medium(below)), QemuBlockNodes.Driver(below.Format));

    private async Task<ImageInspection> LookAsync(MediumFile medium, CancellationToken cancellationToken)
    {
        var image = new SandboxMount(medium.HostPath, QemuPaths.Mounted(QemuPaths.Medium(medium)));
        var backing = medium.Backing is { } below ? BackingOf(below) : null;
        var inspection = await sandbox.InspectImageAsync(image, QemuBlockNodes.Driver(medium.Format), backing, cancellationToken);
        return inspection with { GuestLengthInBytes = OverlayImage.GuestLength(inspection.GuestLengthInBytes, isPowerOfTwo: false) };
    }
}
