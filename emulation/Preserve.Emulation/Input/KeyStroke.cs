namespace Preserve.Emulation.Input;

/// <summary>Keys that are pressed one after the other while others are held.</summary>
/// <param name="Held">Held meanwhile.</param>
/// <param name="Keys">PC XT set 1 scancodes as <see cref="IMachineInput.KeyAsync"/> takes them; nearly always one.</param>
public sealed record KeyStroke(HeldKeys Held, IReadOnlyList<byte> Keys)
{
    private const byte LeftShift = 0x2A;
    private const byte LeftAlt = 0x38;
    private const byte RightAlt = 0xB8;

    internal IEnumerable<byte> HeldScancodes
    {
        get
        {
            if (Held.HasFlag(HeldKeys.Shift))
            {
                yield return LeftShift;
            }

            if (Held.HasFlag(HeldKeys.AltGr))
            {
                yield return RightAlt;
            }

            if (Held.HasFlag(HeldKeys.Alt))
            {
                yield return LeftAlt;
            }
        }
    }
}

/// <summary>Keys that change what another one means.</summary>
[Flags]
public enum HeldKeys
{
    None = 0,
    Shift = 1,

    /// <summary>The right Alt key of keyboards with a third character on some keys.</summary>
    AltGr = 2,

    /// <summary>The left Alt key.</summary>
    Alt = 4,
}
