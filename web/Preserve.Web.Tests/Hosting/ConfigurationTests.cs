using Preserve.Web.Hosting;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.Hosting;

public sealed class ConfigurationTests
{
    [Fact]
    public void Every_problem_is_told_at_once()
    {
        using var data = new TemporaryFolder();
        var settings = new HostSettings
        {
            DataFolder = data.Path,
            Urls = "https://127.0.0.1:0;gopher://here",
            Overrides = new Dictionary<string, string?>
            {
                ["Preserve:Web:AllowedOrigins:0"] = "museum.example",
                ["Preserve:Web:TrustedProxies:0"] = "the proxy",
                ["Preserve:Web:StartsPerMinute"] = "0",
                ["Preserve:Worker:MaximumSessions"] = "0",
            },
        };

        var problem = Assert.Throws<InvalidConfigurationException>(() => PreserveHost.Build(settings));

        Assert.Equal(6, problem.Problems.Count);
        Assert.Contains(problem.Problems, text => text.Contains("needs --certificate", StringComparison.Ordinal));
        Assert.Contains(problem.Problems, text => text.Contains("museum.example", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Preserve:Web:StartPerMinute", "5")]
    [InlineData("Preserve:Wed:StartsPerMinute", "5")]
    public void A_misspelt_option_is_told_and_not_ignored(string name, string value)
    {
        using var data = new TemporaryFolder();
        var settings = new HostSettings
        {
            DataFolder = data.Path,
            Overrides = new Dictionary<string, string?> { [name] = value },
        };

        var problem = Assert.Throws<InvalidConfigurationException>(() => PreserveHost.Build(settings));

        Assert.StartsWith($"There is no setting {(name.Contains("Web", StringComparison.Ordinal) ? name : "Preserve:Wed")}.", Assert.Single(problem.Problems), StringComparison.Ordinal);
    }
}
