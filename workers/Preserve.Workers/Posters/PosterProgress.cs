namespace Preserve.Workers.Posters;

/// <summary>How far the making of posters is. Safe for concurrent use.</summary>
public sealed class PosterProgress
{
    private volatile PosterStatus _current = new(0, 0, 0, null);

    public PosterStatus Current => _current;

    internal void Set(PosterStatus status) => _current = status;
}

/// <summary>One look at the making of posters.</summary>
/// <param name="Made">Environments that have their poster.</param>
/// <param name="Due">Environments that still wait for theirs, the current one included.</param>
/// <param name="Failed">Environments that could not be photographed.</param>
/// <param name="CurrentTitle">What is being booted now; null when nothing is.</param>
public sealed record PosterStatus(int Made, int Due, int Failed, string? CurrentTitle);
