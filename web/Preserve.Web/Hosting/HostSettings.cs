namespace Preserve.Web.Hosting;

/// <summary>What the command line says about the service to start.</summary>
public sealed record HostSettings
{
    /// <summary>This host only: nobody is surprised by an open port.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Absolute path.</summary>
    public required string DataFolder { get; init; }

    /// <summary>One or more addresses, separated by semicolons.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>PEM or PFX for https addresses; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its first line is the password; null where the key has none.</summary>
    public string? CertificatePasswordFile { get; init; }

    /// <summary>Machines and the hub, but no pages and no API: a second host that shares the catalog.</summary>
    public bool IsWorkerOnly { get; init; }

    /// <summary>Configuration on top of appsettings.json and the environment, such as a test's.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();
}
