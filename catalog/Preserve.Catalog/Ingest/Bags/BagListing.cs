using System.Globalization;
using Preserve.Catalog.Bags;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>The files of a bag that is a folder of this host, within the bounds of what may be brought in.</summary>
internal static class BagListing
{
    /// <summary>Length by path in order, or what prevents that it is brought in.</summary>
    public static (IReadOnlyList<KeyValuePair<string, long>> Files, string Problem) Read(string folder, IngestOptions options, long freeLengthInBytes)
    {
        var findings = new List<BagFinding>();
        List<KeyValuePair<string, long>> files;
        try
        {
            files = [.. new BagFolder(folder).List(findings.Add).OrderBy(file => file.Key, StringComparer.Ordinal)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return ([], $"The folder cannot be listed: {problem.Message}");
        }

        return (files, Problem(files, findings, options, freeLengthInBytes - options.FreeSpaceReserveInBytes));
    }

    private static string Problem(List<KeyValuePair<string, long>> files, List<BagFinding> findings, IngestOptions options, long room)
    {
        if (findings.Count > 0)
        {
            return $"{findings[0].Path} {findings[0].Text}. Links are not followed.";
        }

        if (files.Count > options.MaximumUnpackedFiles)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The bag has {files.Count} files; {options.MaximumUnpackedFiles} are allowed (Preserve:Ingest:MaximumUnpackedFiles).");
        }

        if (files.Find(file => UploadName.Problem(file.Key) is not null) is { Key: { } bad })
        {
            return UploadName.Problem(bad)!;
        }

        if (files.Find(file => file.Value > options.MaximumUploadLengthInBytes) is { Key: { } large })
        {
            return $"{large} is longer than {Uploads.Size(options.MaximumUploadLengthInBytes)}.";
        }

        return files.Sum(file => file.Value) > room ? $"The bag holds {Uploads.Size(files.Sum(file => file.Value))}, which is more than the disk of the data folder has left beside its reserve." : "";
    }
}
