namespace Preserve.Workers.Sessions.Grains;

/// <summary>The one place that decides whether there is room. It counts, and never waits for a start.</summary>
public interface IAdmissionGrain : IGrainWithIntegerKey
{
    /// <summary>Takes a place, the seats and the session's row, or nothing.</summary>
    Task<AdmissionAnswer> AdmitAsync(AdmissionRequest request);

    /// <summary>Gives the place back. Seats go back with the row.</summary>
    Task ReleaseAsync(Guid id);

    Task<int> CountAsync();
}

/// <summary>Who wants to be admitted.</summary>
/// <param name="Plan">What is to run.</param>
/// <param name="Machines">Build and program of each machine, in the plan's order.</param>
[GenerateSerializer]
[Immutable]
public sealed record AdmissionRequest(SessionPlan Plan, AdmittedMachine[] Machines);

/// <summary>What a machine runs on, for the record.</summary>
[GenerateSerializer]
[Immutable]
public sealed record AdmittedMachine(string EnvironmentId, string EmulatorBuild, string EmulatorSha256);

/// <summary>The decision.</summary>
/// <param name="HasRoom">False when the house is full.</param>
/// <param name="FullLicence">Title of a licence that has no seat left; null when there was one.</param>
/// <param name="Withdrawn">Title of an object that is not to be used any more; null when there is none.</param>
[GenerateSerializer]
[Immutable]
public sealed record AdmissionAnswer(bool HasRoom, string? FullLicence, string? Withdrawn = null);
