using System.Text.RegularExpressions;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Qemu;

/// <summary>Writes a machine down as a shell script that needs QEMU and its media, and nothing of ours.</summary>
internal static partial class QemuScript
{
    private const string Media = "'\"$media\"'";
    private const string Overlay = "'\"$overlay\"'";

    /// <summary>Arguments, each with one value, that belong to our sandbox and not to the machine.</summary>
    private static readonly HashSet<string> s_ours = ["-sandbox", "-display", "-vnc", "-qmp", "-L"];

    public static string Write(MachineDefinition definition, EmulatorBuild build)
    {
        var media = QemuMedium.AllOf(definition);
        var program = build.Programs.GetValueOrDefault(definition.Profile.Architecture);
        var script = new List<string>();
        script.Add("#!/usr/bin/env bash");
        script.Add($"# Starts a {Comment(definition.Profile.Title)} on QEMU alone. Seen on {Comment(build.Id)}, version {Comment(build.Version)}:");
        script.Add($"#   program  sha256 {program?.Sha256}");
        script.Add($"#   firmware sha256 {build.FirmwareSha256} (names and digests of all files)");
        script.Add("# QEMU names the program, FIRMWARE a folder with other firmware than its own, MEDIA the folder with the files below, VIEW what to see it with (gtk, sdl, none).");
        script.Add("set -euo pipefail");
        script.Add($"qemu=\"${{QEMU:-qemu-system-{definition.Profile.Architecture}}}\"");
        script.Add("media=\"$(realpath \"${MEDIA:-media}\")\"");
        script.Add("overlay=\"$(mktemp -d)\"");
        script.Add("trap 'rm -rf \"$overlay\"' EXIT");
        foreach (var medium in media.SelectMany(medium => medium.Medium.Chain).DistinctBy(image => image.Sha256))
        {
            AppendMedium(script, medium);
        }

        foreach (var medium in media.Where(medium => medium.IsWritable))
        {
            if (medium.Medium.Backing is not null)
            {
                // Its header names what it lies on as our sandbox has it, so the size is read out of it and nothing is opened (qcow2, byte 24).
                script.Add($"size=$((0x$(od -An -v -tx1 -j24 -N8 \"$media/{medium.Medium.Sha256}\" | tr -d ' \\n')))");
                script.Add($"qemu-img create -q -u -f qcow2 -F qcow2 -b \"$media/{medium.Medium.Sha256}\" \"$overlay/{QemuPaths.OverlayName(medium.Slot)}\" \"$size\"");
                continue;
            }

            script.Add($"qemu-img create -q -f qcow2 -F {QemuBlockNodes.Driver(medium.Medium.Format)} -b \"$media/{medium.Medium.Sha256}\" \"$overlay/{QemuPaths.OverlayName(medium.Slot)}\"");
        }

        script.Add("\"$qemu\" ${FIRMWARE:+-L \"$FIRMWARE\"} -display \"${VIEW:-gtk}\" \\");
        script.Add($"  {string.Join(" \\\n  ", Lines(QemuCommandLine.Build(definition, build)))}");
        return string.Join('\n', script) + '\n';
    }

    private static void AppendMedium(List<string> script, MediumFile medium)
    {
        script.Add($"# {Comment(medium.Label)}, {medium.LengthInBytes} bytes, {medium.Format}");
        script.Add($"echo '{medium.Sha256}  '\"$media\"'/{medium.Sha256}' | sha256sum --check --quiet");
    }

    /// <summary>One option and its value a line.</summary>
    private static IEnumerable<string> Lines(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var hasValue = i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-');
            if (!s_ours.Contains(arguments[i]))
            {
                yield return hasValue ? $"{arguments[i]} {Quote(arguments[i + 1])}" : arguments[i];
            }

            i += hasValue ? 1 : 0;
        }
    }

    private static string Quote(string argument) => PathPattern().Replace(
        $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'",
        path => $"{(path.ValueSpan[0] == QemuPaths.MediaFolder[0] ? Media : Overlay)}/");

    /// <summary>Beginning of a path of ours: at the start of an argument, or after the equals sign or quotation mark that opens a value.</summary>
    [GeneratedRegex($"(?<=['\"=]){QemuPaths.MediaFolder}/|(?<=['\"=]){QemuPaths.PrivateFolder}/")]
    private static partial Regex PathPattern();

    /// <summary>Text of the catalog in a comment: one line, whatever it holds.</summary>
    private static string Comment(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
