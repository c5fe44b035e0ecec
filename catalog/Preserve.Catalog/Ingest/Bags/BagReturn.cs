using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Bags;
using Preserve.Catalog.Descriptions;
using Preserve.Catalog.Import;
using Preserve.Catalog.Ocfl.Storage;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ingest.Bags;

/// <summary>
/// Brings back the objects of a bag that was exported here: media, description, rights, environments, exhibits, licences and events, all of them or
/// none. Objects that the collection has are left as they are. What comes opens nothing by itself: <see cref="ReturnedRows"/>.
/// </summary>
public sealed partial class BagReturn(
    IDbContextFactory<CatalogContext> contexts, ObjectStorage storage, ObjectVersions versions, ReturnedRows rows, QuarantineFolder quarantine, ImportTurn turn)
{
    private const int LongestDescriptionInBytes = 16 * 1024 * 1024;

    private static readonly string Agent = ObjectVersions.Agent("ingest");

    /// <summary>Whether it has a description of ours.</summary>
    internal static bool IsOurs(QuarantinedBag bag) => bag.Files.Keys.Any(path => Description().IsMatch(path));

    internal async Task<BagResult> ReturnAsync(QuarantinedBag bag, BagAnswer answer, Actor actor, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        var described = Read(bag, problems);
        await using (await turn.TakeAsync(cancellationToken))
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var ids = described.Select(one => one.Id).ToList();
            var known = await context.Objects.Where(one => EF.Parameter(ids).Contains(one.Id)).Select(one => one.Id).OrderBy(id => id).ToListAsync(cancellationToken);
            var due = described.Where(one => !known.Contains(one.Id)).ToList();
            if (problems.IsEmpty && due.Count > 0)
            {
                ReturnCheck.CheckTogether(due, problems);
                if (problems.IsEmpty)
                {
                    await rows.AddAsync(context, bag, answer, due, actor, problems, cancellationToken);
                }

                if (problems.IsEmpty)
                {
                    await CommitAsync(context, bag, due, problems, cancellationToken);
                }
            }

            return problems.IsEmpty ? new BagResult([], [.. due.Select(one => one.Id)], known, null) : new BagResult(problems.Texts, [], known, null);
        }
    }

    private List<ObjectDescription> Read(QuarantinedBag bag, ProblemList problems)
    {
        var found = new List<ObjectDescription>();
        foreach (var (path, upload) in bag.Files.Where(file => Description().IsMatch(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            try
            {
                found.Add(upload.LengthInBytes <= LongestDescriptionInBytes
                    ? ObjectDescription.FromJson(ReadBytes(upload))
                    : throw new InvalidDataException($"it is longer than {LongestDescriptionInBytes} bytes"));
                ReturnCheck.Check(found[^1], path, bag, problems);
            }
            catch (InvalidDataException broken)
            {
                problems.Add(path, broken.Message);
            }
        }

        return found;
    }

    private byte[] ReadBytes(Upload upload)
    {
        using var file = quarantine.OpenForReading(upload.Id);
        var bytes = new byte[upload.LengthInBytes];
        file.ReadExactly(bytes);
        return bytes;
    }

    private async Task CommitAsync(CatalogContext context, QuarantinedBag bag, List<ObjectDescription> due, ProblemList problems, CancellationToken cancellationToken)
    {
        await using var transaction = await storage.Ocfl.BeginAsync(cancellationToken);
        foreach (var one in due)
        {
            var staged = new Dictionary<string, OcflStagedFile>(StringComparer.Ordinal);
            foreach (var file in one.Media.SelectMany(medium => medium.Representations).SelectMany(form => form.Files).DistinctBy(file => file.Sha256).Where(_ => one.PurgedAt is null))
            {
                await using var content = quarantine.OpenForReading(bag.Files[ReturnCheck.PathOf(one, file)].Id);
                staged[file.Sha256] = await transaction.StageAsync(content, file.LengthInBytes, cancellationToken);
                if (staged[file.Sha256].Sha256 != file.Sha256)
                {
                    problems.Add(file.Path, "is not what it was when it came in: its bytes in quarantine are damaged");
                    return;
                }
            }

            await versions.AddDraftAsync(context, transaction, one.Id, staged, "came back in a bag", Agent, cancellationToken);
        }

        try
        {
            await storage.CommitAsync(
                context, transaction, cancellationToken, () => Withdrawals.Withdrawals.CloseWhatIsWithdrawnAsync(context, cancellationToken));
        }
        catch (DbUpdateException taken)
        {
            problems.Add("", $"Something in it that is unique, such as an identifier, belongs to another object here already: {taken.InnerException?.Message ?? taken.Message}");
        }
    }

    [GeneratedRegex("^data/objects/[a-z0-9-]{1,64}/description\\.json\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Description();
}
