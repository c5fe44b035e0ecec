namespace Preserve.Catalog.SecondRoots;

/// <summary>How far the second storage root is, as the process that fills it last saw. Progress, not the truth: that lies in the two roots.</summary>
/// <param name="Objects">How many the first root has.</param>
/// <param name="Copied">How many of them the second has as they are.</param>
/// <param name="LengthCopiedInBytes">Copied since the process started.</param>
/// <param name="Current">Path of the object that is being copied; null while none is.</param>
/// <param name="Problems">The first objects that could not be copied, and why.</param>
public sealed record SecondRootStatus(int Objects, int Copied, long LengthCopiedInBytes, string? Current, IReadOnlyList<string> Problems);
