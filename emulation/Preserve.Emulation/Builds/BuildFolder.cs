namespace Preserve.Emulation.Builds;

/// <summary>A folder that holds an emulator beside the distribution's: an unpacked package, an installation, or a build tree that was never installed.</summary>
/// <param name="Name">Its id among the builds, <c>[a-z0-9.-]{1,64}</c>, such as <c>qemu-10.0.2</c>.</param>
/// <param name="Engine">Which engine's emulator it is.</param>
/// <param name="Path">Absolute path of the folder.</param>
public sealed record BuildFolder(string Name, string Engine, string Path);
