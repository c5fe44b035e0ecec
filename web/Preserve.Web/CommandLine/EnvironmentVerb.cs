using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Environments;
using Preserve.Web.Api;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>environment</c>: the tree of an object's environments, and what becomes of drafts. May run beside the service.</summary>
public static class EnvironmentVerb
{
    public static Command Create() =>
        new("environment", "Show the tree of an object's environments; save, discard, remove.") { List(), Differences(), Save(), Discard(), Remove() };

    private static Command List()
    {
        var id = new Argument<string>("OBJECT") { Description = "Id of the object." };
        return With("list", "Show environments with parents, notes and drafts, as JSON.", id, async (services, parsed, cancellationToken) =>
        {
            await VerbJson.WriteAsync(await ReadAsync(services, parsed.GetRequiredValue(id), cancellationToken));
            return [];
        });
    }

    private static Command Differences()
    {
        var id = new Argument<string>("ID") { Description = "Of an environment that has a parent." };
        return With("differences", "Show which files differ from the parent's, as JSON.", id, async (services, parsed, cancellationToken) =>
        {
            if (await services.GetRequiredService<EnvironmentDifferences>().FindAsync(parsed.GetRequiredValue(id), cancellationToken) is not { } found)
            {
                return ["There is no such environment, or it has no parent."];
            }

            await VerbJson.WriteAsync(found);
            return [];
        });
    }

    private static Command Save()
    {
        var draft = new Argument<Guid>("DRAFT") { Description = "As 'list' shows it." };
        var id = new Option<string>("--id") { Description = "Id of the derivative.", HelpName = "ID", Required = true };
        var title = new Option<string>("--title") { Description = "What people read.", HelpName = "TEXT", Required = true };
        var note = new Option<string>("--note") { Description = "What was done.", HelpName = "TEXT", Required = true };
        var command = With("save", "Make a derivative of what a curator's session wrote.", draft, async (services, parsed, cancellationToken) =>
        {
            var request = new DerivativeRequest(parsed.GetRequiredValue(id), parsed.GetRequiredValue(title), parsed.GetRequiredValue(note));
            return (await services.GetRequiredService<EnvironmentTree>().SaveAsync(parsed.GetRequiredValue(draft), request, Actor.CommandLine, cancellationToken)).Problems;
        });
        command.Add(id);
        command.Add(title);
        command.Add(note);
        return command;
    }

    private static Command Discard()
    {
        var draft = new Argument<Guid>("DRAFT") { Description = "As 'list' shows it." };
        return With("discard", "Forget what a curator's session wrote.", draft, async (services, parsed, cancellationToken) =>
            await services.GetRequiredService<EnvironmentDrafts>().DiscardAsync(parsed.GetRequiredValue(draft), cancellationToken)
                ? []
                : ["There is no such draft, its machine still runs, or it has been decided about."]);
    }

    private static Command Remove()
    {
        var id = new Argument<string>("ID") { Description = "Of the environment." };
        return With("remove", "Take an environment out of the tree; not while it has children, exhibits or drafts.", id, async (services, parsed, cancellationToken) =>
            (await services.GetRequiredService<EnvironmentTree>().RemoveAsync(parsed.GetRequiredValue(id), Actor.CommandLine, cancellationToken)).Problems);
    }

    private static Command With<T>(
        string name, string description, Argument<T> argument, Func<ServiceProvider, ParseResult, CancellationToken, Task<IReadOnlyList<string>>> act)
    {
        var data = DataFolder.Option();
        var command = new Command(name, description) { argument, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await CatalogHost.OpenAsync(DataFolder.Resolve(parsed.GetValue(data)), cancellationToken);
            var problems = await act(services, parsed, cancellationToken);
            if (problems.Count == 0)
            {
                return ExitCode.Done;
            }

            await Console.Error.WriteLineAsync("Refused:" + string.Concat(problems.Select(problem => $"\n  - {problem}")));
            return ExitCode.Refused;
        });
        return command;
    }

    private static async Task<IReadOnlyList<EnvironmentDetail>> ReadAsync(ServiceProvider services, string objectId, CancellationToken cancellationToken)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(cancellationToken);
        var rows = await context.Environments.AsNoTracking().Where(one => one.ObjectId == objectId).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        var drafts = services.GetRequiredService<EnvironmentDrafts>();
        var details = new List<EnvironmentDetail>();
        foreach (var row in rows)
        {
            var children = await context.Environments.Where(one => one.ParentId == row.Id).OrderBy(one => one.Id).Select(one => one.Id).ToListAsync(cancellationToken);
            var work = await drafts.ListAsync(row.Id, cancellationToken);
            details.Add(new EnvironmentDetail(row.Id, row.Title, row.ParentId, row.Note, children, [.. work.Select(DraftDetail.Of)]));
        }

        return details;
    }
}
