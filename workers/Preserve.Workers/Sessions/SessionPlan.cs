using Preserve.Catalog.Sessions;

namespace Preserve.Workers.Sessions;

/// <summary>What an admitted session is to run: everything its worker needs to know.</summary>
/// <param name="Id">Of the session.</param>
/// <param name="KeySha256">Digest of its key.</param>
/// <param name="EnvironmentIds">Machines in order; channel 0 first.</param>
/// <param name="Purpose">What for.</param>
/// <param name="ExhibitSlug">Where it was started from, if anywhere.</param>
/// <param name="EmulatorBuild">Null for the build in use.</param>
/// <param name="TimeLimit">Longest life.</param>
/// <param name="Starter">Whoever started it.</param>
/// <param name="Draft">The draft that keeps what the first machine's guest writes; null to forget it.</param>
/// <param name="Object">The object that is run without an exhibit; null for any other session.</param>
[GenerateSerializer]
[Immutable]
public sealed record SessionPlan(
    Guid Id,
    string KeySha256,
    string[] EnvironmentIds,
    SessionPurpose Purpose,
    string? ExhibitSlug,
    string? EmulatorBuild,
    TimeSpan TimeLimit,
    SessionStarter Starter,
    Guid? Draft = null,
    ObjectUse? Object = null);
