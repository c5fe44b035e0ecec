using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Preserve.Web.CommandLine;
using Preserve.Web.Tests.Running;

namespace Preserve.Web.Tests.CommandLine;

/// <summary>The service behind https with certificates as a site would have them.</summary>
public sealed class CertificateTests : IDisposable
{
    private const int Limit = 120_000;
    private const string Password = "correct horse";

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _files = new();
    private readonly X509Certificate2 _certificate = SelfSigned();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _certificate.Dispose();
        _data.Dispose();
        _files.Dispose();
    }

    [Fact(Timeout = Limit)]
    public async Task A_PEM_file_with_its_key_serves_https()
    {
        await ServesAsync(["--certificate", await WriteAsync("museum.pem", Pem(_certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()))]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_PEM_file_with_an_encrypted_key_serves_https()
    {
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000);
        var key = _certificate.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(Password, parameters);
        await ServesAsync(["--certificate", await WriteAsync("museum.pem", Pem(key)), "--certificate-password-file", await WriteAsync("password", Password + "\n")]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_PFX_file_with_a_password_serves_https()
    {
        var file = Path.Combine(_files.Path, "museum.pfx");
        await File.WriteAllBytesAsync(file, _certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, Password), Token);
        await ServesAsync(["--certificate", file, "--certificate-password-file", await WriteAsync("password", Password + "\n")]);
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_without_its_key_is_refused_with_2()
    {
        var file = await WriteAsync("museum.pem", _certificate.ExportCertificatePem());

        var (exitCode, _, errors) = await PreserveProcess.RunAsync("run", "--urls", "https://127.0.0.1:0", "--data", _data.Path, "--certificate", file);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("museum.pem", errors, StringComparison.Ordinal);
    }

    private async Task ServesAsync(string[] options)
    {
        await using var service = PreserveProcess.Start(["run", "--urls", "https://127.0.0.1:0", "--data", _data.Path, .. options]);
        var address = await service.AddressAsync();
        X509Certificate2? shown = null;
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => (shown = new X509Certificate2(certificate!)) is not null,
        };
        using var client = new HttpClient(handler) { BaseAddress = address };

        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), Token);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("https", address.Scheme);
        Assert.Equal(_certificate.Thumbprint, shown!.Thumbprint);
        shown.Dispose();
    }

    private string Pem(string key) => $"{_certificate.ExportCertificatePem()}\n{key}\n";

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_files.Path, name);
        await File.WriteAllTextAsync(file, text, Token);
        return file;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=museum.test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
