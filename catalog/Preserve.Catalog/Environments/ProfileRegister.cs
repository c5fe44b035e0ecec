using Microsoft.EntityFrameworkCore;

namespace Preserve.Catalog.Environments;

/// <summary>Brings the installed machine profiles into the catalog, where environments refer to them by id and version.</summary>
public sealed class ProfileRegister(IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>Adds new versions and refreshes known ones. Older versions stay: environments were made with them.</summary>
    public async Task UpsertAsync(IReadOnlyCollection<CatalogProfile> profiles, CancellationToken cancellationToken)
    {
        try
        {
            await UpsertOnceAsync(profiles, cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process starting at the same moment inserted the same rows first: now they are there.
            await UpsertOnceAsync(profiles, cancellationToken);
        }
    }

    private async Task UpsertOnceAsync(IReadOnlyCollection<CatalogProfile> profiles, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = profiles.Select(profile => profile.Id).ToList();
        var known = await context.Profiles.Where(profile => ids.Contains(profile.Id)).ToListAsync(cancellationToken);
        foreach (var profile in profiles)
        {
            var row = known.Find(one => one.Id == profile.Id && one.Version == profile.Version);
            if (row is null)
            {
                context.Profiles.Add(Copy(profile));
            }
            else
            {
                context.Entry(row).CurrentValues.SetValues(profile);
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    // A row of its own: the caller's may be shared between contexts.
    private static CatalogProfile Copy(CatalogProfile profile) => new()
    {
        Id = profile.Id,
        Version = profile.Version,
        Title = profile.Title,
        Description = profile.Description,
        Engine = profile.Engine,
        Architecture = profile.Architecture,
        MachineType = profile.MachineType,
        DefaultMemoryMiB = profile.DefaultMemoryMiB,
        MinimumMemoryMiB = profile.MinimumMemoryMiB,
        MaximumMemoryMiB = profile.MaximumMemoryMiB,
        Bays = new Dictionary<string, string>(profile.Bays),
        Boot = [.. profile.Boot],
        Document = profile.Document,
    };
}
