using Preserve.Emulation.Machines;
using Preserve.Emulation.Media;
using Preserve.Sandbox;
using Preserve.Sandbox.Tools;

namespace Preserve.Emulation.Qemu;

/// <summary>Makes the private overlay of every medium that the guest may write to, before the machine starts.</summary>
internal sealed class QemuOverlays(ImageInspector inspector)
{
    /// <exception cref="MachineException">A stored image is missing or may not be attached.</exception>
    public async Task CreateAsync(MachineDefinition definition, string privateFolder, CancellationToken cancellationToken)
    {
        foreach (var medium in QemuMedium.AllOf(definition))
        {
            if (!File.Exists(medium.Medium.HostPath))
            {
                throw new MachineException($"The stored image of \"{medium.Medium.Label}\" is missing.");
            }

            var inspection = await InspectAsync(medium.Medium, cancellationToken);
            if (medium.IsWritable)
            {
                OverlayImage.Create(
                    Path.Combine(privateFolder, QemuPaths.OverlayName(medium.Slot)),
                    QemuPaths.Mounted(QemuPaths.Medium(medium.Medium)),
                    QemuBlockNodes.Driver(medium.Medium.Format),
                    OverlayImage.GuestLength(inspection.GuestLengthInBytes, isPowerOfTwo: medium.Kind == BayKind.SdCard));
            }
        }
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
