using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Preserve.Emulation.Display;
using Preserve.Emulation.Input;
using Preserve.Emulation.Rfb.Decoders;
using Preserve.Emulation.Sound;

namespace Preserve.Emulation.Rfb;

/// <summary>One connection to a machine's display (RFB 3.8, RFC 6143, with QEMU's extensions).</summary>
/// <remarks>
/// <code>
/// server ──► RfbReader ──► RfbMessageReader ──► decoders ──► Framebuffer      (1) one reader
///    ▲                           │ next update request                       (2) always one pending
///    └──────── RfbWriter ◄───────┴──── RfbInput, RfbSound                    (3) one writer at a time
/// </code>
/// Frames never wait for a viewer and input never waits for a frame.
/// </remarks>
public sealed class RfbClient : IAsyncDisposable
{
    private static readonly RfbEncoding[] Encodings =
    [
        RfbEncoding.Raw, RfbEncoding.CopyRect, RfbEncoding.DesktopSize, RfbEncoding.LastRect, RfbEncoding.RichCursor,
        RfbEncoding.PointerMotionChange, RfbEncoding.QemuExtendedKeyEvent, RfbEncoding.QemuAudio,
    ];

    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _firstPicture = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _stream;
    private readonly RfbReader _reader;
    private readonly RfbWriter _writer;
    private readonly RfbSound _sound;
    private readonly RfbInput _input;
    private readonly RfbMessageReader _messages;
    private readonly ILogger _logger;

    private RfbClient(Stream stream, Framebuffer screen, ILogger logger)
    {
        _stream = stream;
        _logger = logger;
        Screen = screen;
        _reader = new RfbReader(stream);
        _writer = new RfbWriter(stream, TimeProvider.System, _lifetime.Token);
        _input = new RfbInput(_writer, screen);
        _sound = new RfbSound(_writer);
        IReadOnlyList<IRfbDecoder> decoders =
        [
            new RawDecoder(_reader, screen),
            new CopyRectDecoder(_reader, screen),
            new RichCursorDecoder(_reader, screen),
            new DesktopSizeDecoder(screen),
            new PointerMotionDecoder(_input),
            new QemuOfferDecoder(RfbEncoding.QemuExtendedKeyEvent, _input.AcceptScancodes),
            new QemuOfferDecoder(RfbEncoding.QemuAudio, _sound.Accept),
        ];
        _messages = new RfbMessageReader(
            _reader, new RfbUpdateReader(_reader, screen, decoders), new RfbSoundReader(_reader, _sound), screen, _writer);
    }

    /// <summary>Where the pictures go.</summary>
    public Framebuffer Screen { get; }

    /// <summary>Keyboard and pointer.</summary>
    public IMachineInput Input => _input;

    /// <summary>Sound, or null where the server offers none.</summary>
    public RfbSound? Sound => _sound.IsOffered ? _sound : null;

    /// <summary>What the server calls its screen.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Completes, never faults, when the connection has ended, and tells with what.</summary>
    public Task<RfbEnd> Completion { get; private set; } = Task.FromResult(new RfbEnd(RfbEndCause.Disposed, null));

    /// <summary>Connects to a unix socket; see the other overload.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<RfbClient> ConnectAsync(string socketPath, Framebuffer screen, ILogger logger, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return await ConnectAsync(new NetworkStream(socket, ownsSocket: true), screen, logger, cancellationToken);
    }

    /// <summary>Opens a connection and returns when the first picture is in <paramref name="screen"/>.</summary>
    /// <param name="stream">To the server; owned by the client from now on, also when connecting fails.</param>
    /// <param name="screen">Written by this client alone.</param>
    /// <param name="logger">Told how the connection ended.</param>
    /// <param name="cancellationToken">Ends the attempt; of no effect later.</param>
    /// <exception cref="RfbProtocolException">The server broke the protocol, refused, or left before the first picture.</exception>
    public static async Task<RfbClient> ConnectAsync(Stream stream, Framebuffer screen, ILogger logger, CancellationToken cancellationToken)
    {
        var client = new RfbClient(stream, screen, logger);
        try
        {
            await client.OpenAsync(cancellationToken);
            return client;
        }
        catch (Exception e)
        {
            await client.DisposeAsync();
            if (e is IOException or ObjectDisposedException && !cancellationToken.IsCancellationRequested)
            {
                throw new RfbProtocolException("The display server closed the connection before its first picture.", e);
            }

            throw;
        }
    }

    /// <summary>Closes the connection and waits until its reader has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_lifetime.IsCancellationRequested)
        {
            await _lifetime.CancelAsync();
        }

        await _stream.DisposeAsync();
        await Completion;
        _reader.Dispose();
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var server = await RfbHandshake.RunAsync(_reader, _stream, cancellationToken);
        Name = server.Name;
        Screen.Resize(server.Width, server.Height);
        using (var turn = await _writer.TakeTurnAsync(cancellationToken))
        {
            await turn.SetPixelFormatAsync(PixelFormat.Bgrx32);
            await turn.SetEncodingsAsync(Encodings);
            await turn.RequestUpdateAsync(isIncremental: false, server.Width, server.Height);
        }

        Completion = RunAsync();
        var first = await Task.WhenAny(_firstPicture.Task, Completion).WaitAsync(cancellationToken);
        if (first == Completion)
        {
            var end = await Completion;
            throw new RfbProtocolException(end.Error?.Message ?? "The connection was closed before the first picture.", end.Error);
        }
    }

    private async Task<RfbEnd> RunAsync()
    {
        var end = await ReadUntilEndAsync();
        if (end.Cause is RfbEndCause.ProtocolBroken or RfbEndCause.Failed)
        {
            _logger.LogWarning(end.Error, "The display connection ended: {Cause}", end.Cause);
        }

        // Nobody reads any more, so nobody shall write either.
        await _lifetime.CancelAsync();
        await _stream.DisposeAsync();
        return end;
    }

    private async Task<RfbEnd> ReadUntilEndAsync()
    {
        try
        {
            while (true)
            {
                if ((await _messages.ReadAsync(_lifetime.Token)).HasFlag(RfbUpdateContent.Pixels))
                {
                    _firstPicture.TrySetResult();
                }
            }
        }
        catch (RfbProtocolException e)
        {
            return new RfbEnd(RfbEndCause.ProtocolBroken, e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return _lifetime.IsCancellationRequested ? new RfbEnd(RfbEndCause.Disposed, null) : new RfbEnd(RfbEndCause.PeerClosed, e);
        }
        catch (Exception e)
        {
            // The boundary of this connection: whatever a listener throws ends this machine's picture and nothing else.
            return new RfbEnd(RfbEndCause.Failed, e);
        }
    }
}
