using System.Net;
using MimeKit;

namespace Preserve.Workers.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailProtection
{
    /// <summary>It begins in the clear and is protected before anything is said (STARTTLS, port 587). A server that does not offer that gets nothing.</summary>
    StartTls,

    /// <summary>Protected from the first byte (port 465).</summary>
    Tls,

    /// <summary>None; only to this host.</summary>
    None,
}

/// <summary>The mail server, and who gets mail of the service itself: section <c>Preserve:Mail</c>. Without a host none is sent.</summary>
public sealed record MailOptions
{
    public const string Section = "Preserve:Mail";

    /// <summary>Name or address of the mail server. Null for no mail.</summary>
    public string? Host { get; init; }

    /// <summary>1 to 65535. Default 587.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Default <see cref="MailProtection.StartTls"/>.</summary>
    public MailProtection Protection { get; init; } = MailProtection.StartTls;

    /// <summary>Name to sign in with at the server. Null to send without signing in.</summary>
    public string? User { get; init; }

    /// <summary>File whose first line is the password; needed with a user.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Address that mail comes from.</summary>
    public string? From { get; init; }

    /// <summary>One or several addresses, with commas between.</summary>
    public string? To { get; init; }

    public bool IsConfigured => Host is not null;

    /// <summary>Everything that is wrong; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Host is null)
        {
            if (From is not null || To is not null || User is not null || PasswordFile is not null)
            {
                yield return $"{Section}:Host is missing, though other options of mail are set.";
            }

            yield break;
        }

        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            yield return $"{Section}:Host: '{Host}' is not the name or address of a host; its port goes into {Section}:Port.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"{Section}:Port: {Port} is not between 1 and 65535.";
        }

        if (!Enum.IsDefined(Protection))
        {
            yield return $"{Section}:Protection: '{Protection}' is none of {string.Join(", ", Enum.GetNames<MailProtection>())}.";
        }

        if (Protection == MailProtection.None && !IsThisHost(Host))
        {
            yield return $"{Section}:Protection: None is for a mail server on this host. '{Host}' wants StartTls or Tls.";
        }

        foreach (var problem in PeopleProblems())
        {
            yield return problem;
        }
    }

    private IEnumerable<string> PeopleProblems()
    {
        if (User is null != PasswordFile is null || (PasswordFile is not null && !File.Exists(PasswordFile)))
        {
            yield return $"{Section}:User and PasswordFile: name both, and in the file's first line is the password; or neither, to send without signing in.";
        }

        if (From is null || !MailboxAddress.TryParse(From, out _))
        {
            yield return $"{Section}:From: '{From}' is not an address to send from.";
        }

        if (To is null || !InternetAddressList.TryParse(To, out var people) || !people.Mailboxes.Any())
        {
            yield return $"{Section}:To: '{To}' is not one or several addresses with commas between.";
        }
    }

    private static bool IsThisHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
