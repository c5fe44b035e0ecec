using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Qemu;

/// <summary>Makes the private overlay of every medium that the guest may write to, before the machine starts.</summary>
internal sealed class QemuOverlays(ImageInspector inspector)
{
    /// <exception cref="MachineException">A stored image is missing or may not be attached.</exception>
    public async Task CreateAsync(MachineDefinition definition, string privateFolder, QemuSavedState? saved, CancellationToken cancellationToken)
    {
        var kept = definition.Drives.Where(drive => drive.KeptOverlay is not null).ToDictionary(drive => drive.Bay, drive => drive.KeptOverlay!);
        foreach (var medium in QemuMedium.AllOf(definition))
        {
            var inspection = await InspectChainAsync(medium.Medium, cancellationToken);
            var path = Path.Combine(privateFolder, QemuPaths.OverlayName(medium.Slot));
            if (medium.IsWritable && medium.Bay is { } bay && kept.TryGetValue(bay.Id, out var overlay))
            {
                if (await FindProblemAsync(medium.Medium, overlay, cancellationToken) is { } problem)
                {
                    throw new MachineException($"What was written to \"{medium.Medium.Label}\" before cannot be used. {problem}");
                }

                OverlayImage.Copy(overlay, path);
            }
            else if (medium.IsWritable && saved is not null)
            {
                await saved.RestoreOverlayAsync(medium, privateFolder, cancellationToken);
            }
            else if (medium.IsWritable)
            {
                OverlayImage.Create(
                    path,
                    QemuPaths.Mounted(QemuPaths.Medium(medium.Medium)),
                    QemuBlockNodes.Driver(medium.Medium.Format),
                    OverlayImage.GuestLength(inspection.GuestLengthInBytes, isPowerOfTwo: medium.Kind == BayKind.SdCard));
            }
        }
    }

    /// <summary>What is wrong with a file that is said to be an overlay on a medium; null when it may be used.</summary>
    /// <exception cref="MachineException">It, or what it lies on, could not be looked at.</exception>
    public async Task<string?> FindProblemAsync(MediumFile medium, string overlay, CancellationToken cancellationToken)
    {
        var below = await InspectChainAsync(medium, cancellationToken);
        try
        {
            var found = await inspector.InspectOverlayAsync(overlay, medium, cancellationToken);
            var length = OverlayImage.GuestLength(below.GuestLengthInBytes, isPowerOfTwo: medium.Kind == BayKind.SdCard);
            return found.Verdict != ImageVerdict.Sound ? found.Message
                : found.GuestLengthInBytes != length ? $"It holds a disk of {found.GuestLengthInBytes} bytes; what it lies on has {length}."
                : null;
        }
        catch (SandboxException e)
        {
            throw new MachineException($"An overlay on \"{medium.Label}\" could not be looked into. {e.Message}", e);
        }
    }

    /// <summary>Every image of a chain is there, sound, and lies on the next one and on nothing else.</summary>
    private async Task<ImageInspection> InspectChainAsync(MediumFile medium, CancellationToken cancellationToken)
    {
        foreach (var image in medium.Chain)
        {
            if (!File.Exists(image.HostPath))
            {
                throw new MachineException($"The stored image of \"{image.Label}\" is missing.");
            }

            await InspectAsync(image, cancellationToken);
        }

        return await InspectAsync(medium, cancellationToken);
    }

    private async Task<ImageInspection> InspectAsync(MediumFile medium, CancellationToken cancellationToken)
    {
        try
        {
            var inspection = await inspector.InspectAsync(medium, cancellationToken);
            return inspection.Verdict == ImageVerdict.Sound
                ? inspection
                : throw new MachineException($"\"{medium.Label}\" cannot be used. {inspection.Message}");
        }
        catch (SandboxException e)
        {
            throw new MachineException($"\"{medium.Label}\" could not be looked into. {e.Message}", e);
        }
    }
}
