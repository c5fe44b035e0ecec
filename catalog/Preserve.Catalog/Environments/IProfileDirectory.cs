namespace Preserve.Catalog.Environments;

/// <summary>The machine profiles that are installed. Implemented where the emulation's profile files are read. Safe for concurrent callers.</summary>
public interface IProfileDirectory
{
    /// <summary>The profile of this id in its newest version; null for an unknown one.</summary>
    CatalogProfile? Find(string id);

    /// <summary>The profile that stands for a machine named only by its type, such as (<c>i386</c>, <c>pc</c>); null when none does.</summary>
    CatalogProfile? ForMachine(string architecture, string machine);
}
