using Preserve.Emulation.Builds;

namespace Preserve.Emulation.Machines;

/// <summary>One installed version of an emulator.</summary>
/// <param name="Id">Such as <c>qemu-7.2.22</c>.</param>
/// <param name="Engine"><see cref="IMachineEngine.Id"/>.</param>
/// <param name="Version">The emulator's own version.</param>
/// <param name="Programs">Architecture to program.</param>
/// <param name="FirmwareFolders">Folders the emulator reads firmware from, the first that has a file wins.</param>
public sealed record EmulatorBuild(
    string Id,
    string Engine,
    string Version,
    IReadOnlyDictionary<string, EmulatorProgram> Programs,
    IReadOnlyList<string> FirmwareFolders)
{
    /// <summary>SHA-256, hexadecimal, over the names and digests of all firmware files.</summary>
    public string FirmwareSha256 { get; init; } = "";

    /// <summary>True for one that lies in a folder of its own beside the distribution's, which must be told where its parts are.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>Folders of libraries that only this build uses; found before the system's.</summary>
    public IReadOnlyList<string> LibraryFolders { get; init; } = [];

    /// <summary>Folder of parts that this build loads when it needs them; null for none or the default.</summary>
    public string? ModuleFolder { get; init; }

    /// <summary>Whether this build still has a versioned machine type. A build drops old ones, which is no fault of the image.</summary>
    public bool HasMachineType(string architecture, string machineType) =>
        Programs.TryGetValue(architecture, out var program) && program.MachineTypes.Contains(machineType);

    /// <summary>The same emulator with the firmware of another, to tell which of the two made a difference.</summary>
    /// <param name="folder">Folder with the firmware; the build's own is used for what is not in it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<EmulatorBuild> WithFirmwareAsync(string folder, CancellationToken cancellationToken)
    {
        string[] folders = [folder, .. FirmwareFolders];
        return this with
        {
            Id = $"{Id}+firmware",
            FirmwareFolders = folders,
            FirmwareSha256 = await FirmwareDigest.OfAsync(folders, cancellationToken),
            IsRegistered = true,
        };
    }
}

/// <summary>The program for one architecture.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Sha256">Digest of its bytes, hexadecimal.</param>
public sealed record EmulatorProgram(string Path, string Sha256)
{
    /// <summary>Machine types it can build, aliases too.</summary>
    public IReadOnlySet<string> MachineTypes { get; init; } = new HashSet<string>();
}

/// <summary>A folder that was named as a build of an emulator is none, or cannot be registered.</summary>
public sealed class EmulatorBuildException(string message, Exception? inner = null) : Exception(message, inner);
