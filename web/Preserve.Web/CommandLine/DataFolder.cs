using System.CommandLine;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary>The one data folder that all verbs share unless told otherwise.</summary>
public static class DataFolder
{
    private const UnixFileMode PassedThroughByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Names a folder in the environment.</summary>
    public const string Variable = "PRESERVE_DATA";

    /// <summary>The <c>--data</c> option of every verb.</summary>
    public static Option<string?> Option() => new("--data")
    {
        Description = $"Data folder. Without it: ${Variable}, else /var/lib/preserve for root, else preserve in $XDG_DATA_HOME or ~/.local/share.",
        HelpName = "DIR",
    };

    /// <summary>An absolute path; the folder need not exist yet.</summary>
    /// <param name="chosen">What the caller named, or null.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="isRoot">Whether the process runs as root.</param>
    public static string Resolve(string? chosen, Func<string, string?> environment, bool isRoot)
    {
        if (First(chosen, environment(Variable)) is { } named)
        {
            return Path.GetFullPath(named);
        }

        if (isRoot)
        {
            return "/var/lib/preserve";
        }

        // The base directory specification: a relative XDG_DATA_HOME is invalid and ignored.
        var home = environment("XDG_DATA_HOME") is { } xdg && Path.IsPathFullyQualified(xdg)
            ? xdg
            : Path.Combine(First(environment("HOME"), "/") ?? "/", ".local", "share");
        return Path.Combine(home, "preserve");
    }

    /// <summary>The folder for this process.</summary>
    public static string Resolve(string? chosen) =>
        Resolve(chosen, Environment.GetEnvironmentVariable, Environment.IsPrivilegedProcess);

    /// <summary>Makes the folder where it is missing, and tries whether it can be written to.</summary>
    /// <exception cref="InvalidConfigurationException">It cannot be used; the message says why and what to do.</exception>
    public static void Make(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                // Whatever the caller's umask: the user of the sandboxes passes through it.
                File.SetUnixFileMode(folder, PassedThroughByAll);
            }

            using var trial = new FileStream(Path.Combine(folder, $".{Guid.NewGuid():N}"), new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            var reason = problem is UnauthorizedAccessException ? "it may not be written to by this user" : problem.Message;
            throw new InvalidConfigurationException([$"--data: {folder} cannot be the data folder: {reason}. Name another with --data or {Variable}."]);
        }
    }

    private static string? First(params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                return value;
            }
        }

        return null;
    }
}
