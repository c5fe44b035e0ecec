using System.Globalization;
using System.Text;
using Preserve.Catalog.Descriptions;

namespace Preserve.Workers.Export;

/// <summary>The texts of an exported bag.</summary>
internal static class ExportTexts
{
    /// <summary>Where a file lies in the bag's payload, by its SHA-256.</summary>
    public static Dictionary<string, string> FilesByDigest(IEnumerable<ObjectDescription> descriptions) =>
        descriptions.SelectMany(one => one.Media.SelectMany(medium => medium.Representations).SelectMany(part => part.Files).Select(file => (file.Sha256, Path: $"objects/{one.Id}/{file.Path}")))
            .DistinctBy(file => file.Sha256)
            .ToDictionary(file => file.Sha256, file => file.Path);

    /// <summary>A script that lays the media of an environment out by digest, as its machine's script wants them, and runs that.</summary>
    public static string Gather(EnvironmentDescription environment, IEnumerable<string> digests, Dictionary<string, string> files)
    {
        var script = new StringBuilder();
        script.Append("#!/usr/bin/env bash\n")
            .Append(CultureInfo.InvariantCulture, $"# Boots the environment {environment.Id} with QEMU alone. VIEW=none boots without a window; QEMU names another program.\n")
            .Append("# Nothing in this folder is changed: the machine writes to a copy that is gone afterwards.\n")
            .Append("set -euo pipefail\n")
            .Append("here=\"$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd)\"\n")
            .Append("MEDIA=\"$(mktemp -d)\"\n")
            .Append("export MEDIA\n")
            .Append("trap 'rm -rf \"$MEDIA\"' EXIT\n");
        foreach (var digest in digests.Distinct().Where(files.ContainsKey))
        {
            script.Append(CultureInfo.InvariantCulture, $"ln -s \"$here\"/../{Quote(files[digest])} \"$MEDIA/{digest}\"\n");
        }

        return script.Append(CultureInfo.InvariantCulture, $"bash \"$here/{environment.Id}.machine.sh\"\n").ToString();
    }

    public static byte[] ReadMe(IReadOnlyList<ObjectDescription> descriptions, IReadOnlyList<string> problems)
    {
        var text = new StringBuilder(
            """
            This is a bag (BagIt 1.0, RFC 8493) of preserved software.

            objects/ID/media/        the bytes of each medium
            objects/ID/description.json, premis.xml, dc.xml
                                     what is known of it: everything, as PREMIS 3.0, in Dublin Core
            boot/ENVIRONMENT.sh      boots it with QEMU (qemu-system-x86 and its like, qemu-utils) and bash

            Check the whole with any BagIt tool, or in this folder's parent: sha256sum --check manifest-sha256.txt


            """);
        foreach (var one in descriptions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.Id}: {one.Title}\n");
            foreach (var environment in one.Environments)
            {
                text.Append(CultureInfo.InvariantCulture, $"    boot/{environment.Id}.sh   {environment.Title}\n");
            }
        }

        foreach (var problem in problems)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{problem}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static IEnumerable<(string Label, string Value)> BagInfo(string? objectId, IReadOnlyList<ObjectDescription> descriptions, DateTimeOffset now)
    {
        yield return ("Bag-Software-Agent", ObjectVersions.Agent("export"));
        yield return ("Bagging-Date", now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var one in descriptions.Where(one => objectId is not null && one.Id == objectId))
        {
            yield return ("External-Identifier", $"preserve:object:{one.Id}");
            yield return ("External-Description", one.Title);
        }
    }

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
