namespace Preserve.Catalog.Bags;

/// <summary>One thing that a bag's validation found.</summary>
/// <param name="IsError">Whether the bag is invalid because of it; otherwise it should be otherwise.</param>
/// <param name="Path">Below the bag; <c>.</c> for itself.</param>
/// <param name="Text">What is wrong, in words.</param>
public sealed record BagFinding(bool IsError, string Path, string Text);

/// <summary>What validation found out about a bag.</summary>
/// <param name="Version">As <c>bagit.txt</c> says; null when it says none that is known.</param>
/// <param name="PayloadFiles">How many files the payload has.</param>
/// <param name="PayloadLengthInBytes">Their length together.</param>
/// <param name="Findings">Everything that is wrong.</param>
public sealed record BagReport(Version? Version, int PayloadFiles, long PayloadLengthInBytes, IReadOnlyList<BagFinding> Findings)
{
    public bool IsValid => !Findings.Any(finding => finding.IsError);
}
