using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Preserve.Web.Tests.Mail;

/// <summary>What was taken: the envelope, who had signed in, and the message itself.</summary>
public sealed record TakenMail(string From, IReadOnlyList<string> To, string? SignedIn, MimeMessage Message);

/// <summary>A mail server on a free port of 127.0.0.1 that speaks as much SMTP (RFC 5321) as taking a message needs, and keeps what it took.</summary>
public sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _taking;

    /// <param name="offersTls">Offers STARTTLS, with a certificate that nobody vouches for.</param>
    public SmtpListener(bool offersTls = false)
    {
        _certificate = offersTls ? SelfSigned() : null;
        _listener.Start();
        _taking = TakeAllAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<TakenMail> Taken { get; } = new();

    /// <summary>How many messages it refuses from now on, with "451 try again later".</summary>
    public int Refusals { get; set; }

    /// <summary>How often somebody came.</summary>
    public int Visits { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _taking;
        _certificate?.Dispose();
        _closing.Dispose();
    }

    private async Task TakeAllAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                Visits++;
                try
                {
                    await ServeAsync(client.GetStream());
                }
                catch (Exception problem) when (problem is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The visitor went, or would not trust the certificate.
                }
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closing.
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        var (from, to, signedIn) = ("", new List<string>(), (string?)null);
        await SayAsync(stream, "220 listener");
        while (await ReadLineAsync(stream) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(stream, _certificate is not null && stream is not SslStream ? "250-listener\r\n250 STARTTLS" : "250-listener\r\n250 AUTH PLAIN");
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go ahead");
                    var secured = new SslStream(stream);
                    await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token);
                    stream = secured;
                    break;
                case "AUTH":
                    signedIn = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Replace('\0', ':').TrimStart(':');
                    await SayAsync(stream, signedIn.EndsWith(":wrong", StringComparison.Ordinal) ? "535 not you" : "235 welcome");
                    break;
                case "MAIL":
                    from = line.Split('<', '>')[1];
                    await SayAsync(stream, "250 ok");
                    break;
                case "RCPT":
                    to.Add(line.Split('<', '>')[1]);
                    await SayAsync(stream, "250 ok");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 send");
                    var message = await ReadMessageAsync(stream);
                    if (Refusals > 0)
                    {
                        Refusals--;
                        await SayAsync(stream, "451 try again later");
                        break;
                    }

                    Taken.Enqueue(new TakenMail(from, [.. to], signedIn, message));
                    await SayAsync(stream, "250 taken");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "500 unknown");
                    break;
            }
        }
    }

    private async Task<MimeMessage> ReadMessageAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        while (await ReadLineAsync(stream) is { } line && line != ".")
        {
            bytes.Write(Encoding.Latin1.GetBytes((line.StartsWith('.') ? line[1..] : line) + "\r\n"));
        }

        bytes.Position = 0;
        return await MimeMessage.LoadAsync(bytes, _closing.Token);
    }

    // One byte at a time: a reader that buffers would take bytes of the handshake that follows.
    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _closing.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }

    private async Task SayAsync(Stream stream, string words) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{words}\r\n"), _closing.Token);

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
