using System.Text.Json;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Storage;

/// <summary>
/// Transactions under way, each a file outside every object: <c>(id).prepared</c> while it may still be undone, renamed to
/// <c>(id).accepted</c> once it must be finished.
/// </summary>
internal sealed class OcflJournal(string workFolder)
{
    private const string Prepared = ".prepared";
    private const string Accepted = ".accepted";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public string Folder { get; } = Path.Combine(workFolder, "journal");

    /// <summary>Notes a transaction whose versions are staged and synced.</summary>
    public void Prepare(OcflJournalEntry entry)
    {
        var temporary = Path.Combine(Folder, $"{entry.Id}.new");
        DurableFile.Write(temporary, JsonSerializer.SerializeToUtf8Bytes(entry, Options));
        DurableFile.Move(temporary, PathOf(entry.Id, Prepared));
    }

    /// <summary>From now on the transaction is finished whatever happens.</summary>
    public void Accept(string id) => DurableFile.Move(PathOf(id, Prepared), PathOf(id, Accepted));

    public void Forget(string id)
    {
        File.Delete(PathOf(id, Prepared));
        File.Delete(PathOf(id, Accepted));
        PosixFile.SyncFolder(Folder);
    }

    /// <summary>Everything under way; call with the writers' lock held.</summary>
    public IReadOnlyList<OcflJournalEntry> Read()
    {
        foreach (var unfinished in Directory.EnumerateFiles(Folder, "*.new"))
        {
            File.Delete(unfinished);
        }

        return
        [
            .. from file in Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal)
               let entry = JsonSerializer.Deserialize<OcflJournalEntry>(File.ReadAllBytes(file), Options)!
               select entry with { IsAccepted = file.EndsWith(Accepted, StringComparison.Ordinal) },
        ];
    }

    private string PathOf(string id, string state) => Path.Combine(Folder, id + state);
}

/// <summary>One transaction in the journal.</summary>
/// <param name="Id">Of the transaction.</param>
/// <param name="Folder">Name of its folder among the writers'.</param>
/// <param name="Versions">What takes its place, in order.</param>
/// <param name="IsAccepted">Whether it must be finished.</param>
internal sealed record OcflJournalEntry(string Id, string Folder, IReadOnlyList<OcflStagedVersion> Versions, bool IsAccepted = false);

/// <summary>A staged version of one object.</summary>
/// <param name="Slot">Name of its folder in the transaction's.</param>
/// <param name="Path">Of the object, below the storage root.</param>
/// <param name="Version">Its number; 1 for a new object.</param>
/// <param name="Replaces">The object that is there is deleted.</param>
internal sealed record OcflStagedVersion(string Slot, string Path, int Version, bool Replaces = false);
