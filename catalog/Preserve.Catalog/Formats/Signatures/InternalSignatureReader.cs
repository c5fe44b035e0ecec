using System.Xml.Linq;
using Preserve.Catalog.Formats.Patterns;

namespace Preserve.Catalog.Formats.Signatures;

/// <summary>
/// Turns an <c>InternalSignature</c> element, of a DROID signature file or of a container signature, into chains.
/// </summary>
/// <remarks>
/// A sub-sequence is its left fragments, the highest position first, then its sequence, then its right fragments. A left fragment's offsets
/// are between it and what follows, a right fragment's between it and what came before; fragments of one position are alternatives. The
/// offsets of a sub-sequence lie before it: from the beginning, from the sub-sequence before, or mirrored, from the end.
/// </remarks>
internal static class InternalSignatureReader
{
    /// <exception cref="SignatureFileException">It is not as a signature is.</exception>
    public static InternalSignature Read(XElement element)
    {
        var id = element.Number("ID") ?? throw new SignatureFileException("An InternalSignature has no ID.");
        try
        {
            return new InternalSignature(id, [.. element.All("ByteSequence").Select(ReadChain)]);
        }
        catch (FormatException problem)
        {
            throw new SignatureFileException($"Signature {id}: {problem.Message}", problem);
        }
    }

    private static ByteChain ReadChain(XElement element)
    {
        var isFromEnd = element.Text("Reference") == "EOFoffset";
        var isAnchored = isFromEnd || element.Text("Reference") == "BOFoffset";
        var parts = element.All("SubSequence").OrderBy(part => part.Number("Position") ?? 1).ToList();
        if (isFromEnd)
        {
            parts.Reverse();
        }

        var steps = new List<ChainStep>();
        foreach (var part in parts)
        {
            var maximum = steps.Count > 0 || isAnchored ? part.Number("SubSeqMaxOffset") : null;
            var gap = new Gap(part.Number("SubSeqMinOffset") ?? 0, maximum);
            var own = ReadPart(part);
            if (isFromEnd)
            {
                own.Reverse();
                own = own.ConvertAll(step => step.Mirrored());
            }

            own[0] = new ChainStep([.. own[0].Options.Select(option => option with { Before = gap })]);
            steps.AddRange(own);
        }

        return steps.Count > 0 ? new ByteChain(isFromEnd, steps) : throw new FormatException("A ByteSequence has no SubSequence.");
    }

    /// <summary>The steps of a sub-sequence in the order of the file.</summary>
    private static List<ChainStep> ReadPart(XElement element)
    {
        var steps = new List<ChainStep>();
        foreach (var place in Fragments(element, "LeftFragment").Reverse())
        {
            steps.Add(new ChainStep([.. place.SelectMany(fragment => Pieces(fragment)
                .Select(piece => new ChainOption(Gap.None, piece, Offsets(fragment))))]));
        }

        var sequence = element.One("Sequence")?.Value ?? throw new FormatException("A SubSequence has no Sequence.");
        steps.AddRange(PatternSyntax.Parse(sequence).Select(part =>
            new ChainStep([.. part.Pieces.Select(piece => new ChainOption(part.Gap, piece, Gap.None))])));
        foreach (var place in Fragments(element, "RightFragment"))
        {
            steps.Add(new ChainStep([.. place.SelectMany(fragment => Pieces(fragment)
                .Select(piece => new ChainOption(Offsets(fragment), piece, Gap.None)))]));
        }

        return steps;
    }

    private static IOrderedEnumerable<IGrouping<int, XElement>> Fragments(XElement element, string name) =>
        element.All(name).GroupBy(fragment => fragment.Number("Position") ?? 1).OrderBy(group => group.Key);

    private static Gap Offsets(XElement fragment) => new(fragment.Number("MinOffset") ?? 0, fragment.Number("MaxOffset"));

    private static IReadOnlyList<Piece> Pieces(XElement fragment) => PatternSyntax.Parse(fragment.Value) is [var part]
        ? part.Pieces
        : throw new FormatException("A fragment has a gap inside.");
}
