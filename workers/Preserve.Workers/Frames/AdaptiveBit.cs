namespace Preserve.Workers.Frames;

/// <summary>
/// The learnt probability of one yes-or-no decision, packed in a <see cref="uint"/>: probability of yes in 1/65536 above
/// bit 8, the number of decisions seen so far (at most <see cref="Patience"/>) below.
/// </summary>
/// <remarks>The first decisions move it fast, later ones slowly: few bytes are ever sent, so learning early is what counts.</remarks>
internal static class AdaptiveBit
{
    public const uint Even = 32768u << 8;

    private const int Patience = 40;

    private static readonly int[] Rates = MakeRates();

    /// <summary>Probability of yes in 1/4096, never 0 and never certain.</summary>
    public static uint Probability(uint state) => Math.Clamp(state >> 12, 1u, 4095u);

    public static uint Learn(uint state, bool bit)
    {
        var count = (int)(state & 255);
        var probability = (int)(state >> 8);
        probability += (((bit ? 65535 : 0) - probability) * Rates[count]) >> 15;
        return ((uint)probability << 8) | (uint)Math.Min(count + 1, Patience);
    }

    public static uint[] Make(int count)
    {
        var states = new uint[count];
        Array.Fill(states, Even);
        return states;
    }

    private static int[] MakeRates()
    {
        var rates = new int[Patience + 1];
        for (var count = 0; count <= Patience; count++)
        {
            rates[count] = 65536 / ((2 * count) + 3);
        }

        return rates;
    }
}
