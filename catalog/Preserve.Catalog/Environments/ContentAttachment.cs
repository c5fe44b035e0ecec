namespace Preserve.Catalog.Environments;

/// <summary>Media of one object in free bays of an environment that was made for another.</summary>
/// <param name="EnvironmentId">The environment.</param>
/// <param name="ObjectId">Whose media.</param>
/// <param name="Drives">Bay to the name of the object's medium, or to that of a carrier that its loose files are put on.</param>
public sealed record ContentAttachment(string EnvironmentId, string ObjectId, IReadOnlyDictionary<string, string> Drives);
