using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Examinations;
using Preserve.Catalog.Import;
using Preserve.Catalog.Suggestions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Examinations;

/// <summary>The archive of real systems, imported beside a running worker that examines it.</summary>
public sealed class RealArchiveTests
{
    [Fact(Timeout = 600_000)]
    public async Task Every_medium_is_examined_and_the_machine_it_was_made_for_is_the_first_suggestion()
    {
        var archive = SharedArchive.Require();
        var folder = StarterWorker.NewFolder();
        await using (var worker = await Worker.StartAsync(folder, options => options with { ExaminesMedia = true }))
        {
            var result = await worker.Services.GetRequiredService<ArchiveImporter>().ImportAsync(archive, null, TestContext.Current.CancellationToken);
            Assert.Empty(result.Problems);
            var lastCount = -1;
            while (await CountAsync(worker, ExaminationState.Due, ExaminationState.Examining) is > 0 and var left)
            {
                Assert.NotEqual(lastCount, left);
                lastCount = left;
                await Waiting.UntilAsync(async () => await CountAsync(worker, ExaminationState.Due, ExaminationState.Examining) < left, "one more file to be examined");
            }

            Assert.Equal(0, await CountAsync(worker, ExaminationState.Failed));
            var environments = await worker.QueryAsync(context => context.Environments.AsNoTracking().Include(e => e.Drives).ToListAsync());
            Assert.Equal(17, environments.Count);
            foreach (var environment in environments)
            {
                await CheckAsync(worker, environment);
            }

            await CheckMediaOutsideDrivesAsync(worker, environments);
            await CheckEventsAsync(worker);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task CheckAsync(Worker worker, PreservedEnvironment environment)
    {
        var media = environment.Drives.OrderBy(drive => drive.Bay, StringComparer.Ordinal).Select(drive => drive.MediumId).ToList();
        var suggestions = await worker.Services.GetRequiredService<ObjectSuggestions>().OfMediaAsync(media, TestContext.Current.CancellationToken);
        var told = string.Join("; ", suggestions.Select(suggestion => $"{suggestion.ProfileId} by {suggestion.Boot}: {string.Join(' ', suggestion.Reasons)}"));
        if (media.Count == 0)
        {
            // Nothing but firmware: every machine that has some of its own is as good a guess as another.
            Assert.Contains(suggestions, suggestion => suggestion.ProfileId == environment.ProfileId && suggestion.Boot == environment.Boot);
            return;
        }

        Assert.True(suggestions.Count > 0, $"{environment.Id}: nothing is suggested");
        Assert.True(
            (suggestions[0].ProfileId, suggestions[0].Boot) == (environment.ProfileId, environment.Boot),
            $"{environment.Id} was made for {environment.ProfileId} by {environment.Boot}; suggested: {told}");
        Assert.Equal(environment.Drives.Select(drive => drive.Bay).Order(), suggestions[0].Drives.Keys.Order());
        Assert.All(suggestions, suggestion => Assert.NotEmpty(suggestion.Reasons));
    }

    /// <summary>What is swapped in later is a medium too: by itself, it is for the machine of its object.</summary>
    private static async Task CheckMediaOutsideDrivesAsync(Worker worker, IReadOnlyList<PreservedEnvironment> environments)
    {
        var inDrives = environments.SelectMany(environment => environment.Drives).Select(drive => drive.MediumId).ToHashSet();
        var others = (await worker.QueryAsync(context => context.Media.AsNoTracking().ToListAsync())).Where(medium => !inDrives.Contains(medium.Id)).ToList();
        Assert.NotEmpty(others);
        foreach (var medium in others)
        {
            var suggestions = await worker.Services.GetRequiredService<ObjectSuggestions>().OfMediaAsync([medium.Id], TestContext.Current.CancellationToken);
            Assert.Contains(suggestions[0].ProfileId, environments.Where(environment => environment.ObjectId == medium.ObjectId).Select(environment => environment.ProfileId));
        }
    }

    private static async Task CheckEventsAsync(Worker worker)
    {
        var files = await worker.QueryAsync(context => context.Files.CountAsync());
        Assert.Equal(files, await worker.QueryAsync(context => context.Events.CountAsync(e => e.Type == "format identification")));
        Assert.Equal(files, await worker.QueryAsync(context => context.Events.CountAsync(e => e.Type == "metadata extraction")));
        var iso = await worker.QueryAsync(context => context.Files.AsNoTracking().Include(f => f.Identifications).SingleAsync(f => f.Name == "mikeos-4.5.iso"));
        Assert.Equal("fmt/468", Assert.Single(iso.Identifications).Puid);
    }

    private static Task<int> CountAsync(Worker worker, params ExaminationState[] states) =>
        worker.QueryAsync(context => context.Files.CountAsync(file => states.Contains(file.ExaminationState)));
}
