using Preserve.Emulation.Machines;
using Preserve.Regression.Settling;

namespace Preserve.Regression.Booting;

/// <summary>One screen of a boot that had come to rest.</summary>
/// <param name="Picture">The picture that stands for it.</param>
/// <param name="Pictures">All pictures that took turns, longest shown first.</param>
/// <param name="Text">What it said, where it was a text screen.</param>
/// <param name="At">Wall time since the start.</param>
/// <param name="Instructions">Instructions executed until then; null where they are not counted.</param>
public sealed record FilmFrame(Picture Picture, IReadOnlyList<Picture> Pictures, TextScreen? Text, TimeSpan At, long? Instructions);

/// <summary>In which time a guest ran.</summary>
/// <param name="VirtualTimeShift">Each instruction takes 2^shift ns and nothing is waited for; null for real time.</param>
public readonly record struct BootMode(int? VirtualTimeShift)
{
    public static BootMode RealTime => new(null);

    /// <summary>Time of the guest for so many instructions, without what it skipped by not waiting; null in real time.</summary>
    public TimeSpan? VirtualTime(long? instructions) =>
        VirtualTimeShift is { } shift && instructions is { } count ? TimeSpan.FromTicks((count << shift) / 100) : null;

    public override string ToString() => VirtualTimeShift is { } shift ? $"virtual time, N = {shift}" : "real time";
}
