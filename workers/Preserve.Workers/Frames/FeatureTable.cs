namespace Preserve.Workers.Frames;

/// <summary>Where in the wanted screen some short runs of pixels stand, found again by hash. A run that stands in two places counts for none.</summary>
internal sealed class FeatureTable
{
    /// <summary>Pixels of a run.</summary>
    public const int RunLength = 16;

    private const int Length = 8192;
    private const int MostFeatures = 2048;
    private const int Ambiguous = -2;
    private const int Free = -1;
    private const uint Factor = 0x01000193;

    private static readonly uint LeavingFactor = Power(RunLength);

    private readonly uint[] _hashes = new uint[Length];
    private readonly int[] _places = new int[Length];

    public int Count { get; private set; }

    public bool IsFull => Count == MostFeatures;

    public static uint Roll(uint hash, uint entering, uint leaving) => (hash * Factor) + (entering + 1) - ((leaving + 1) * LeavingFactor);

    public static uint Hash(ReadOnlySpan<uint> run)
    {
        var hash = 0u;
        foreach (var pixel in run)
        {
            hash = (hash * Factor) + pixel + 1;
        }

        return hash;
    }

    public void Clear()
    {
        Array.Fill(_places, Free);
        Count = 0;
    }

    public void Add(uint hash, int place)
    {
        var at = Start(hash);
        while (_places[at] != Free && _hashes[at] != hash)
        {
            at = (at + 1) & (Length - 1);
        }

        if (_places[at] == Free)
        {
            (_hashes[at], _places[at]) = (hash, place);
            Count++;
        }
        else
        {
            _places[at] = Ambiguous;
        }
    }

    /// <summary>The place of a run, or a negative number.</summary>
    public int Find(uint hash)
    {
        var at = Start(hash);
        while (_places[at] != Free && _hashes[at] != hash)
        {
            at = (at + 1) & (Length - 1);
        }

        return _places[at];
    }

    private static int Start(uint hash) => (int)((hash * 0x9E3779B1) >> 19);

    private static uint Power(int exponent)
    {
        var power = 1u;
        for (var i = 0; i < exponent; i++)
        {
            power *= Factor;
        }

        return power;
    }
}
