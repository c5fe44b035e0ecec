namespace Preserve.Catalog.Formats.Containers;

/// <summary>Files inside a file. Reads no more than its bounds allow, whatever the container says about itself.</summary>
internal interface IContainer
{
    /// <summary>Whether a file of exactly this name is there.</summary>
    bool Contains(string path);

    /// <summary>The first bytes of a file that is there, at most <see cref="ContainerBounds.LongestRead"/>.</summary>
    /// <exception cref="InvalidDataException">The container is damaged, or asks for more than its bounds.</exception>
    byte[] Read(string path);
}

/// <summary>What looking into a container may take.</summary>
internal static class ContainerBounds
{
    /// <summary>Bytes read of one file inside.</summary>
    public const int LongestRead = 1024 * 1024;

    /// <summary>Bytes read of all files inside together.</summary>
    public const int LongestTotal = 64 * 1024 * 1024;

    /// <summary>Files inside that are considered.</summary>
    public const int MostFiles = 65_535;
}
