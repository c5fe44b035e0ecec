using Preserve.Emulation.Machines;
using Preserve.Workers.Machines;
using Preserve.Workers.Sound;
using Preserve.Workers.Streaming;

namespace Preserve.Workers.Sessions;

/// <summary>One machine of a running session.</summary>
/// <param name="Channel">Its number in every message.</param>
/// <param name="Built">What it was made from.</param>
/// <param name="Machine">The machine itself, owned by the session.</param>
/// <param name="Stream">Its screen on the way to viewers.</param>
internal sealed record RunningMachine(int Channel, BuiltMachine Built, IMachine Machine, ScreenStream Stream)
{
    /// <summary>What it plays, for who listens; null for a silent machine.</summary>
    public SoundCast? Sound { get; } = Machine.Sound is { } sound ? new SoundCast(sound) : null;
}
