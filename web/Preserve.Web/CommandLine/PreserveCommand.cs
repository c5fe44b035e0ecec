using System.CommandLine;
using System.CommandLine.Help;
using Preserve.Web.Hosting;
using Preserve.Workers.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary>The command line of the one executable: each verb is a class of its own beside this one.</summary>
public static class PreserveCommand
{
    /// <summary>How long a verb may take to put its work away after SIGINT or SIGTERM.</summary>
    private static readonly TimeSpan _timeToEnd = TimeSpan.FromSeconds(60);

    /// <summary>Reads the arguments, runs the verb and answers its <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = Build();
        var parsed = root.Parse(args);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = _timeToEnd,
        };
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync(configuration, CancellationToken.None);
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(configuration, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (InvalidConfigurationException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return ExitCode.Usage;
        }
        catch (ServiceLockedException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return ExitCode.DataFolderInUse;
        }
#pragma warning disable CA1031 // The process boundary: whatever it was is told in one line and becomes an exit code.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"Failed: {problem.Message}");
            return ExitCode.Failed;
        }
    }

    private static Command Build()
    {
        // Not a RootCommand: that one is called as its file is, and the file is not what people type.
        var root = new Command("preserve", "Preserve: old software, usable in the browser.")
        {
            new HelpOption(),
            new VersionOption(),
            RunVerb.Create(),
            ImportVerb.Create(),
            StarterVerb.Create(),
            WorkerVerb.Create(),
            ProfilesVerb.Create(),
            RebuildVerb.Create(),
            FixityVerb.Create(),
            ExportVerb.Create(),
            OcflVerb.Create(),
            BagVerb.Create(),
            IdentifyVerb.Create(),
            SignaturesVerb.Create(),
            EmulatorVerb.Create(),
            CharacteriseVerb.Create(),
            FilesVerb.Create(),
            SuggestVerb.Create(),
            ProofVerb.Create(),
            EnvironmentVerb.Create(),
            AdminVerb.Create(),
            IngestVerb.Create(),
            RegressVerb.Create(),
        };
        var verb = new Argument<string?>("VERB") { Description = "One of them, in full.", Arity = ArgumentArity.ZeroOrOne };
        var help = new Command("help", "Show what every verb does.") { verb };
        help.Validators.Add(result =>
        {
            if (result.GetValue(verb) is { } named && root.Subcommands.All(command => command.Name != named))
            {
                result.AddError($"There is no verb '{named}'.");
            }
        });
        help.SetAction((parsed, cancellationToken) => root
            .Parse(parsed.GetValue(verb) is { } named ? [named, "--help"] : ["--help"])
            .InvokeAsync(cancellationToken: cancellationToken));
        root.Add(help);
        return root;
    }
}
