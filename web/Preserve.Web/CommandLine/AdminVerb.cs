using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Audit;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>admin</c>: accounts from the command line, for the first administrator and for one who is locked out. May run beside the service.</summary>
public static class AdminVerb
{
    private const int LengthOfMadePasswordInBytes = 18;

    public static Command Create() => new("admin", "Make an administrator, or let one back in.")
    {
        CreateCreate(),
        CreateReset(),
    };

    private static Command CreateCreate()
    {
        var name = Name();
        var data = DataFolder.Option();
        var generate = new Option<bool>("--generate") { Description = "Make up a password and print it once, instead of reading one." };
        var command = new Command("create", "Make an administrator, who may curate as well. The password is read from standard input.") { name, generate, data };
        command.SetAction((parsed, cancellationToken) => CreateAsync(
            parsed.GetRequiredValue(name), parsed.GetValue(generate), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static Command CreateReset()
    {
        var name = Name();
        var data = DataFolder.Option();
        var command = new Command("reset", "Print the path of a one-time link with which an account chooses a new password.") { name, data };
        command.SetAction((parsed, cancellationToken) => ResetAsync(
            parsed.GetRequiredValue(name), DataFolder.Resolve(parsed.GetValue(data)), cancellationToken));
        return command;
    }

    private static Option<string> Name() => new("--name") { Description = "The account's name.", HelpName = "NAME", Required = true };

    private static async Task<int> CreateAsync(string name, bool isGenerated, string dataFolder, CancellationToken cancellationToken)
    {
        var password = isGenerated
            ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(LengthOfMadePasswordInBytes))
            : await PasswordPrompt.ReadAsync($"Password for {name}: ", cancellationToken);
        if (string.IsNullOrEmpty(password))
        {
            await Console.Error.WriteLineAsync("No password was given. Type one, pass it on standard input, or use --generate.");
            return ExitCode.Usage;
        }

        await using var services = await CatalogHost.OpenAsync(dataFolder, cancellationToken);
        var (_, result) = await services.GetRequiredService<AccountAdministration>().CreateAsync(
            Actor.CommandLine, name, [Roles.Administrator, Roles.Curator], password, cancellationToken);
        if (!result.IsDone)
        {
            await Console.Error.WriteLineAsync("Not made:" + string.Concat(result.Problems.Select(problem => $"\n  - {problem}")));
            return ExitCode.Refused;
        }

        await Console.Out.WriteLineAsync(isGenerated ? $"{name} is an administrator. The password, said once: {password}" : $"{name} is an administrator.");
        return ExitCode.Done;
    }

    private static async Task<int> ResetAsync(string name, string dataFolder, CancellationToken cancellationToken)
    {
        await using var services = await CatalogHost.OpenExistingAsync(dataFolder, cancellationToken);
        await using var context = await services.GetRequiredService<IDbContextFactory<CatalogContext>>().CreateDbContextAsync(cancellationToken);
        var upper = name.ToUpperInvariant();
        var id = await context.Accounts.Where(account => account.NormalizedUserName == upper).Select(account => (Guid?)account.Id).SingleOrDefaultAsync(cancellationToken);
        if (id is null || await services.GetRequiredService<AccountAdministration>().IssuePasswordLinkAsync(Actor.CommandLine, id.Value, cancellationToken) is not { } path)
        {
            await Console.Error.WriteLineAsync($"There is no account called {name}.");
            return ExitCode.Refused;
        }

        await Console.Out.WriteLineAsync($"Within a day, open this path of the service: {path}");
        return ExitCode.Done;
    }
}
