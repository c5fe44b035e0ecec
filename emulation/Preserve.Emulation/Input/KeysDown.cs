namespace Preserve.Emulation.Input;

/// <summary>Which keys are down, and with which keysym each went down. Not thread-safe.</summary>
internal sealed class KeysDown
{
    private readonly uint?[] _keysyms = new uint?[256];

    /// <summary>Notes the event and tells the keysym to send with it.</summary>
    /// <remarks>
    /// A key goes up with the keysym it went down with: Shift may have been released in between, and a server that
    /// knows keysyms only would keep the first one pressed for ever.
    /// </remarks>
    public uint Note(byte scancode, uint keysym, bool isDown)
    {
        if (isDown)
        {
            _keysyms[scancode] ??= keysym;
            return _keysyms[scancode]!.Value;
        }

        var pressed = _keysyms[scancode] ?? keysym;
        _keysyms[scancode] = null;
        return pressed;
    }

    /// <summary>A key that is down, or null when none is.</summary>
    public byte? Any()
    {
        var index = Array.FindIndex(_keysyms, keysym => keysym is not null);
        return index < 0 ? null : (byte)index;
    }
}
