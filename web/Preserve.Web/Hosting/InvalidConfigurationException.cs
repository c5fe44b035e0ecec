namespace Preserve.Web.Hosting;

/// <summary>The command line or the configuration cannot be used. Carries every problem at once.</summary>
public sealed class InvalidConfigurationException(IReadOnlyList<string> problems)
    : Exception("The configuration cannot be used:" + string.Concat(problems.Select(problem => $"\n  - {problem}")))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
