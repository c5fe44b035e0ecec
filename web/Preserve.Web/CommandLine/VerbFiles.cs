using System.CommandLine;

namespace Preserve.Web.CommandLine;

/// <summary>Files named on the command line.</summary>
internal static class VerbFiles
{
    public static Argument<string[]> Argument(string description) =>
        new("FILE") { Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary>Tells on standard error of each file that is not there.</summary>
    public static async Task<bool> AnyMissingAsync(IEnumerable<string> files)
    {
        var missing = files.Where(file => !File.Exists(file)).ToList();
        foreach (var file in missing)
        {
            await Console.Error.WriteLineAsync($"There is no file {file}.");
        }

        return missing.Count > 0;
    }
}
