using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Preserve.Web.Oai;

/// <summary>Where an incomplete list goes on: everything the next request needs, so that nothing is kept here.</summary>
/// <param name="After">Id of the last object of the part before.</param>
/// <param name="Cursor">How many came before.</param>
/// <param name="Size">How many there were when the list was begun.</param>
/// <param name="From">UTC milliseconds; null for no bound.</param>
/// <param name="Until">UTC milliseconds: what changes after the list was begun is for the next harvest.</param>
/// <param name="Set">Null for all.</param>
public sealed record OaiPlace(string After, int Cursor, int Size, long? From, long Until, string? Set);

/// <summary>Resumption tokens (section 3.5): signed, good for a day, and for the verb they were given out for.</summary>
public sealed class OaiTokens(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    /// <summary>A token and when it ends.</summary>
    public (string Token, DateTimeOffset ExpiresAt) Write(string verb, OaiPlace place, DateTimeOffset now) =>
        (Protector(verb).Protect(JsonSerializer.Serialize(place), now + Life), now + Life);

    /// <summary>Null for a token that is not ours, of another verb, or too old.</summary>
    public OaiPlace? Read(string verb, string token)
    {
        try
        {
            return JsonSerializer.Deserialize<OaiPlace>(Protector(verb).Unprotect(token));
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(string verb) => protection.CreateProtector("oai", verb).ToTimeLimitedDataProtector();
}
