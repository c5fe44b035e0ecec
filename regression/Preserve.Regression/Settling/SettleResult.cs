namespace Preserve.Regression.Settling;

/// <summary>What a <see cref="SettleDetector"/> thinks of a screen now.</summary>
/// <param name="State">Whether it has settled.</param>
/// <param name="Representative">The picture that stands for a settled screen; null otherwise.</param>
/// <param name="Pictures">All pictures that take turns on a settled screen, longest shown first; empty otherwise.</param>
public sealed record SettleResult(SettleState State, Picture? Representative, IReadOnlyList<Picture> Pictures)
{
    /// <summary>True for a settled screen that never shows more than one colour at a time.</summary>
    public bool IsBlank => Pictures.Count > 0 && Pictures.All(picture => picture.IsBlank);
}

/// <summary>Whether a screen has come to rest.</summary>
public enum SettleState
{
    /// <summary>New pictures still appear, or too little time has passed.</summary>
    Settling,

    /// <summary>Nothing new for long enough.</summary>
    Settled,

    /// <summary>Something new again and again until the time was up: an animation, a clock. Final.</summary>
    NeverSettles,
}
