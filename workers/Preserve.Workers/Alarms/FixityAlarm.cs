using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hangfire;
using Preserve.Catalog.Fixity;
using Preserve.Catalog.Storage;

namespace Preserve.Workers.Alarms;

/// <summary>
/// Tells somebody outside that stored bytes are damaged. What is told is what the catalog says when it is told: a repaired file is in no alarm, and
/// one that was lost with the queue is told the next day.
/// </summary>
/// <remarks>
/// POST of JSON: <c>{"event": "fixity.damaged", "at": "...", "damaged": 3, "files": [{"object", "path", "problem"}]}</c>, at most 100 files. Headers
/// <c>X-Preserve-Timestamp</c>, seconds since 1970, and <c>X-Preserve-Signature: sha256=HEX</c>, the HMAC-SHA256 of timestamp, a full stop and the body.
/// </remarks>
public sealed class FixityAlarm(AlarmOptions options, FixityRepair damage, TimeProvider time) : IDisposable
{
    private const int MostFiles = 100;
    private const int LongestProblem = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // A redirection would take the alarm to somebody who was not named.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience }) { Timeout = Patience };

    /// <summary>Sends the alarm; does nothing where nobody is named or nothing is damaged. Failing, the job is tried again, ever later, for about a day.</summary>
    /// <exception cref="HttpRequestException">It was not taken.</exception>
    [AutomaticRetry(Attempts = 12)]
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (options.WebhookUrl is null || await damage.FindDamagedAsync(null, cancellationToken) is not { Count: > 0 } damaged)
        {
            return;
        }

        var now = time.GetUtcNow();
        var body = Body(damaged, now);
        var stamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = Encoding.UTF8.GetBytes(File.ReadLines(options.WebhookSecretFile!).FirstOrDefault() ?? "");
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{stamp}."), .. body];
        using var request = new HttpRequestMessage(HttpMethod.Post, options.WebhookUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Preserve-Timestamp", stamp);
        request.Headers.Add("X-Preserve-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed))}");
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _client.Dispose();

    private static byte[] Body(IReadOnlyList<ContentLocation> damaged, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Event = "fixity.damaged",
            At = now,
            Damaged = damaged.Count,
            Files = damaged.Take(MostFiles).Select(one => new
            {
                Object = one.ObjectId, one.Path, Problem = one.Problem.Length <= LongestProblem ? one.Problem : one.Problem[..LongestProblem],
            }),
        },
        Json);
}
