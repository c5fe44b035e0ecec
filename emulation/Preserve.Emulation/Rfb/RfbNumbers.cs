namespace Preserve.Emulation.Rfb;

/// <summary>First byte of a message to the server (RFC 6143 §7.5).</summary>
internal enum RfbClientMessage : byte
{
    SetPixelFormat = 0,
    SetEncodings = 2,
    FramebufferUpdateRequest = 3,
    KeyEvent = 4,
    PointerEvent = 5,
    Qemu = 255,
}

/// <summary>First byte of a message from the server (RFC 6143 §7.6).</summary>
internal enum RfbServerMessage : byte
{
    FramebufferUpdate = 0,
    SetColourMapEntries = 1,
    Bell = 2,
    ServerCutText = 3,
    Qemu = 255,
}

/// <summary>What a rectangle of an update holds (RFC 6143 §7.7, §7.8; the negative ones are announcements without pixels or with a cursor's).</summary>
internal enum RfbEncoding
{
    Raw = 0,
    CopyRect = 1,
    DesktopSize = -223,
    LastRect = -224,
    RichCursor = -239,

    /// <summary>QEMU: x is 1 when the guest wants positions, 0 when it wants movement.</summary>
    PointerMotionChange = -257,

    /// <summary>QEMU: the server understands <see cref="QemuClientMessage.ExtendedKeyEvent"/>.</summary>
    QemuExtendedKeyEvent = -258,

    /// <summary>QEMU: the server understands <see cref="QemuClientMessage.Audio"/>.</summary>
    QemuAudio = -259,
}

/// <summary>Second byte of <see cref="RfbClientMessage.Qemu"/>.</summary>
internal enum QemuClientMessage : byte
{
    ExtendedKeyEvent = 0,
    Audio = 1,
}

/// <summary>Operation of an audio message to the server.</summary>
internal enum QemuAudioRequest : ushort
{
    Enable = 0,
    Disable = 1,
    SetFormat = 2,
}

/// <summary>Operation of an audio message from the server.</summary>
internal enum QemuAudioEvent : ushort
{
    End = 0,
    Begin = 1,
    Data = 2,
}

/// <summary>Sample formats of <see cref="QemuAudioRequest.SetFormat"/>.</summary>
internal enum QemuSampleFormat : byte
{
    Signed16 = 3,
}

/// <summary>Ways to prove who one is (RFC 6143 §7.1.2). The socket's folder is the guard; no other type is offered to us.</summary>
internal enum RfbSecurityType : byte
{
    None = 1,
}
