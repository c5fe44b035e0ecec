namespace Preserve.Sandbox.Tests;

/// <summary>A missing tool is a visible skip on a desk and a failure in continuous integration.</summary>
internal static class Requirement
{
    public static void OfSandbox()
    {
        Of(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed");
        Of(File.Exists(Probe.Perl), "perl is not installed");
        Of(Environment.UserName != "root" || File.ReadLines("/etc/passwd").Any(line => line.StartsWith("preserve-sandbox:", StringComparison.Ordinal)),
            "the user preserve-sandbox does not exist");
    }

    private static void Of(bool isMet, string otherwise)
    {
        if (!isMet && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(otherwise);
        }

        Assert.SkipUnless(isMet, otherwise);
    }
}
