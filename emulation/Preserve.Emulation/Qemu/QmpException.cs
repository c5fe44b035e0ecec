using System.Text.Json;

namespace Preserve.Emulation.Qemu;

/// <summary>A monitor command that failed: QEMU's own error in QEMU's words, or one of <see cref="Closed"/>, <see cref="TimedOut"/>, <see cref="Broken"/>.</summary>
public sealed class QmpException(string errorClass, string description, Exception? inner = null) : Exception(description, inner)
{
    /// <summary>The monitor went away before the reply.</summary>
    public const string Closed = "Closed";

    /// <summary>QEMU did not answer in time.</summary>
    public const string TimedOut = "TimedOut";

    /// <summary>What QEMU sent is not the protocol.</summary>
    public const string Broken = "Broken";

    /// <summary>QEMU's error class, such as GenericError, or one of ours.</summary>
    public string ErrorClass { get; } = errorClass;
}

/// <summary>An asynchronous event of the machine, such as RESET or SHUTDOWN.</summary>
/// <param name="Name">Its name in the protocol.</param>
/// <param name="Data">Its members; undefined where it has none.</param>
public readonly record struct QmpEvent(string Name, JsonElement Data);
