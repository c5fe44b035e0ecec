using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Storage;

/// <summary>
/// Gives accepted versions their place. Every step is one rename, and all of them can be done again from any point: a new object
/// appears whole, with the folders above it; a new version appears first as its directory, then in the root inventory, then in its
/// sidecar. In between the root inventory is always a whole one.
/// </summary>
internal static class OcflPlacing
{
    private const string Placed = "placed";
    private const string Replaced = "replaced";

    /// <summary>Call with the writers' lock held.</summary>
    public static void Place(OcflStorage storage, OcflJournalEntry entry)
    {
        var folder = Path.Combine(OcflTransaction.WritersFolder(storage.WorkFolder), entry.Folder);
        foreach (var version in entry.Versions)
        {
            var staged = Path.Combine(folder, version.Slot);
            if (version.Replaces)
            {
                ReplaceObject(Path.Combine(storage.Root, version.Path), staged);
            }
            else if (version.Version == 1)
            {
                PlaceObject(storage.Root, version.Path, staged);
            }
            else
            {
                PlaceVersion(Path.Combine(storage.Root, version.Path), OcflVersionName.Of(version.Version), staged);
            }
        }
    }

    // What was there moves into the writer's folder, which is deleted as a whole once the transaction is over, also after a kill. The staged
    // object is gone from its place only when all of this is done.
    private static void ReplaceObject(string target, string staged)
    {
        if (!Directory.Exists(staged))
        {
            return;
        }

        if (Directory.Exists(target))
        {
            DurableFile.Move(target, $"{staged}.{Replaced}");
        }

        DurableFile.CreateFolder(Path.GetDirectoryName(target)!);
        DurableFile.Move(staged, target);
    }

    private static void PlaceObject(string root, string path, string staged)
    {
        if (Directory.Exists(Path.Combine(root, path)))
        {
            return;
        }

        // The folders that are missing come with the object, for an empty one must not be seen (E073).
        var parts = path.Split('/');
        var there = 0;
        while (Directory.Exists(Path.Combine(root, string.Join('/', parts[..(there + 1)]))))
        {
            there++;
        }

        var top = Path.Combine(root, string.Join('/', parts[..(there + 1)]));
        DurableFile.Move(Enclose(staged, parts[(there + 1)..]), top);
    }

    /// <summary>The object as the innermost of new folders; itself where none is missing.</summary>
    private static string Enclose(string staged, string[] parts)
    {
        if (parts.Length == 0)
        {
            return staged;
        }

        var enclosing = $"{staged}.{Placed}";
        var inner = Path.Combine([enclosing, .. parts]);
        if (!Directory.Exists(inner))
        {
            DurableFile.CreateFolder(Path.GetDirectoryName(inner)!);
            DurableFile.Move(staged, inner);
        }

        return enclosing;
    }

    private static void PlaceVersion(string objectFolder, string version, string staged)
    {
        var target = Path.Combine(objectFolder, version);
        if (!Directory.Exists(target))
        {
            DurableFile.Move(Path.Combine(staged, version), target);
        }

        CopyOver(target, objectFolder, OcflInventory.FileName, staged);
        CopyOver(target, objectFolder, new OcflInventory().SidecarName, staged);
    }

    private static void CopyOver(string from, string to, string name, string scratch)
    {
        var content = File.ReadAllBytes(Path.Combine(from, name));
        var target = Path.Combine(to, name);
        if (File.Exists(target) && File.ReadAllBytes(target).AsSpan().SequenceEqual(content))
        {
            return;
        }

        Directory.CreateDirectory(scratch);
        var copy = Path.Combine(scratch, name);
        File.Delete(copy);
        DurableFile.Write(copy, content);
        DurableFile.Move(copy, target);
    }
}
