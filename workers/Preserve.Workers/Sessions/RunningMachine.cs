using Preserve.Emulation.Machines;
using Preserve.Workers.Machines;
using Preserve.Workers.Sound;
using Preserve.Workers.Streaming;
using Preserve.Workers.Text;
using Preserve.Workers.Typing;

namespace Preserve.Workers.Sessions;

/// <summary>One machine of a running session.</summary>
/// <param name="Channel">Its number in every message.</param>
/// <param name="Built">What it was made from.</param>
/// <param name="Machine">The machine itself, owned by the session.</param>
/// <param name="Stream">Its screen on the way to viewers.</param>
/// <param name="Text">Its text for all who read it; null where nobody can. Owned by the session.</param>
/// <param name="Typing">What types on it. Owned by the session.</param>
internal sealed record RunningMachine(
    int Channel, BuiltMachine Built, IMachine Machine, ScreenStream Stream, SharedText? Text, MachineTyping Typing)
{
    /// <summary>What it plays, for who listens; null for a silent machine.</summary>
    public SoundCast? Sound { get; } = Machine.Sound is { } sound ? new SoundCast(sound) : null;

    public static RunningMachine Of(int channel, BuiltMachine built, IMachine machine, TimeProvider time) => new(
        channel,
        built,
        machine,
        new ScreenStream(machine.Screen, time),
        machine.Text is { } text ? new SharedText(text, machine.Screen, time) : null,
        new MachineTyping(machine, time));
}
