using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Sessions;

namespace Preserve.Catalog.Retention;

/// <summary>The retention table: every kind of personal data that is kept for a time, and its purge. Accounts are kept until an administrator closes them.</summary>
public sealed class PersonalData(RetentionOptions options, IDbContextFactory<CatalogContext> contexts, AuditTrail audit, TimeProvider time)
{
    private static readonly AuditAction[] SignIns = [AuditAction.SignedIn, AuditAction.SignInRefused, AuditAction.SignedOut];

    /// <summary>The table, with how much of each kind there is and how much of that is past its time.</summary>
    public async Task<IReadOnlyList<RetentionRow>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return
        [
            new("Sign-ins, refusals and sign-outs", options.SignIns, "after they were",
                await context.AuditEntries.CountAsync(one => SignIns.Contains(one.Action), cancellationToken), await SignInsDue(context).CountAsync(cancellationToken)),
            new("Other entries of the audit trail", options.AuditTrail, "after the act",
                await context.AuditEntries.CountAsync(one => !SignIns.Contains(one.Action), cancellationToken), await AuditDue(context).CountAsync(cancellationToken)),
            new("One-time links", options.OneTimeLinks, "after they expired",
                await context.OneTimeLinks.CountAsync(cancellationToken), await LinksDue(context).CountAsync(cancellationToken)),
            new("API tokens", options.ApiTokens, "after they expired",
                await context.ApiTokens.CountAsync(cancellationToken), await TokensDue(context).CountAsync(cancellationToken)),
            new("Watch links", options.WatchLinks, "after they were made",
                await context.WatchLinks.CountAsync(cancellationToken), await WatchLinksDue(context).CountAsync(cancellationToken)),
        ];
    }

    /// <summary>Deletes what is past its time. What was deleted is an entry of the audit trail, by number and not by name.</summary>
    /// <returns>How many rows are gone.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (signIns, acts) = (await SignInsDue(context).ExecuteDeleteAsync(cancellationToken), await AuditDue(context).ExecuteDeleteAsync(cancellationToken));
        var links = await LinksDue(context).ExecuteDeleteAsync(cancellationToken);
        var tokens = await TokensDue(context).ExecuteDeleteAsync(cancellationToken);
        var watchLinks = await WatchLinksDue(context).ExecuteDeleteAsync(cancellationToken);
        var all = signIns + acts + links + tokens + watchLinks;
        if (all > 0)
        {
            context.AuditEntries.Add(audit.Entry(Actor.Service, AuditAction.PersonalDataPurged, "",
                $"{signIns} sign-ins, {acts} other entries, {links} one-time links, {tokens} API tokens, {watchLinks} watch links"));
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return all;
    }

    private IQueryable<AuditEntry> SignInsDue(CatalogContext context)
    {
        var before = Before(options.SignIns);
        return context.AuditEntries.Where(one => SignIns.Contains(one.Action) && one.OccurredAt < before);
    }

    private IQueryable<AuditEntry> AuditDue(CatalogContext context)
    {
        var before = Before(options.AuditTrail);
        return context.AuditEntries.Where(one => !SignIns.Contains(one.Action) && one.OccurredAt < before);
    }

    private IQueryable<Accounts.OneTimeLink> LinksDue(CatalogContext context)
    {
        var before = Before(options.OneTimeLinks);
        return context.OneTimeLinks.Where(one => one.ExpiresAt < before);
    }

    private IQueryable<Accounts.ApiToken> TokensDue(CatalogContext context)
    {
        var before = Before(options.ApiTokens);
        return context.ApiTokens.Where(one => one.ExpiresAt < before);
    }

    // A link of a session that still runs is in use, however old it is.
    private IQueryable<WatchLink> WatchLinksDue(CatalogContext context)
    {
        var before = Before(options.WatchLinks);
        return context.WatchLinks.Where(one => one.CreatedAt < before
            && context.Sessions.Any(session => session.Id == one.SessionId && session.State == SessionState.Ended));
    }

    private long Before(TimeSpan kept) => (time.GetUtcNow() - kept).ToUnixTimeMilliseconds();
}

/// <summary>One kind of personal data.</summary>
/// <param name="Kind">In words.</param>
/// <param name="Kept">For how long.</param>
/// <param name="Since">From when on.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Due">How many of them are past their time.</param>
public sealed record RetentionRow(string Kind, TimeSpan Kept, string Since, int Rows, int Due);
