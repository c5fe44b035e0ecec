namespace Preserve.Catalog.Retention;

/// <summary>How long personal data is kept: section <c>Preserve:Retention</c>. Each is at least a day and at most 100 years.</summary>
public sealed record RetentionOptions
{
    public const string Section = "Preserve:Retention";

    /// <summary>Entries of the audit trail, which name people, after the act. Default ten years.</summary>
    public TimeSpan AuditTrail { get; init; } = TimeSpan.FromDays(3653);

    /// <summary>Sign-ins, refused ones and sign-outs in the audit trail, after they were. Default half a year.</summary>
    public TimeSpan SignIns { get; init; } = TimeSpan.FromDays(183);

    /// <summary>One-time links after they have expired. Default a month.</summary>
    public TimeSpan OneTimeLinks { get; init; } = TimeSpan.FromDays(30);

    /// <summary>API tokens after they have expired. Default three months.</summary>
    public TimeSpan ApiTokens { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Watch links of sessions after these were made. Default a month.</summary>
    public TimeSpan WatchLinks { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Everything that is wrong; empty when all is well.</summary>
    public IEnumerable<string> Problems() =>
        from one in new (string Name, TimeSpan Value)[]
        {
            (nameof(AuditTrail), AuditTrail), (nameof(SignIns), SignIns), (nameof(OneTimeLinks), OneTimeLinks), (nameof(ApiTokens), ApiTokens), (nameof(WatchLinks), WatchLinks),
        }
        where one.Value < TimeSpan.FromDays(1) || one.Value > TimeSpan.FromDays(36_525)
        select $"{Section}:{one.Name}: {one.Value} is outside 1 to 36525 days.";
}
