using System.CommandLine;
using Preserve.Web.Hosting;

namespace Preserve.Web.CommandLine;

/// <summary><c>run</c>: the pages, the API and a worker in one process.</summary>
public static class RunVerb
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons.",
            HelpName = "URL",
            DefaultValueFactory = _ => HostSettings.DefaultUrls,
        };
        var data = DataFolder.Option();
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Certificate for https addresses: PEM with its key in the same file, or PFX.",
            HelpName = "FILE",
        };
        var password = new Option<string?>("--certificate-password-file")
        {
            Description = "File whose first line is the password of the certificate's key.",
            HelpName = "FILE",
        };
        var command = new Command("run", "Serve the exhibition.") { urls, data, certificate, password };
        command.SetAction((parsed, cancellationToken) => PreserveHost.RunAsync(
            new HostSettings
            {
                DataFolder = DataFolder.Resolve(parsed.GetValue(data)),
                Urls = parsed.GetValue(urls) ?? HostSettings.DefaultUrls,
                CertificateFile = parsed.GetValue(certificate),
                CertificatePasswordFile = parsed.GetValue(password),
            },
            cancellationToken));
        return command;
    }
}
