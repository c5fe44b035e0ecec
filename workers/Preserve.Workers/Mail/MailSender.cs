using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Preserve.Workers.Mail;

/// <summary>
/// Sends messages of the service to those whom <see cref="MailOptions.To"/> names. One connection a message: there are few. Thread-safe.
/// </summary>
/// <remarks>
/// A message that was not taken is the caller's to try again: a job with <c>AutomaticRetry</c> that reads what it tells when it runs, so that nothing
/// depends on a queue (<see cref="Alarms.DamageMail"/>).
/// </remarks>
public sealed class MailSender(MailOptions options, TimeProvider time)
{
    /// <summary>Characters of a subject; what is longer is cut.</summary>
    public const int LongestSubject = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether a mail server is named; otherwise nothing can be sent.</summary>
    public bool IsConfigured => options.IsConfigured;

    /// <summary>Sends one message.</summary>
    /// <param name="subject">One line; line ends and other control characters in it become blanks.</param>
    /// <param name="text">Plain text with LF at line ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">No mail server is named.</exception>
    /// <exception cref="MailException">The server could not be reached in 30 seconds an answer, or trusted, or did not take the message.</exception>
    public async Task SendAsync(string subject, string text, CancellationToken cancellationToken)
    {
        if (!IsConfigured)
        {
            throw new InvalidOperationException($"No mail server is named: {MailOptions.Section}:Host.");
        }

        using var message = Message(subject, text);
        using var client = new SmtpClient
        {
            Timeout = (int)Patience.TotalMilliseconds,
            // A house's own authority seldom publishes what it took back; who vouches for the server is checked all the same.
            CheckCertificateRevocation = false,
        };
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, Security(options.Protection), cancellationToken);
            if (options.User is { } user)
            {
                await client.AuthenticateAsync(user, File.ReadLines(options.PasswordFile!).FirstOrDefault() ?? "", cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);
        }
        catch (Exception problem) when (IsRefusal(problem))
        {
            throw new MailException($"The mail server {options.Host}:{options.Port} did not take '{message.Subject}': {problem.Message}", problem);
        }

        await LeaveAsync(client, cancellationToken);
    }

    // The message is taken; a server that is gone before the farewell would only have it sent twice.
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception problem) when (IsRefusal(problem) || problem is OperationCanceledException)
        {
            // As above.
        }
    }

    private static bool IsRefusal(Exception problem) => problem
        is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or System.Security.Authentication.AuthenticationException or IOException or UnauthorizedAccessException
        or System.Net.Sockets.SocketException or NotSupportedException or TimeoutException;

    private static SecureSocketOptions Security(MailProtection protection) => protection switch
    {
        MailProtection.Tls => SecureSocketOptions.SslOnConnect,
        MailProtection.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private MimeMessage Message(string subject, string text)
    {
        var line = new string([.. subject.Select(one => char.IsControl(one) ? ' ' : one)]);
        var message = new MimeMessage
        {
            Subject = line.Length <= LongestSubject ? line : $"{line[..(LongestSubject - 1)]}…",
            Date = time.GetUtcNow(),
            Body = new TextPart("plain") { Text = text },
        };
        message.From.Add(MailboxAddress.Parse(options.From!));
        message.To.AddRange(InternetAddressList.Parse(options.To!));
        // Nobody's holiday notice answers a machine (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
