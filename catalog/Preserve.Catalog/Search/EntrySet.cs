using System.Numerics;

namespace Preserve.Catalog.Search;

/// <summary>Ids of entries, a bit each: a hundred thousand take 13 KB, where a list would be a large object that is soon garbage.</summary>
public sealed class EntrySet
{
    private const int BitsOfWord = 64;

    private ulong[] _words = [];

    public int Count { get; private set; }

    /// <summary>In ascending order.</summary>
    public IEnumerable<int> Ids
    {
        get
        {
            for (var word = 0; word < _words.Length; word++)
            {
                for (var bits = _words[word]; bits != 0; bits &= bits - 1)
                {
                    yield return (word * BitsOfWord) + BitOperations.TrailingZeroCount(bits);
                }
            }
        }
    }

    /// <param name="id">From 0; adding it again changes nothing.</param>
    public void Add(long id)
    {
        var word = checked((int)(id / BitsOfWord));
        if (word >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max(word + 1, _words.Length * 2));
        }

        var bit = 1UL << (int)(id % BitsOfWord);
        Count += (_words[word] & bit) == 0 ? 1 : 0;
        _words[word] |= bit;
    }

    public bool Contains(long id) => id / BitsOfWord < _words.Length && (_words[id / BitsOfWord] & (1UL << (int)(id % BitsOfWord))) != 0;

    public bool Overlaps(EntrySet other)
    {
        for (var word = 0; word < Math.Min(_words.Length, other._words.Length); word++)
        {
            if ((_words[word] & other._words[word]) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
