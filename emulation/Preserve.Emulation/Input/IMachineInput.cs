using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Input;

/// <summary>Keyboard and pointer of a running machine. Input is sent in the order of the calls.</summary>
public interface IMachineInput
{
    /// <summary>What the guest wants now; a guest may switch when its driver loads.</summary>
    PointerKind Pointer { get; }

    /// <summary>Raised when <see cref="Pointer"/> changes, on the display client's reader: must not block.</summary>
    event Action<PointerKind>? PointerChanged;

    /// <summary>Presses or releases a key.</summary>
    /// <param name="scancode">PC XT set 1 scancode; extended keys (E0 prefix) have 0x80 added, as QEMU's extended key event carries them: 1 to 255.</param>
    /// <param name="keysym">X11 keysym for the server's log and fallback; 0 where unknown.</param>
    /// <param name="isDown">Pressed, or released.</param>
    /// <param name="cancellationToken">Ends the wait for the socket.</param>
    Task KeyAsync(byte scancode, uint keysym, bool isDown, CancellationToken cancellationToken);

    /// <summary>Moves to a position in guest pixels and sets the buttons. For <see cref="PointerKind.Absolute"/>.</summary>
    Task PointAsync(int x, int y, PointerButtons buttons, CancellationToken cancellationToken);

    /// <summary>Moves by a distance in mouse counts and sets the buttons. For <see cref="PointerKind.Relative"/>.</summary>
    Task MoveAsync(int deltaX, int deltaY, PointerButtons buttons, CancellationToken cancellationToken);

    /// <summary>Releases every key and button that is down.</summary>
    Task ReleaseAllAsync(CancellationToken cancellationToken);
}

/// <summary>Pointer buttons as RFB carries them (RFC 6143 §7.5.5).</summary>
[Flags]
public enum PointerButtons
{
    None = 0,
    Left = 1,
    Middle = 2,
    Right = 4,
    WheelUp = 8,
    WheelDown = 16,
}
