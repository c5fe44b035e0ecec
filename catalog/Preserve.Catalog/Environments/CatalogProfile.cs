namespace Preserve.Catalog.Environments;

/// <summary>A machine profile as the catalog knows it: enough to check an environment against. The engine reads <see cref="Document"/>.</summary>
public sealed class CatalogProfile
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; set; }

    public string Description { get; set; } = "";

    public required string Engine { get; set; }

    public required string Architecture { get; set; }

    public required string MachineType { get; set; }

    public required int DefaultMemoryMiB { get; set; }

    public required int MinimumMemoryMiB { get; set; }

    public required int MaximumMemoryMiB { get; set; }

    /// <summary>Bay id to kind (floppy, harddisk, optical, kernel, ramdisk, sdcard).</summary>
    public Dictionary<string, string> Bays { get; set; } = [];

    /// <summary>Ways to boot: floppy, disk, optical, kernel, firmware.</summary>
    public List<string> Boot { get; set; } = [];

    /// <summary>The whole profile as JSON.</summary>
    public required string Document { get; set; }
}
