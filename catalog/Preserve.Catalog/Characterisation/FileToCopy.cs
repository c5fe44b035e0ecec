namespace Preserve.Catalog.Characterisation;

/// <summary>One file on a medium.</summary>
/// <param name="VolumeOffset">Byte at which its volume begins, as listed.</param>
/// <param name="Address">Its <see cref="FileEntry.Address"/>.</param>
/// <param name="LengthInBytes">Its <see cref="FileEntry.LengthInBytes"/>, with which the copy is compared; null to take what there is.</param>
public sealed record FileToCopy(long VolumeOffset, string Address, long? LengthInBytes)
{
    private const int LongestAddress = 40;

    /// <summary>Whether it can be an address: it becomes an argument of a tool.</summary>
    internal bool IsSound => VolumeOffset >= 0 && Address.Length is > 0 and <= LongestAddress
        && char.IsAsciiDigit(Address[0]) && Address.All(c => char.IsAsciiDigit(c) || c == '-');
}
