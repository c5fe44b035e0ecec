using Preserve.Catalog.Formats.Patterns;

namespace Preserve.Catalog.Formats.Signatures;

/// <summary>Byte sequences that a file of a format has, all of them.</summary>
internal sealed record InternalSignature(int Id, IReadOnlyList<ByteChain> Chains)
{
    /// <param name="head">The first bytes of the file.</param>
    /// <param name="tail">Its last.</param>
    public bool IsMatch(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        foreach (var chain in Chains)
        {
            if (!ChainMatcher.IsMatch(chain, chain.IsFromEnd ? tail : head))
            {
                return false;
            }
        }

        return Chains.Count > 0;
    }
}
