using System.Text.RegularExpressions;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Text;

namespace Preserve.Emulation.Profiles;

/// <summary>Says everything that is wrong with a profile, whatever engine builds it.</summary>
public static partial class ProfileValidator
{
    private static readonly Dictionary<BootSource, BayKind> s_bayOfBoot = new()
    {
        [BootSource.Floppy] = BayKind.Floppy,
        [BootSource.Disk] = BayKind.HardDisk,
        [BootSource.Optical] = BayKind.Optical,
        [BootSource.Kernel] = BayKind.Kernel,
    };

    /// <summary>One sentence for each problem; empty when the profile is sound.</summary>
    public static IReadOnlyList<string> Validate(MachineProfile profile)
    {
        var errors = new List<string>();
        CheckNames(profile, errors);
        CheckMemory(profile.MemoryMiB, errors);
        CheckDevices(profile, errors);
        CheckBays(profile, errors);
        CheckDisplay(profile, errors);
        CheckKeyboard(profile, errors);
        return errors;
    }

    private static void CheckNames(MachineProfile profile, List<string> errors)
    {
        Require(IdPattern().IsMatch(profile.Id), $"id \"{profile.Id}\" is not 1 to 64 of a-z, 0-9 and -.", errors);
        Require(profile.Version >= 1, "version is not 1 or more.", errors);
        Require(!string.IsNullOrWhiteSpace(profile.Title) && profile.Title.Length <= 120, "title is not 1 to 120 characters.", errors);
        Require(profile.Description.Length <= 2000, "description is longer than 2000 characters.", errors);
        Require(profile.Year is null or (>= 1940 and <= 2100), $"year {profile.Year} is not between 1940 and 2100.", errors);
        Require(NamePattern().IsMatch(profile.Engine), $"engine \"{profile.Engine}\" is not a name.", errors);
        Require(NamePattern().IsMatch(profile.Architecture), $"architecture \"{profile.Architecture}\" is not a name.", errors);
        Require(NamePattern().IsMatch(profile.MachineType), $"machineType \"{profile.MachineType}\" is not a name.", errors);
        Require(profile.Processor is null || ProcessorPattern().IsMatch(profile.Processor), $"processor \"{profile.Processor}\" is not a name.", errors);
    }

    private static void CheckMemory(MemoryRange memory, List<string> errors)
    {
        Require(memory.Minimum >= 1 && memory.Maximum <= 4096, "memoryMiB is not within 1 to 4096.", errors);
        Require(
            memory.Minimum <= memory.Default && memory.Default <= memory.Maximum,
            $"memoryMiB.default {memory.Default} is not within {memory.Minimum} to {memory.Maximum}.",
            errors);
    }

    private static void CheckDevices(MachineProfile profile, List<string> errors)
    {
        foreach (var device in profile.Devices)
        {
            Require(DevicePattern().IsMatch(device), $"device \"{device}\" is not a name with properties.", errors);
        }

        foreach (var option in profile.MachineOptions)
        {
            Require(OptionPattern().IsMatch(option), $"machine option \"{option}\" is not name=value.", errors);
        }
    }

    private static void CheckBays(MachineProfile profile, List<string> errors)
    {
        foreach (var bay in profile.Bays)
        {
            Require(BayPattern().IsMatch(bay.Id), $"bay \"{bay.Id}\" is not 1 to 16 of a-z and 0-9.", errors);
            Require(!string.IsNullOrWhiteSpace(bay.Title), $"bay {bay.Id} has no title.", errors);
            Require(bay.Device.Length == 0 || DevicePattern().IsMatch(bay.Device), $"device \"{bay.Device}\" of bay {bay.Id} is not a name with properties.", errors);
        }

        foreach (var twice in profile.Bays.GroupBy(bay => bay.Id).Where(group => group.Count() > 1))
        {
            errors.Add($"bay {twice.Key} is listed more than once.");
        }

        foreach (var argument in profile.KernelArguments)
        {
            Require(KernelArgumentPattern().IsMatch(argument), $"kernel argument \"{argument}\" is not a word or name=value.", errors);
        }

        Require(profile.Boot.Count > 0, "boot is empty.", errors);
        foreach (var boot in profile.Boot)
        {
            Require(
                !s_bayOfBoot.TryGetValue(boot, out var kind) || profile.Bays.Any(bay => bay.Kind == kind),
                $"it boots from {boot}, but no bay takes such a medium.",
                errors);
        }
    }

    private static void CheckDisplay(MachineProfile profile, List<string> errors)
    {
        Require(profile.BoardDisplay is null || NamePattern().IsMatch(profile.BoardDisplay), $"boardDisplay \"{profile.BoardDisplay}\" is not a name.", errors);
        Require(
            profile.TextCodePage is null || CodePage.Names.Contains(profile.TextCodePage),
            $"textCodePage \"{profile.TextCodePage}\" is not known; these are: {string.Join(", ", CodePage.Names)}.",
            errors);
        Require(profile.TextCodePage is null || profile.Display == DisplayKind.Vga, "textCodePage is only for a vga display.", errors);
        Require(!profile.ParallelPort || profile.Architecture == "i386", "parallelPort is only for PCs.", errors);
        Require(profile.DisplayAfterMilliseconds is >= 0 and <= 5000, "displayAfterMilliseconds is not within 0 to 5000.", errors);
        foreach (var (mode, aspect) in profile.PixelAspect)
        {
            Require(ModePattern().IsMatch(mode), $"pixelAspect \"{mode}\" is not WIDTHxHEIGHT.", errors);
            Require(aspect is >= 0.1 and <= 10, $"pixelAspect of {mode} is not within 0.1 to 10.", errors);
        }
    }

    private static void CheckKeyboard(MachineProfile profile, List<string> errors)
    {
        Require(
            KeyboardLayout.Find(profile.KeyboardLayout) is not null,
            $"keyboardLayout \"{profile.KeyboardLayout}\" is not known; these are: {string.Join(", ", KeyboardLayout.All.Select(layout => layout.Id))}.",
            errors);
        Require(profile.KeyIntervalMilliseconds is >= 4 and <= 1000, "keyIntervalMilliseconds is not within 4 to 1000.", errors);
    }

    private static void Require(bool isMet, string error, List<string> errors)
    {
        if (!isMet)
        {
            errors.Add(error);
        }
    }

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[a-z0-9]{1,16}\z")]
    private static partial Regex BayPattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_. -]{0,63}\z")]
    private static partial Regex ProcessorPattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]*(,[a-z0-9_.-]+=[A-Za-z0-9_.-]*)*\z")]
    private static partial Regex DevicePattern();

    [GeneratedRegex(@"^[a-z0-9_-]+=[A-Za-z0-9_.-]+\z")]
    private static partial Regex OptionPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,64}(=[A-Za-z0-9_.:,/-]{0,64})?\z")]
    private static partial Regex KernelArgumentPattern();

    [GeneratedRegex(@"^[1-9][0-9]{1,3}x[1-9][0-9]{1,3}\z")]
    private static partial Regex ModePattern();
}
