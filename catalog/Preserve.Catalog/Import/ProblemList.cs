namespace Preserve.Catalog.Import;

/// <summary>What is wrong with an archive, each in a sentence that names the entry. Bounded: a hostile manifest does not fill memory with complaints.</summary>
internal sealed class ProblemList
{
    private const int Maximum = 200;

    private readonly List<string> _texts = [];
    private int _more;

    public bool IsEmpty => _texts.Count == 0;

    public IReadOnlyList<string> Texts => _more == 0 ? _texts : [.. _texts, $"and {_more} more problems"];

    public void Add(string entry, string what)
    {
        if (_texts.Count < Maximum)
        {
            _texts.Add(entry.Length == 0 ? what : $"{entry}: {what}");
        }
        else
        {
            _more++;
        }
    }
}
