using System.Text.RegularExpressions;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>Says everything that keeps a definition from being started on QEMU.</summary>
internal static partial class QemuDefinitionValidator
{
    private const int MaximumMedia = 16;
    private static readonly TimeSpan s_longestLife = TimeSpan.FromDays(7);

    /// <summary>One sentence for each problem; empty when it can be started.</summary>
    public static IReadOnlyList<string> Validate(MachineDefinition definition)
    {
        var errors = new List<string>();
        var profile = definition.Profile;
        Require(profile.Engine == QemuEngine.EngineId, $"Profile {profile.Id} is for the engine {profile.Engine}, not {QemuEngine.EngineId}.", errors);
        Require(
            definition.MemoryMiB >= profile.MemoryMiB.Minimum && definition.MemoryMiB <= profile.MemoryMiB.Maximum,
            $"{definition.MemoryMiB} MiB of memory are not within the {profile.MemoryMiB.Minimum} to {profile.MemoryMiB.Maximum} MiB of {profile.Title}.",
            errors);
        Require(profile.Boot.Contains(definition.Boot), $"{profile.Title} does not boot from {definition.Boot}.", errors);
        Require(definition.SpeedShift is null or (>= 0 and <= 10), $"Speed {definition.SpeedShift} is not within 0 to 10.", errors);
        Require(definition.VirtualTimeShift is null or (>= 0 and <= 10), $"Virtual time {definition.VirtualTimeShift} is not within 0 to 10.", errors);
        Require(definition.SpeedShift is null || definition.VirtualTimeShift is null, "Virtual time has no speed; one of the two is to be left out.", errors);
        Require(definition.Clock.StartsAt is null or { Year: >= 1970 and < 2106 }, "The guest's clock starts outside 1970 to 2105.", errors);
        Require(definition.Lifetime > TimeSpan.Zero && definition.Lifetime <= s_longestLife, "The lifetime is not within 0 to 7 days.", errors);
        Require(definition.OverlayLengthInBytes is >= 1 << 20 and <= 1L << 40, "The overlay length is not within 1 MiB to 1 TiB.", errors);
        Require(definition.Drives.Count + definition.Shelf.Count <= MaximumMedia, $"There are more than {MaximumMedia} media.", errors);
        CheckDrives(definition, errors);
        CheckMedia(definition, errors);
        return errors;
    }

    private static void CheckDrives(MachineDefinition definition, List<string> errors)
    {
        var bays = definition.Profile.Bays;
        foreach (var drive in definition.Drives)
        {
            var bay = bays.FirstOrDefault(candidate => candidate.Id == drive.Bay);
            Require(bay is not null, $"{definition.Profile.Title} has no bay {drive.Bay}.", errors);
            Require(bay is null || bay.Kind == drive.Medium.Kind, $"A medium of kind {drive.Medium.Kind} does not fit in bay {drive.Bay}.", errors);
        }

        foreach (var twice in definition.Drives.GroupBy(drive => drive.Bay).Where(group => group.Count() > 1))
        {
            errors.Add($"Bay {twice.Key} holds more than one medium.");
        }

        foreach (var medium in definition.Shelf)
        {
            Require(bays.Any(bay => bay.Removable && bay.Kind == medium.Kind), $"\"{medium.Label}\" on the shelf fits in no removable bay.", errors);
        }

        Require(
            definition.Boot != BootSource.Kernel || definition.Drives.Any(drive => drive.Medium.Kind == BayKind.Kernel),
            "It boots from a kernel, but none is given.",
            errors);
    }

    private static void CheckMedia(MachineDefinition definition, List<string> errors)
    {
        foreach (var medium in definition.Drives.Select(drive => drive.Medium).Concat(definition.Shelf))
        {
            Require(medium.Chain.Count() <= MediumFile.LongestChain, $"\"{medium.Label}\" lies on more than {MediumFile.LongestChain - 1} others.", errors);
            Require(medium.Chain.SkipLast(1).All(image => image.Format == ImageFormat.Qcow2), $"\"{medium.Label}\" lies on another image and is no qcow2.", errors);
            foreach (var below in medium.Chain.Skip(1))
            {
                Require(DigestPattern().IsMatch(below.Sha256) && Path.IsPathFullyQualified(below.HostPath) && below.LengthInBytes > 0,
                    $"What \"{medium.Label}\" lies on is no stored image.", errors);
            }

            Require(DigestPattern().IsMatch(medium.Sha256), $"\"{medium.Sha256}\" is not a SHA-256 in lower-case hexadecimal.", errors);
            Require(Path.IsPathFullyQualified(medium.HostPath), $"The stored file of \"{medium.Label}\" is not an absolute path.", errors);
            Require(medium.LengthInBytes > 0, $"\"{medium.Label}\" is empty.", errors);
            Require(
                medium.Base.Format == ImageFormat.Raw || medium.Kind is BayKind.HardDisk,
                $"\"{medium.Label}\" is a {medium.Kind} in the container {medium.Format}; only hard disks come in containers.",
                errors);
        }
    }

    private static void Require(bool isMet, string error, List<string> errors)
    {
        if (!isMet)
        {
            errors.Add(error);
        }
    }

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex DigestPattern();
}
