using Preserve.Emulation.Input;

namespace Preserve.Regression.Scenarios;

/// <summary>What is done on a machine after its boot, step by step. A text file; docs/night-watch.md tells its lines.</summary>
public sealed record Scenario(IReadOnlyList<ScenarioStep> Steps)
{
    /// <summary>Names of its checkpoints, each once, in order.</summary>
    public IReadOnlyList<string> Checkpoints => [.. Steps.OfType<CheckpointStep>().Select(step => step.Name)];
}

/// <summary>One line of a scenario.</summary>
/// <param name="Line">Number of the line, from 1.</param>
public abstract record ScenarioStep(int Line);

/// <summary>Waits until the screen rests.</summary>
public sealed record WaitToSettleStep(int Line, TimeSpan Within) : ScenarioStep(Line);

/// <summary>Waits until a text screen says this somewhere.</summary>
public sealed record WaitForTextStep(int Line, string Text, TimeSpan Within) : ScenarioStep(Line);

/// <summary>Waits until an accepted screen of a checkpoint is there.</summary>
public sealed record WaitForScreenStep(int Line, string Checkpoint, TimeSpan Within) : ScenarioStep(Line);

/// <summary>Types; a line feed is Enter.</summary>
public sealed record TypeStep(int Line, string Text) : ScenarioStep(Line);

/// <summary>Presses keys one after the other and lets them go in the other order.</summary>
public sealed record PressStep(int Line, IReadOnlyList<byte> Scancodes) : ScenarioStep(Line);

/// <summary>Moves the pointer, with the left button held where it drags.</summary>
/// <param name="Line">Number of the line.</param>
/// <param name="IsRelative">By a distance in mouse counts, for machines whose pointer is a mouse; else to a place in guest pixels.</param>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
/// <param name="IsDrag">Whether the left button is held.</param>
public sealed record MoveStep(int Line, bool IsRelative, int X, int Y, bool IsDrag) : ScenarioStep(Line);

/// <summary>Presses a button where the pointer is.</summary>
public sealed record ClickStep(int Line, PointerButtons Button) : ScenarioStep(Line);

/// <summary>Puts a medium in a bay, or empties it.</summary>
/// <param name="Line">Number of the line.</param>
/// <param name="Bay">Bay of the machine.</param>
/// <param name="Medium">Label or digest of a medium that belongs to the environment; null for none.</param>
public sealed record SwapStep(int Line, string Bay, string? Medium) : ScenarioStep(Line);

/// <summary>Compares the screen, once it rests, with what is accepted at this point.</summary>
public sealed record CheckpointStep(int Line, string Name) : ScenarioStep(Line);
