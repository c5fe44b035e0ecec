using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Preserve.Web.Hosting;

/// <summary>Where the server listens, with which certificate, and how much it takes from a client.</summary>
public static class ServerSetup
{
    /// <summary>No request of visitors carries a body worth mentioning.</summary>
    private const long LargestBodyInBytes = 64 * 1024;

    public static void Configure(WebApplicationBuilder builder, HostSettings settings)
    {
        var certificate = settings.CertificateFile is null ? null : LoadCertificate(settings);
        builder.WebHost.UseUrls(Urls(settings));
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = LargestBodyInBytes;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            if (certificate is not null)
            {
                server.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
            }
        });
    }

    /// <summary>What is wrong with the addresses and the certificate; empty when all is well.</summary>
    public static IEnumerable<string> Problems(HostSettings settings)
    {
        foreach (var url in Urls(settings))
        {
            if (!IsAddress(url))
            {
                yield return $"--urls: '{url}' is not an address such as {HostSettings.DefaultUrls}.";
            }
            else if (url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) && settings.CertificateFile is null)
            {
                yield return $"--urls: {url} needs --certificate FILE.";
            }
        }

        if (settings.CertificateFile is not null && CertificateProblem(settings) is { } problem)
        {
            yield return problem;
        }
    }

    /// <summary>The addresses to listen at, one by one.</summary>
    internal static string[] Urls(HostSettings settings) =>
        settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme.ToLowerInvariant() is "http" or "https"
                && address.Port is >= 0 and <= 65535 && address.PathBase.Length == 0 && !address.IsUnixPipe && !address.IsNamedPipe;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? CertificateProblem(HostSettings settings)
    {
        foreach (var (option, file) in new[] { ("--certificate", settings.CertificateFile), ("--certificate-password-file", settings.CertificatePasswordFile) })
        {
            if (file is not null && !File.Exists(file))
            {
                return $"{option}: there is no file {file}.";
            }
        }

        try
        {
            using var certificate = LoadCertificate(settings);
            return certificate.HasPrivateKey ? null : $"--certificate: {settings.CertificateFile} holds no private key.";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"--certificate: {settings.CertificateFile} cannot be used: {problem.Message}";
        }
    }

    private static X509Certificate2 LoadCertificate(HostSettings settings)
    {
        var file = settings.CertificateFile!;
        var password = settings.CertificatePasswordFile is { } passwordFile ? File.ReadLines(passwordFile).FirstOrDefault() ?? "" : null;
        if (X509Certificate2.GetCertContentType(file) == X509ContentType.Pkcs12)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, password);
        }

        return password is null
            ? X509Certificate2.CreateFromPemFile(file)
            : X509Certificate2.CreateFromEncryptedPemFile(file, password);
    }
}
