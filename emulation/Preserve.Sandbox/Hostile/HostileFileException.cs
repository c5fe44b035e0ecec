namespace Preserve.Sandbox.Hostile;

/// <summary>Something that a sandboxed program left behind is not what it should be. Nothing of it was used.</summary>
public sealed class HostileFileException(string message) : Exception(message);
