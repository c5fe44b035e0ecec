namespace Preserve.Catalog.Benchmarks.Search;

/// <summary>Words, people and houses: real ones where they are frequent, made of syllables where they are rare.</summary>
internal static class Names
{
    private static readonly string[] s_frequent =
    [
        "disk", "system", "game", "software", "windows", "dos", "version", "tools", "install", "manual", "driver", "utilities", "editor", "basic", "compiler", "graphics",
        "word", "office", "paint", "calc", "data", "base", "network", "library", "demo", "adventure", "chess", "tetris", "music", "tracker", "font", "viewer", "archive",
        "backup", "school", "typing", "tutor", "map", "atlas", "encyclopedia", "cd", "floppy", "boot", "kernel", "setup", "unix", "macintosh", "amiga", "atari", "spectrum",
    ];

    private static readonly string[] s_houses =
    [
        "Microsoft", "Borland", "Apple", "IBM", "Digital Research", "Lotus", "WordPerfect", "Infocom", "Sierra", "LucasArts", "Maxis", "Brøderbund", "id Software", "Électronique Müller",
    ];

    private static readonly string[] s_syllables =
        ["ka", "ro", "mi", "ten", "sol", "ver", "lin", "da", "pre", "con", "gra", "ost", "bel", "nu", "fi", "zar", "qui", "mon", "té", "bø", "hal", "ix", "or", "um", "sta"];

    public static IReadOnlyList<string> Words(int count, Random random) => [.. s_frequent, .. Made(count, random)];

    public static IReadOnlyList<string> Creators(int count, Random random) =>
        [.. s_houses, .. Made(count * 2, random).Chunk(2).Where(pair => pair.Length == 2).Select(pair => $"{Capital(pair[0])} {Capital(pair[1])}")];

    public static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static IEnumerable<string> Made(int count, Random random) =>
        Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => s_syllables[random.Next(s_syllables.Length)]))).Distinct();
}
