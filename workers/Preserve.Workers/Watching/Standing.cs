namespace Preserve.Workers.Watching;

/// <summary>Where a watcher stands with the controls.</summary>
internal enum Wish
{
    None,

    /// <summary>Has asked for them.</summary>
    Asking,

    /// <summary>Has been offered them.</summary>
    Offered,

    /// <summary>Has asked and was told: not now.</summary>
    Refused,
}

/// <summary>A watcher as the others know it. For the session's audience; single fields are read and written whole.</summary>
internal sealed class Standing(TimeProvider time)
{
    /// <summary>Longest name in UTF-16 units.</summary>
    public const int LongestName = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private long _askedAt;
    private volatile string _name = "";
    private volatile Wish _wish;

    /// <summary>From 1, in the order in which watchers came; 0 for the owner.</summary>
    public int Number { get; set; }

    /// <summary>As the watcher typed it, without control characters; perhaps empty.</summary>
    public string Name => _name;

    public Wish Wish
    {
        get => _wish;
        set => _wish = value;
    }

    /// <summary>Notes that this watcher asks for the controls. False when it asked less than a second ago: nobody is to be pestered.</summary>
    public bool TryAsk(string name)
    {
        var now = time.GetTimestamp();
        if (_askedAt != 0 && time.GetElapsedTime(_askedAt, now) < Patience)
        {
            return false;
        }

        _askedAt = now;
        _name = Clean(name);
        _wish = Wish.Asking;
        return true;
    }

    // Control and format characters could turn the words around it about.
    private static string Clean(string name) =>
        new string([.. name.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)]).Trim();
}
