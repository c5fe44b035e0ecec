using System.CommandLine;
using System.Globalization;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.SecondRoots;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>fixity</c>: checks stored files against their recorded digests now, and on request repairs damaged ones. May run beside the service.</summary>
public static class FixityVerb
{
    public static Command Create()
    {
        var id = new Option<string?>("--object") { Description = "Only the files of one object.", HelpName = "ID" };
        var days = new Option<int>("--older-than") { Description = "Only files last checked so many days ago or longer.", HelpName = "DAYS" };
        var repair = new Option<bool>("--repair") { Description = "Approve: put damaged files right, in either storage root from the other." };
        var data = DataFolder.Option();
        var command = new Command("fixity", "Check that stored bytes still have their recorded digests.") { id, days, repair, data };
        command.SetAction((parsed, cancellationToken) => CheckAsync(
            parsed.GetValue(id), Math.Max(0, parsed.GetValue(days)), parsed.GetValue(repair), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static async Task<int> CheckAsync(string? id, int days, bool repairs, string dataFolder, CancellationToken cancellationToken)
    {
        await using var services = await CatalogHost.OpenExistingAsync(dataFolder, cancellationToken);
        var checks = services.GetRequiredService<FixityChecks>();
        var worker = string.Create(CultureInfo.InvariantCulture, $"fixity-{Environment.ProcessId}");

        // Files that are checked while this runs are not due again.
        var scope = new FixityScope(TimeProvider.System.GetUtcNow().AddDays(-days).ToUnixTimeMilliseconds(), id);
        var (files, length) = (0, 0L);
        while (await checks.CheckNextAsync(scope, worker, null, cancellationToken) is { } result)
        {
            (files, length) = (files + 1, length + result.LengthInBytes);
            if (result.Outcome != FixityOutcome.Sound)
            {
                await Console.Out.WriteLineAsync($"DAMAGED {result.ObjectId}: {result.Text}");
            }
        }

        var repair = services.GetRequiredService<FixityRepair>();
        if (repairs)
        {
            await RepairAsync(repair, id, cancellationToken);
        }

        var damagedCopies = await CheckSecondAsync(services.GetRequiredService<SecondRootChecks>(), id, repairs, cancellationToken);
        var damaged = await repair.FindDamagedAsync(id, cancellationToken);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{files} files checked, {length / 1e6:0.0} MB; {damaged.Count} are damaged."));
        return damaged.Count + damagedCopies == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    // All of the second root whatever was checked when in the first: it has no dates of its own.
    private static async Task<int> CheckSecondAsync(SecondRootChecks second, string? id, bool repairs, CancellationToken cancellationToken)
    {
        var files = await second.FindAsync(id, cancellationToken);
        var left = 0;
        foreach (var content in files)
        {
            if (await second.CheckAsync(content, null, cancellationToken) is not { } problem)
            {
                continue;
            }

            await Console.Out.WriteLineAsync($"DAMAGED {content.ObjectId}: {content.Path} in the second storage root: {problem}");
            var kept = repairs ? await second.RepairAsync(content, $"{Environment.UserName}, by preserve fixity --repair", cancellationToken) : "not asked for";
            left += kept is null ? 0 : 1;
            if (repairs)
            {
                await Console.Out.WriteLineAsync(kept is null ? $"repaired {content.ObjectId}: {content.Path} in the second storage root" : $"not repaired {content.ObjectId}: {content.Path}: {kept}");
            }
        }

        if (files.Count > 0)
        {
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{files.Count} files checked in the second storage root; {left} are damaged."));
        }

        return left;
    }

    private static async Task RepairAsync(FixityRepair repair, string? id, CancellationToken cancellationToken)
    {
        foreach (var content in await repair.FindDamagedAsync(id, cancellationToken))
        {
            var problem = await repair.RepairAsync(content, $"{Environment.UserName}, by preserve fixity --repair", cancellationToken);
            await Console.Out.WriteLineAsync(problem is null ? $"repaired {content.ObjectId}: {content.Path}" : $"not repaired {content.ObjectId}: {content.Path}: {problem}");
        }
    }
}
