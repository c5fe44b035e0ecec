using Preserve.Emulation.Display;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Rfb;

namespace Preserve.Emulation.Input;

/// <summary>Keyboard and pointer of a machine through its display connection. Safe for concurrent callers; never waits for pictures.</summary>
/// <remarks>What is down is noted in the same turn in which it is sent, so that notes and server agree. Events after the connection's end are dropped.</remarks>
public sealed class RfbInput : IMachineInput
{
    // QEMU pointer motion change: a movement is sent as a position around this one, in 16 bits.
    private const int RelativeOrigin = 0x7FFF;
    private const int LargestStep = 0x7FFF;
    private const int LargestMove = 4 * LargestStep;

    private readonly RfbWriter _writer;
    private readonly Framebuffer _screen;
    private readonly KeysDown _keys = new();
    private volatile PointerKind _pointer = PointerKind.Absolute;
    private volatile bool _takesScancodes;
    private PointerButtons _buttons;
    private (int X, int Y)? _position;

    internal RfbInput(RfbWriter writer, Framebuffer screen)
    {
        _writer = writer;
        _screen = screen;
    }

    /// <inheritdoc/>
    public event Action<PointerKind>? PointerChanged;

    /// <summary>Positions until the server says otherwise, as every RFB server without QEMU's extension understands them.</summary>
    public PointerKind Pointer => _pointer;

    /// <summary>Presses or releases a key. A server that knows no scancodes is sent the keysym; where that is unknown too, nothing.</summary>
    public async Task KeyAsync(byte scancode, uint keysym, bool isDown, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scancode);
        using var turn = await _writer.TakeTurnAsync(cancellationToken);
        await SendKeyAsync(turn, scancode, keysym, isDown);
    }

    /// <summary>
    /// Moves to a position, clamped to the screen, and sets the buttons. Where the guest wants movement, the way from the
    /// last position is sent: a page may not have heard of a change yet.
    /// </summary>
    public async Task PointAsync(int x, int y, PointerButtons buttons, CancellationToken cancellationToken)
    {
        using var turn = await _writer.TakeTurnAsync(cancellationToken);
        var target = ClampToScreen(x, y);
        var from = _position ?? target;
        _position = target;
        await (Pointer == PointerKind.Relative
            ? SendMoveAsync(turn, target.X - from.X, target.Y - from.Y, buttons)
            : SendPositionAsync(turn, buttons));
    }

    /// <summary>
    /// Moves by a distance, at most 131068 counts, in as many steps as the wire needs, and sets the buttons. Where the
    /// guest wants positions, the last one is moved.
    /// </summary>
    public async Task MoveAsync(int deltaX, int deltaY, PointerButtons buttons, CancellationToken cancellationToken)
    {
        var moveX = Math.Clamp(deltaX, -LargestMove, LargestMove);
        var moveY = Math.Clamp(deltaY, -LargestMove, LargestMove);
        using var turn = await _writer.TakeTurnAsync(cancellationToken);
        if (Pointer == PointerKind.Relative)
        {
            await SendMoveAsync(turn, moveX, moveY, buttons);
            return;
        }

        var (x, y) = _position ?? default;
        _position = ClampToScreen(x + moveX, y + moveY);
        await SendPositionAsync(turn, buttons);
    }

    /// <inheritdoc/>
    public async Task ReleaseAllAsync(CancellationToken cancellationToken)
    {
        using var turn = await _writer.TakeTurnAsync(cancellationToken);
        while (_keys.Any() is { } scancode)
        {
            await SendKeyAsync(turn, scancode, 0, isDown: false);
        }

        if (_buttons != PointerButtons.None)
        {
            await (Pointer == PointerKind.Relative
                ? SendMoveAsync(turn, 0, 0, PointerButtons.None)
                : SendPositionAsync(turn, PointerButtons.None));
        }
    }

    internal void AcceptScancodes() => _takesScancodes = true;

    internal void ChangePointer(PointerKind pointer)
    {
        if (_pointer != pointer)
        {
            _pointer = pointer;
            PointerChanged?.Invoke(pointer);
        }
    }

    private ValueTask SendKeyAsync(RfbWriter.Turn turn, byte scancode, uint keysym, bool isDown)
    {
        var known = _keys.Note(scancode, keysym, isDown);
        if (_takesScancodes)
        {
            return turn.ExtendedKeyAsync(scancode, known, isDown);
        }

        return known == 0 ? ValueTask.CompletedTask : turn.KeyAsync(known, isDown);
    }

    private ValueTask SendPositionAsync(RfbWriter.Turn turn, PointerButtons buttons)
    {
        _buttons = buttons;
        var (x, y) = _position ?? default;
        return turn.PointerAsync((byte)buttons, (ushort)x, (ushort)y);
    }

    private async ValueTask SendMoveAsync(RfbWriter.Turn turn, int deltaX, int deltaY, PointerButtons buttons)
    {
        _buttons = buttons;
        do
        {
            var stepX = Math.Clamp(deltaX, -LargestStep, LargestStep);
            var stepY = Math.Clamp(deltaY, -LargestStep, LargestStep);
            await turn.PointerAsync((byte)buttons, (ushort)(RelativeOrigin + stepX), (ushort)(RelativeOrigin + stepY));
            deltaX -= stepX;
            deltaY -= stepY;
        }
        while (deltaX != 0 || deltaY != 0);
    }

    private (int X, int Y) ClampToScreen(int x, int y)
    {
        var (width, height) = _screen.Size;
        return (Math.Clamp(x, 0, Math.Max(0, width - 1)), Math.Clamp(y, 0, Math.Max(0, height - 1)));
    }
}
