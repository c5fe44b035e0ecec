using System.CommandLine;
using System.Globalization;
using Preserve.Catalog.Audit;
using Preserve.Catalog.Exhibits;
using Preserve.Catalog.Proofs;
using Preserve.Web.Api;
using Preserve.Web.Hosting;
using Preserve.Workers.Background;
using Preserve.Workers.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary>
/// <c>proof</c>: boots the machines that are suggested for an object, shows what they came to, and accepts one as an environment. Beside a
/// running service that one boots them; otherwise this process does.
/// </summary>
public static class ProofVerb
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    public static Command Create() =>
        new("proof", "Boot suggested machines of an object, and accept one as its environment.") { Boot(), List(), Accept() };

    private static Command Boot()
    {
        var id = new Argument<string>("OBJECT") { Description = "Id of the object." };
        var profiles = new Option<string[]>("--profile") { Description = "Only this of the suggested machines; may be given more than once.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var environments = new Option<string[]>("--environment") { Description = "Only with the media attached to this of the suggested environments; may be given more than once.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var data = DataFolder.Option();
        var boot = new Command("boot", "Boot the first suggested machines and environments, one after another, and say what screens they came to, as JSON.") { id, profiles, environments, data };
        boot.SetAction((parsed, cancellationToken) => BootAsync(
            parsed.GetRequiredValue(id), parsed.GetValue(profiles) ?? [], parsed.GetValue(environments) ?? [], DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return boot;
    }

    private static Command List()
    {
        var id = new Argument<string>("OBJECT") { Description = "Id of the object." };
        var data = DataFolder.Option();
        var list = new Command("list", "Show the proof boots of an object as they stand, as JSON.") { id, data };
        list.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await CatalogHost.OpenAsync(DataFolder.Resolve(parsed.GetValue(data)), cancellationToken);
            await WriteAsync(services, parsed.GetRequiredValue(id), cancellationToken);
            return ExitCode.Done;
        });
        return list;
    }

    private static Command Accept()
    {
        var proof = new Argument<long>("PROOF") { Description = "Number of the boot, as 'list' shows it." };
        var environment = new Option<string>("--environment") { Description = "Id of the environment that is made.", HelpName = "ID", Required = true };
        var title = new Option<string>("--title") { Description = "What people read.", HelpName = "TEXT", Required = true };
        var exhibit = new Option<string?>("--exhibit") { Description = "Also draft an exhibit of it with this address, unpublished.", HelpName = "SLUG" };
        var data = DataFolder.Option();
        var accept = new Command("accept", "Make an environment out of a proof boot.") { proof, environment, title, exhibit, data };
        accept.SetAction((parsed, cancellationToken) => AcceptAsync(
            parsed.GetRequiredValue(proof), parsed.GetRequiredValue(environment), parsed.GetRequiredValue(title), parsed.GetValue(exhibit),
            DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return accept;
    }

    private static async Task<int> BootAsync(string id, string[] profiles, string[] environments, string dataFolder, CancellationToken cancellationToken)
    {
        using var held = TryHold(dataFolder);
        await using var services = await CatalogHost.OpenAsync(dataFolder, cancellationToken);
        var work = services.GetRequiredService<BackgroundWork>();
        if (held is not null)
        {
            await work.ExamineAsync(cancellationToken);
        }

        var proofs = services.GetRequiredService<ProofRequests>();
        var result = await proofs.RequestAsync(id, await ChooseAsync(services, id, profiles, environments, cancellationToken), Actor.CommandLine, cancellationToken);
        if (!result.IsDone)
        {
            return await RefuseAsync(result.Problems);
        }

        using (var progress = new PeriodicTimer(LookInterval))
        {
            if (held is not null)
            {
                await work.BootProofsAsync(cancellationToken);
            }

            // The service beside us boots them.
            while ((await proofs.ListAsync(id, cancellationToken)).Any(proof => proof.State is ProofState.Due or ProofState.Booting)
                && await progress.WaitForNextTickAsync(cancellationToken))
            {
            }
        }

        await WriteAsync(services, id, cancellationToken);
        return ExitCode.Done;
    }

    private static ServiceLock? TryHold(string dataFolder)
    {
        try
        {
            return ServiceLock.Acquire(dataFolder);
        }
        catch (ServiceLockedException)
        {
            // A service runs there: it does the work.
            return null;
        }
    }

    // A profile or environment is named; what it boots from is the suggestion's.
    private static async Task<IReadOnlyList<ProofChoice>?> ChooseAsync(
        ServiceProvider services, string id, string[] profiles, string[] environments, CancellationToken cancellationToken)
    {
        if (profiles.Length == 0 && environments.Length == 0)
        {
            return null;
        }

        var suggested = await services.GetRequiredService<Catalog.Suggestions.ObjectSuggestions>().OfObjectAsync(id, cancellationToken);
        return
        [
            .. profiles.Select(profile => suggested.FirstOrDefault(one => one.ProfileId == profile && one.EnvironmentId is null) is { } machine ? ProofChoice.Of(machine) : new ProofChoice(profile, "anything")),
            .. environments.Select(environment => suggested.FirstOrDefault(one => one.EnvironmentId == environment) is { } one ? ProofChoice.Of(one) : new ProofChoice("any machine", "anything", null, environment)),
        ];
    }

    private static async Task<int> AcceptAsync(
        long proof, string environment, string title, string? exhibit, string dataFolder, CancellationToken cancellationToken)
    {
        await using var services = await CatalogHost.OpenAsync(dataFolder, cancellationToken);
        var accepted = await services.GetRequiredService<ProofAcceptance>().AcceptAsync(
            proof, new ProofAcceptanceRequest(environment, title), Actor.CommandLine, cancellationToken);
        if (!accepted.IsDone)
        {
            return await RefuseAsync(accepted.Problems);
        }

        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{environment} is an environment now."));
        if (exhibit is null)
        {
            return ExitCode.Done;
        }

        var drafted = await services.GetRequiredService<ExhibitDrafts>().MakeAsync(environment, exhibit, title, Actor.CommandLine, cancellationToken);
        if (!drafted.IsDone)
        {
            return await RefuseAsync(drafted.Problems);
        }

        await Console.Out.WriteLineAsync($"{exhibit} is an exhibit of it, not published.");
        return ExitCode.Done;
    }

    private static async Task<int> RefuseAsync(IReadOnlyList<string> problems)
    {
        await Console.Error.WriteLineAsync("Refused:" + string.Concat(problems.Select(problem => $"\n  - {problem}")));
        return ExitCode.Refused;
    }

    private static async Task WriteAsync(ServiceProvider services, string id, CancellationToken cancellationToken) =>
        await VerbJson.WriteAsync((await services.GetRequiredService<ProofRequests>().ListAsync(id, cancellationToken)).Select(ProofDetail.Of));
}
