using Preserve.Emulation.Display;
using Preserve.Emulation.Input;

namespace Preserve.Emulation.Machines;

/// <summary>A running machine. Disposing ends it by force and waits until no process is left. Safe for concurrent callers.</summary>
public interface IMachine : IAsyncDisposable
{
    MachineDefinition Definition { get; }

    Framebuffer Screen { get; }

    IMachineInput Input { get; }

    /// <summary>Null where the engine cannot change media while running.</summary>
    IMediaBays? Media { get; }

    /// <summary>Null where the machine has no sound.</summary>
    IMachineSound? Sound { get; }

    /// <summary>Null where the machine has no parallel port.</summary>
    IMachinePrinter? Printer { get; }

    /// <summary>Null where the screen has no text that could be read.</summary>
    IMachineText? Text { get; }

    /// <summary>Null where nobody can tell which keys the guest has taken.</summary>
    IMachineKeyBuffer? KeyBuffer { get; }

    /// <summary>Null where the engine cannot pause or save.</summary>
    IMachineState? State { get; }

    /// <summary>Null where the engine cannot be watched from beside the display.</summary>
    IMachineWatch? Watch { get; }

    /// <summary>Completes, never faults, when the machine has ended for whatever reason and no process of it is left.</summary>
    Task<MachineExit> Completion { get; }

    /// <summary>Asks the emulator to quit, then kills it after <paramref name="grace"/>. Returns when it is gone.</summary>
    Task<MachineExit> EndAsync(TimeSpan grace, CancellationToken cancellationToken);

    /// <summary>Presses the reset button.</summary>
    Task ResetAsync(CancellationToken cancellationToken);
}

/// <summary>How a machine ended.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Message">In words, with the emulator's own last lines where it failed.</param>
public sealed record MachineExit(MachineEndCause Cause, string Message);

/// <summary>Why a machine ended.</summary>
public enum MachineEndCause
{
    /// <summary>We ended it.</summary>
    Ended,

    /// <summary>The guest switched itself off.</summary>
    PoweredOff,

    /// <summary>The emulator ended by itself, was killed, or broke a bound.</summary>
    Crashed,
}

/// <summary>Media in the bays of a running machine.</summary>
public interface IMediaBays
{
    /// <summary>Bay to what is in it now; null for an empty bay.</summary>
    IReadOnlyDictionary<string, MediumFile?> Current { get; }

    /// <summary>Puts a medium of the definition's drives or shelf in a removable bay, or empties it with null.</summary>
    /// <exception cref="MachineException">No such bay, not removable, the medium is not on the shelf or does not fit.</exception>
    Task ChangeAsync(string bay, string? sha256, CancellationToken cancellationToken);

    /// <summary>Everything that may be put in removable bays, blank disks made since the start included, in the order of the set.</summary>
    IReadOnlyList<MediumFile> Loose { get; }

    /// <summary>Why a medium does not go in a bay, in words; null when it fits.</summary>
    string? FindMisfit(string bay, MediumFile medium);

    /// <summary>The size of floppies that a bay takes, in inches: <c>3.5</c> or <c>5.25</c>; null for what is no floppy drive.</summary>
    string? FloppyInches(string bay);

    /// <summary>Removable bays whose medium is write-protected now.</summary>
    IReadOnlySet<string> Protected { get; }

    /// <summary>Sets or clears the write protection of the floppy in a bay; the drive sees it taken out and put in again. It stays with the floppy.</summary>
    /// <exception cref="MachineException">No floppy is in that bay.</exception>
    Task ProtectAsync(string bay, bool isProtected, CancellationToken cancellationToken);

    /// <summary>Puts a new, empty floppy in a bay: formatted where the machine is a PC. It lives as long as the machine.</summary>
    /// <exception cref="MachineException">No floppy drive, or no more blanks are to be had.</exception>
    Task InsertBlankAsync(string bay, CancellationToken cancellationToken);

    /// <summary>What the guest has read and written since the start, by bay. Costs one question to the emulator: asked only while somebody looks.</summary>
    /// <exception cref="MachineException">The machine has ended.</exception>
    Task<IReadOnlyDictionary<string, DriveActivity>> ReadActivityAsync(CancellationToken cancellationToken);
}

/// <summary>How much a guest has used a drive since the start.</summary>
/// <param name="Reads">Reading accesses.</param>
/// <param name="Writes">Writing accesses.</param>
/// <param name="IsLit">Whether the lamp of a floppy drive is on at this moment: its motor runs.</param>
public sealed record DriveActivity(long Reads, long Writes, bool IsLit = false);

/// <summary>Characters of a text screen.</summary>
public interface IMachineText
{
    /// <summary>The text screen, or null when the machine is not in a text mode that agrees with its picture.</summary>
    Task<TextScreen?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The text of a picture that <see cref="IMachineWatch.CaptureAsync"/> has just given; null where it has none, or has changed meanwhile.</summary>
    Task<TextScreen?> ReadAsync(FrameCopy picture, CancellationToken cancellationToken);
}

/// <summary>A text screen: rows of equal length in Unicode.</summary>
public sealed record TextScreen(int Columns, int Rows, IReadOnlyList<string> Lines, int? CursorColumn, int? CursorRow);

/// <summary>The keys that the guest has taken from the keyboard and that no program has read yet.</summary>
public interface IMachineKeyBuffer
{
    /// <summary>How it stands, or null when the guest keeps no such buffer. One that is not in use any more never changes.</summary>
    /// <exception cref="MachineException">It could not be looked at.</exception>
    Task<KeyBufferState?> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>How a key buffer stands.</summary>
/// <param name="Waiting">Keys in it, 0 to 15.</param>
/// <param name="Position">Where the next key goes: another place whenever one has come.</param>
public sealed record KeyBufferState(int Waiting, int Position);

/// <summary>Pausing and saving a machine.</summary>
public interface IMachineState
{
    Task PauseAsync(CancellationToken cancellationToken);

    Task ResumeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Pauses the machine and writes what it is at this moment into a folder: its memory and devices, and its overlays. It stays paused.
    /// </summary>
    /// <param name="folder">An empty folder, outside of what the machine can reach.</param>
    /// <param name="cancellationToken">Ends the attempt; the folder is then of no use.</param>
    /// <exception cref="MachineException">The machine cannot be saved, or broke off.</exception>
    Task SaveAsync(string folder, CancellationToken cancellationToken);
}

/// <summary>Sound of a machine as it is made.</summary>
public interface IMachineSound
{
    /// <summary>Signed 16-bit little-endian stereo at <see cref="SampleRate"/>. Called on the display client's reader: must not block.</summary>
    event Action<ReadOnlyMemory<byte>>? Samples;

    /// <summary>No card plays any more: what comes next does not follow on what came last. Called like <see cref="Samples"/>.</summary>
    event Action? FellSilent;

    int SampleRate { get; }

    /// <summary>Sound is only produced while somebody listens.</summary>
    Task SetListeningAsync(bool listening, CancellationToken cancellationToken);
}

/// <summary>Looks at a machine without taking part, and without waiting for its display's own rhythm: for boots that nobody sees.</summary>
public interface IMachineWatch
{
    /// <summary>What is on the screen now; the caller owns it.</summary>
    /// <exception cref="MachineException">The machine has ended or gave no picture.</exception>
    Task<FrameCopy> CaptureAsync(CancellationToken cancellationToken);

    /// <summary>Instructions that the guest has executed; null where they are not counted, which they are in virtual time only.</summary>
    /// <exception cref="MachineException">The machine has ended.</exception>
    Task<long?> CountInstructionsAsync(CancellationToken cancellationToken);

    /// <summary>Whether the processor has stopped for good: halted, and deaf to interrupts. False where that cannot be told.</summary>
    /// <exception cref="MachineException">The machine has ended.</exception>
    Task<bool> IsHaltedAsync(CancellationToken cancellationToken);

    /// <summary>How often the guest has restarted the machine.</summary>
    int Restarts { get; }
}

/// <summary>A machine could not be started or broke a command, with the facts.</summary>
public sealed class MachineException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The emulator's exit code, where it has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The emulator's last words on standard error.</summary>
    public string StandardError { get; init; } = "";

    public IReadOnlyList<string> Arguments { get; init; } = [];
}
