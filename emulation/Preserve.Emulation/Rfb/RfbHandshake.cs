using System.Text;

namespace Preserve.Emulation.Rfb;

/// <summary>Opening of a connection: version, security, initialisation (RFC 6143 §7.1 to §7.3).</summary>
internal static class RfbHandshake
{
    private static readonly byte[] Version38 = "RFB 003.008\n"u8.ToArray();

    /// <summary>Agrees on RFB 3.8 without authentication and learns size and name of the screen.</summary>
    /// <exception cref="RfbProtocolException">The server speaks something else, refused, or announced what is out of bounds.</exception>
    public static async Task<ServerInit> RunAsync(RfbReader reader, Stream stream, CancellationToken cancellationToken)
    {
        await AgreeOnVersionAsync(reader, stream, cancellationToken);
        await AgreeOnSecurityAsync(reader, stream, cancellationToken);

        // ClientInit: shared, so that a screenshot taken by another connection does not end this one.
        await stream.WriteAsync(new byte[] { 1 }, cancellationToken);
        return await ReadServerInitAsync(reader, cancellationToken);
    }

    private static async Task AgreeOnVersionAsync(RfbReader reader, Stream stream, CancellationToken cancellationToken)
    {
        var version = await reader.ReadAsync(Version38.Length, cancellationToken);
        if (!version.Span.SequenceEqual(Version38))
        {
            throw new RfbProtocolException($"Server greeted with {Printable(version.Span)}; we speak RFB 003.008 only.");
        }

        await stream.WriteAsync(Version38, cancellationToken);
    }

    private static async Task AgreeOnSecurityAsync(RfbReader reader, Stream stream, CancellationToken cancellationToken)
    {
        var count = await reader.ReadByteAsync(cancellationToken);
        if (count == 0)
        {
            throw await RefusedAsync(reader, cancellationToken);
        }

        var types = await reader.ReadAsync(count, cancellationToken);
        if (!types.Span.Contains((byte)RfbSecurityType.None))
        {
            throw new RfbProtocolException("Server asks for authentication; a machine's display is reached without.");
        }

        await stream.WriteAsync(new[] { (byte)RfbSecurityType.None }, cancellationToken);
        var result = await reader.ReadAsync(4, cancellationToken);
        if (result.Span.ContainsAnyExcept((byte)0))
        {
            throw await RefusedAsync(reader, cancellationToken);
        }
    }

    private static async Task<ServerInit> ReadServerInitAsync(RfbReader reader, CancellationToken cancellationToken)
    {
        var width = await reader.ReadUInt16Async(cancellationToken);
        var height = await reader.ReadUInt16Async(cancellationToken);
        RequireScreenSize(width, height);

        // The server's own format is checked for sanity; we ask for ours in the next message.
        _ = PixelFormat.Read((await reader.ReadAsync(PixelFormat.WireLength, cancellationToken)).Span);
        var name = await reader.ReadTextAsync("name", RfbBounds.NameLength, cancellationToken);
        return new ServerInit(width, height, name);
    }

    /// <exception cref="RfbProtocolException">A side is 0 or larger than <see cref="RfbBounds.ScreenSide"/>.</exception>
    internal static void RequireScreenSize(int width, int height)
    {
        if (width is < 1 or > RfbBounds.ScreenSide || height is < 1 or > RfbBounds.ScreenSide)
        {
            throw new RfbProtocolException($"Server announced a screen of {width} x {height}; a side is 1 to {RfbBounds.ScreenSide}.");
        }
    }

    private static async Task<RfbProtocolException> RefusedAsync(RfbReader reader, CancellationToken cancellationToken) =>
        new($"Server refused: {await reader.ReadTextAsync("reason", RfbBounds.ReasonLength, cancellationToken)}");

    private static string Printable(ReadOnlySpan<byte> text) =>
        string.Concat(Encoding.ASCII.GetString(text).Select(c => char.IsControl(c) ? '?' : c));
}

/// <summary>What the server says of its screen (RFC 6143 §7.3.2).</summary>
internal readonly record struct ServerInit(int Width, int Height, string Name);
