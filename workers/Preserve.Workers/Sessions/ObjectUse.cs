namespace Preserve.Workers.Sessions;

/// <summary>That an object is run without an exhibit.</summary>
/// <param name="ObjectId">The object.</param>
/// <param name="EnvironmentId">Where: an environment of its own, or another that its media are attached to.</param>
/// <param name="Drives">Bay to the name of the object's medium that is attached there; null where nothing is, or where that is not told any more.</param>
[GenerateSerializer]
[Immutable]
public sealed record ObjectUse(string ObjectId, string EnvironmentId, Dictionary<string, string>? Drives);
