namespace Preserve.Workers.Alarms;

/// <summary>Who is told of damage: section <c>Preserve:Alarm</c>.</summary>
public sealed record AlarmOptions
{
    public const string Section = "Preserve:Alarm";

    /// <summary>Address that gets a POST; https, or http to this host. Null for none.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>File whose first line is the secret that signs it; needed with the address.</summary>
    public string? WebhookSecretFile { get; init; }

    /// <summary>Everything that is wrong; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (WebhookUrl is null)
        {
            yield break;
        }

        if (!Uri.TryCreate(WebhookUrl, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            yield return $"{Section}:WebhookUrl: '{WebhookUrl}' is not an https address.";
        }

        if (WebhookSecretFile is null || !File.Exists(WebhookSecretFile))
        {
            yield return $"{Section}:WebhookSecretFile: name a file with the secret in its first line; without a signature nobody could believe an alarm.";
        }
    }
}
