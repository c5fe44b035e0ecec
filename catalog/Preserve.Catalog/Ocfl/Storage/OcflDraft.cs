namespace Preserve.Catalog.Ocfl.Storage;

/// <summary>What the next version of an object is to be: the state of its last version, and what differs.</summary>
public sealed class OcflDraft
{
    private readonly Dictionary<string, OcflStagedFile?> _changes = new(StringComparer.Ordinal);

    /// <summary>A URI; names the object.</summary>
    public required string ObjectId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why this version is made.</summary>
    public required string Message { get; init; }

    /// <summary>Who or what makes it.</summary>
    public required string UserName { get; init; }

    /// <summary>A URI.</summary>
    public required string UserAddress { get; init; }

    /// <summary>
    /// The object is deleted, with every version it has, and begins anew with this one: version 1 has these files alone. Only for what the law
    /// or a contract wants gone.
    /// </summary>
    public bool ReplacesObject { get; init; }

    internal IReadOnlyDictionary<string, OcflStagedFile?> Changes => _changes;

    /// <summary>A file that is new or has new bytes.</summary>
    /// <param name="logicalPath">With slashes; no element is <c>.</c>, <c>..</c> or empty.</param>
    /// <param name="file">Staged in the transaction that the draft goes to.</param>
    public void Put(string logicalPath, OcflStagedFile file) => _changes[logicalPath] = file;

    /// <summary>A file that the next version does not have any more. Its bytes stay with the earlier ones.</summary>
    public void Remove(string logicalPath) => _changes[logicalPath] = null;
}

/// <summary>Bytes in a transaction's folder, read-only and synced.</summary>
/// <param name="Path">Where they are.</param>
/// <param name="Sha512">Lower-case hexadecimal.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="LengthInBytes">Their length.</param>
public sealed record OcflStagedFile(string Path, string Sha512, string Sha256, long LengthInBytes);
