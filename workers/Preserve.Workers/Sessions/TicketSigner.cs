using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Preserve.Workers.Sessions;

/// <summary>Writes and checks tickets: short-lived passes that need no look-up. Safe for concurrent use.</summary>
/// <remarks>
/// A ticket is base64url of: version (1 byte), session (16), role (1), expiry in UTC milliseconds (8, big-endian), nonce (12), watch link
/// (16, all zero for none), worker (UTF-8, 1 to 64 bytes), HMAC-SHA256 of all before it (32).
/// </remarks>
internal sealed class TicketSigner(byte[] secret, TimeProvider time)
{
    /// <summary>How long a ticket is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Longest ticket looked at, in characters.</summary>
    public const int MaximumLength = 256;

    private const byte Version = 2;
    private const int RoleOffset = 17;
    private const int ExpiryOffset = 18;
    private const int NonceOffset = 26;
    private const int LinkOffset = 38;
    private const int WorkerOffset = 54;
    private const int SignatureLength = HMACSHA256.HashSizeInBytes;

    public string Issue(Ticket ticket)
    {
        var worker = Encoding.UTF8.GetBytes(ticket.Worker);
        var bytes = new byte[WorkerOffset + worker.Length + SignatureLength];
        bytes[0] = Version;
        ticket.SessionId.TryWriteBytes(bytes.AsSpan(1));
        bytes[RoleOffset] = (byte)ticket.Role;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(ExpiryOffset), (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(bytes.AsSpan(NonceOffset, LinkOffset - NonceOffset));
        (ticket.Link ?? Guid.Empty).TryWriteBytes(bytes.AsSpan(LinkOffset));
        worker.CopyTo(bytes, WorkerOffset);
        HMACSHA256.HashData(secret, bytes.AsSpan(0, bytes.Length - SignatureLength), bytes.AsSpan(bytes.Length - SignatureLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The ticket, or null when it is not one of ours or its time is over.</summary>
    public Ticket? Check(string token)
    {
        Span<byte> buffer = stackalloc byte[MaximumLength];
        if (token.Length > MaximumLength || !Base64Url.IsValid(token, out _)
            || !Base64Url.TryDecodeFromChars(token, buffer, out var length) || length <= WorkerOffset + SignatureLength)
        {
            return null;
        }

        var payload = buffer[..(length - SignatureLength)];
        Span<byte> expected = stackalloc byte[SignatureLength];
        HMACSHA256.HashData(secret, payload, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, buffer[(length - SignatureLength)..length]) || payload[0] != Version)
        {
            return null;
        }

        var expiry = BinaryPrimitives.ReadInt64BigEndian(payload[ExpiryOffset..]);
        return time.GetUtcNow().ToUnixTimeMilliseconds() >= expiry ? null : Read(payload);
    }

    private static Ticket Read(ReadOnlySpan<byte> payload)
    {
        var link = new Guid(payload[LinkOffset..WorkerOffset]);
        return new Ticket(
            new Guid(payload[1..RoleOffset]),
            (SessionRole)payload[RoleOffset],
            Encoding.UTF8.GetString(payload[WorkerOffset..]),
            link == Guid.Empty ? null : link);
    }
}
