using Preserve.Catalog.Mets;

namespace Preserve.Catalog.Bags;

/// <summary>What the child in the sandbox says of a bag. Its parent believes none of it unchecked but that it is text within bounds.</summary>
/// <param name="Version">Null when it declares none that is known.</param>
/// <param name="Findings">The first of them.</param>
/// <param name="Info">Lines of <c>bag-info.txt</c>.</param>
/// <param name="Mets">What its METS file says; null when it has none, or none that can be read.</param>
/// <param name="MetsProblem">Why the METS file could not be read; empty when it could.</param>
internal sealed record BagAnswer(string? Version, IReadOnlyList<BagFinding> Findings, IReadOnlyList<BagInfoLine> Info, MetsFacts? Mets, string MetsProblem)
{
    /// <summary>Longest answer, in bytes.</summary>
    public const long LongestInBytes = 64L * 1024 * 1024;

    private const int MaximumFindings = 200;

    /// <summary>Validates and reads. Runs inside the sandbox.</summary>
    public static BagAnswer Of(IReadOnlyList<BagListedFile> files)
    {
        var bag = new ListedBag(files);

        // Nothing in it waits: digests are at hand, and tag files are read at once.
        var report = BagValidator.ValidateAsync(bag, CancellationToken.None).GetAwaiter().GetResult();
        var (mets, problem) = ReadMets(files);
        var findings = report.Findings.OrderByDescending(finding => finding.IsError).Take(MaximumFindings);
        return new BagAnswer(report.Version?.ToString(), [.. findings], ReadInfo(bag, report.Version), mets, problem);
    }

    private static IReadOnlyList<BagInfoLine> ReadInfo(ListedBag bag, Version? version)
    {
        try
        {
            return version is null || BagDeclaration.Read(bag, _ => { }) is not { } declared ? [] : BagInfo.Read(TagFile.ReadLines(bag.ReadTagFile(declared.Rules.InfoFile), declared.Encoding));
        }
        catch (IOException)
        {
            // It need not have one, and the validator has told of one that cannot be read.
            return [];
        }
    }

    private static (MetsFacts? Facts, string Problem) ReadMets(IReadOnlyList<BagListedFile> files)
    {
        if (files.FirstOrDefault(file => BagLayout.IsMets(file.Path)) is not { } mets)
        {
            return (null, "");
        }

        try
        {
            using var stream = File.OpenRead(mets.Inside ?? throw new InvalidDataException($"it is longer than {MetsReader.MaximumLengthInBytes} bytes"));
            return (MetsReader.Read(stream), "");
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            return (null, problem.Message);
        }
    }
}
