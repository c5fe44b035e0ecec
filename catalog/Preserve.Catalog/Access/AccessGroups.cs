using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Audit;

namespace Preserve.Catalog.Access;

/// <summary>Named groups and who is in them. Each act is one transaction with its entry in the audit trail.</summary>
public sealed class AccessGroups(IDbContextFactory<CatalogContext> contexts, AuditTrail audit)
{
    /// <summary>By title, each with its members by name.</summary>
    public async Task<IReadOnlyList<GroupView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var groups = await context.AccessGroups.AsNoTracking().OrderBy(group => group.Title).ThenBy(group => group.Id).ToListAsync(cancellationToken);
        var members = await context.GroupMembers
            .Join(context.Accounts, member => member.AccountId, account => account.Id, (member, account) => new { member.GroupId, account.Id, account.UserName })
            .OrderBy(member => member.UserName).ToListAsync(cancellationToken);
        var byGroup = members.ToLookup(member => member.GroupId);
        return [.. groups.Select(group => new GroupView(group.Id, group.Title, [.. byGroup[group.Id].Select(member => new MemberView(member.Id, member.UserName!))]))];
    }

    /// <summary>Ids of the groups that an account is in.</summary>
    public async Task<IReadOnlyList<string>> OfAccountAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.GroupMembers.Where(member => member.AccountId == accountId).Select(member => member.GroupId).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a group, or gives one another title.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync(Actor actor, string id, string title, CancellationToken cancellationToken)
    {
        if (AccessCheck.Problems(id, title).ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.AccessGroups.SingleOrDefaultAsync(group => group.Id == id, cancellationToken) is { } known)
        {
            known.Title = title;
        }
        else if (await context.AccessGroups.CountAsync(cancellationToken) >= AccessCheck.Most)
        {
            return [$"There are {AccessCheck.Most} groups, which is the most."];
        }
        else
        {
            context.AccessGroups.Add(new AccessGroup { Id = id, Title = title });
        }

        return await SaveAsync(context, actor, id, $"called \"{title}\"", cancellationToken);
    }

    /// <summary>Adds an account by the name it signs in with.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> AddMemberAsync(Actor actor, string id, string accountName, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var name = accountName.Trim().ToUpperInvariant();
        if (await context.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.NormalizedUserName == name, cancellationToken) is not { } account)
        {
            return ["There is no account of this name."];
        }

        if (!await context.AccessGroups.AnyAsync(group => group.Id == id, cancellationToken))
        {
            return ["There is no such group any more."];
        }

        if (await context.GroupMembers.AnyAsync(member => member.GroupId == id && member.AccountId == account.Id, cancellationToken))
        {
            return [];
        }

        context.GroupMembers.Add(new GroupMember { GroupId = id, AccountId = account.Id });
        return await SaveAsync(context, actor, id, $"{account.UserName} is in it", cancellationToken);
    }

    /// <summary>Takes an account out. Does nothing when it was not in.</summary>
    public async Task RemoveMemberAsync(Actor actor, string id, Guid accountId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.GroupMembers.SingleOrDefaultAsync(one => one.GroupId == id && one.AccountId == accountId, cancellationToken) is { } member)
        {
            var name = await context.Accounts.Where(account => account.Id == accountId).Select(account => account.UserName).SingleAsync(cancellationToken);
            context.GroupMembers.Remove(member);
            await SaveAsync(context, actor, id, $"{name} is not in it any more", cancellationToken);
        }
    }

    /// <summary>Deletes a group that no rule names.</summary>
    /// <returns>Why not; empty when it is done.</returns>
    public async Task<IReadOnlyList<string>> DeleteAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Exhibits.Where(exhibit => exhibit.Groups.Any(one => one.GroupId == id)).Select(exhibit => exhibit.Slug).Take(5)
            .ToListAsync(cancellationToken) is { Count: > 0 } named)
        {
            return [$"The rules of {string.Join(", ", named)} name this group. Change them first."];
        }

        context.AccessGroups.RemoveRange(context.AccessGroups.Where(group => group.Id == id));
        return await SaveAsync(context, actor, id, "deleted", cancellationToken);
    }

    private async Task<IReadOnlyList<string>> SaveAsync(CatalogContext context, Actor actor, string id, string detail, CancellationToken cancellationToken)
    {
        context.AuditEntries.Add(audit.Entry(actor, AuditAction.GroupChanged, id, detail));
        await context.SaveChangesAsync(cancellationToken);
        return [];
    }
}

/// <summary>A group and who is in it.</summary>
public sealed record GroupView(string Id, string Title, IReadOnlyList<MemberView> Members);

/// <summary>An account in a group.</summary>
public sealed record MemberView(Guid AccountId, string Name);
