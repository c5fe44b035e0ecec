using Preserve.Emulation.Machines;

namespace Preserve.Workers.Machines;

/// <summary>An environment ready to start.</summary>
/// <param name="EnvironmentId">Where it came from.</param>
/// <param name="Title">What a visitor reads.</param>
/// <param name="Definition">What to start.</param>
/// <param name="Engine">Who starts it.</param>
/// <param name="Build">On which build.</param>
public sealed record BuiltMachine(string EnvironmentId, string Title, MachineDefinition Definition, IMachineEngine Engine, EmulatorBuild Build);

/// <summary>The answer of <see cref="EnvironmentBuilder"/>: a machine, or everything that is in its way.</summary>
/// <param name="Machine">Null when there are problems.</param>
/// <param name="Problems">One sentence each; empty when there is a machine.</param>
/// <param name="IsUnavailable">Whether the problem lies with this host (a missing emulator), not with the environment.</param>
public sealed record EnvironmentBuildResult(BuiltMachine? Machine, IReadOnlyList<string> Problems, bool IsUnavailable = false);
