namespace Preserve.Emulation.Qemu;

/// <summary>Machines on QEMU.</summary>
public sealed class QemuEngine
{
    /// <summary>Name that profiles refer to.</summary>
    public const string EngineId = "qemu";
}
