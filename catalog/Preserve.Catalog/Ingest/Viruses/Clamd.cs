using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Preserve.Catalog.Ingest.Viruses;

/// <summary>What clamd said of a stream.</summary>
/// <param name="State">Clean, infected, or not scanned.</param>
/// <param name="Words">Name of what was found, or why it was not scanned; empty when clean.</param>
/// <param name="Retry">How long to wait before it is tried again where it was not scanned.</param>
public sealed record ScanVerdict(ScanState State, string Words, TimeSpan Retry = default);

/// <summary>
/// Asks clamd by its own protocol (clamd(8), command INSTREAM): <c>zINSTREAM\0</c>, then chunks, each a length of four bytes in network order and
/// so many bytes, then a chunk of length 0; the answer ends with a zero byte. A connection a file. Safe for concurrent callers.
/// </summary>
public sealed class Clamd(IngestOptions options, TimeProvider time)
{
    private const int ChunkLength = 64 * 1024;
    private const int LongestAnswer = 4096;

    /// <summary>When clamd is away.</summary>
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(1);

    /// <summary>When clamd refuses the file as it is now configured.</summary>
    private static readonly TimeSpan s_later = TimeSpan.FromHours(12);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether one is named.</summary>
    public bool IsConfigured => options.Clamd is not null;

    /// <summary>Streams a file past clamd. Never throws because of clamd: what is not told to be clean is not.</summary>
    /// <param name="file">Read to its end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ScanVerdict> ScanAsync(Stream file, CancellationToken cancellationToken)
    {
        if (options.Clamd is not { } address || ClamdAddress.Parse(address) is not { } endpoint)
        {
            return NotScanned("no virus scanner is configured");
        }

        using var silence = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            // Without a family it is of both where the system has both, and of IPv4 where IPv6 is off.
            using var socket = endpoint is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint, either.Token);
            silence.CancelAfter(options.ClamdTimeout);
            await using var stream = new NetworkStream(socket);
            return Judge(await AskAsync(stream, file, silence, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotScanned("clamd did not answer in time");
        }
        catch (Exception problem) when (problem is SocketException || (problem is IOException && problem.InnerException is SocketException))
        {
            return NotScanned($"clamd is away: {problem.Message}");
        }
        catch (InvalidDataException problem)
        {
            return NotScanned(problem.Message);
        }
    }

    private async Task<string> AskAsync(NetworkStream stream, Stream file, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        // It may answer before it has everything, as when the stream is longer than it takes, and then reads no more.
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = ReadAnswerAsync(stream, cancellationToken);
        var sending = SendAsync(stream, file, silence, answered.Token);
        if (await Task.WhenAny(answer, sending) == answer)
        {
            await answered.CancelAsync();
        }

        try
        {
            await sending;
        }
        catch (Exception problem) when (problem is IOException { InnerException: SocketException } || (problem is OperationCanceledException && answer.IsCompletedSuccessfully))
        {
            // It closed its side: its answer says why.
        }

        return await answer;
    }

    private async Task SendAsync(NetworkStream stream, Stream file, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellationToken);
        var chunk = new byte[sizeof(int) + ChunkLength];
        int length;
        do
        {
            length = await file.ReadAsync(chunk.AsMemory(sizeof(int)), cancellationToken);
            BinaryPrimitives.WriteInt32BigEndian(chunk, length);
            await stream.WriteAsync(chunk.AsMemory(0, sizeof(int) + length), cancellationToken);
            silence.CancelAfter(options.ClamdTimeout);
        }
        while (length > 0);
    }

    private static async Task<string> ReadAnswerAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        while (length < answer.Length)
        {
            var count = await stream.ReadAsync(answer.AsMemory(length), cancellationToken);
            length += count;
            if (answer.AsSpan(0, length).IndexOf((byte)0) is >= 0 and var end)
            {
                return Encoding.UTF8.GetString(answer, 0, end);
            }

            if (count == 0)
            {
                throw new InvalidDataException("clamd ended the connection without an answer");
            }
        }

        throw new InvalidDataException($"clamd answered with more than {LongestAnswer} bytes");
    }

    // "stream: OK", "stream: NAME FOUND", or words and "ERROR".
    private static ScanVerdict Judge(string answer)
    {
        const string Prefix = "stream: ";
        const string Found = " FOUND";
        if (answer == $"{Prefix}OK")
        {
            return new ScanVerdict(ScanState.Clean, "");
        }

        if (answer.StartsWith(Prefix, StringComparison.Ordinal) && answer.EndsWith(Found, StringComparison.Ordinal) && answer.Length > Prefix.Length + Found.Length)
        {
            return new ScanVerdict(ScanState.Infected, Plain(answer[Prefix.Length..^Found.Length]));
        }

        return answer.Contains("size limit exceeded", StringComparison.OrdinalIgnoreCase)
            ? new ScanVerdict(ScanState.NotScanned, "longer than clamd takes (its StreamMaxLength)", s_later)
            : NotScanned($"clamd answered: {Plain(answer)}");
    }

    private static ScanVerdict NotScanned(string why) => new(ScanState.NotScanned, why, s_soon);

    private static string Plain(string text) => Database.ColumnLengths.Fit(string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)), Database.ColumnLengths.Title);
}
