using System.Security.Cryptography;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Descriptions;

/// <summary>Objects as storage alone knows them.</summary>
internal sealed class StoredObjects(ObjectStorage storage)
{
    /// <summary>Every object of the catalog's kind, in order of its path.</summary>
    /// <exception cref="InvalidDataException">An object cannot be read; the message says which.</exception>
    public IEnumerable<StoredObject> Read()
    {
        foreach (var path in storage.Ocfl.ListObjects())
        {
            if (Find(path) is { } found)
            {
                yield return found;
            }
        }
    }

    private StoredObject? Find(string path)
    {
        var folder = Path.Combine(storage.Ocfl.Root, path);
        var inventory = Ocfl.Storage.OcflObjectReader.FindInventory(folder)!;
        if (ObjectStorage.ObjectId(inventory.Id) is not { } id)
        {
            return null;
        }

        var digest = inventory.Versions[inventory.Head].State.FirstOrDefault(pair => pair.Value.Contains(ObjectDescription.FileName)).Key
            ?? throw new InvalidDataException($"The object at {path} has no {ObjectDescription.FileName}.");
        var json = ReadDescription(Path.Combine(folder, inventory.Manifest[digest][0]), digest, path);
        var description = ObjectDescription.FromJson(json);
        return description.Id == id
            ? new StoredObject(path, description, Contents(folder, path, id, inventory))
            : throw new InvalidDataException($"The object at {path} describes itself as {description.Id}.");
    }

    private static byte[] ReadDescription(string file, string digest, string path)
    {
        if (new FileInfo(file).Length > ObjectDescription.MaximumLengthInBytes)
        {
            throw new InvalidDataException($"The description of the object at {path} is longer than {ObjectDescription.MaximumLengthInBytes} bytes.");
        }

        var json = File.ReadAllBytes(file);
        return Convert.ToHexStringLower(SHA512.HashData(json)) == digest
            ? json
            : throw new InvalidDataException($"The description of the object at {path} is not what was stored.");
    }

    // From the inventory, not from the bytes: those are compared by the fixity checks, which all are due then.
    private static List<ContentLocation> Contents(string folder, string path, string id, OcflInventory inventory)
    {
        var sha256 = inventory.Fixity.GetValueOrDefault(DigestNames.Sha256, []).SelectMany(pair => pair.Value.Select(one => (one, pair.Key))).ToDictionary(one => one.one, one => one.Key);
        return
        [
            .. from pair in inventory.Manifest
               from content in pair.Value
               where sha256.ContainsKey(content)
               let file = new FileInfo(Path.Combine(folder, content))
               select new ContentLocation
               {
                   ObjectId = id,
                   Path = $"{path}/{content}",
                   Sha256 = sha256[content],
                   Sha512 = pair.Key,
                   LengthInBytes = file.Exists ? file.Length : 0,
                   State = file.Exists ? ContentState.Sound : ContentState.Damaged,
                   Problem = file.Exists ? "" : "The file is missing.",
                   CheckedAt = 0,
               },
        ];
    }
}

/// <summary>One object in storage.</summary>
/// <param name="Path">Below the storage root.</param>
/// <param name="Description">Its newest one.</param>
/// <param name="Contents">Where its bytes lie.</param>
internal sealed record StoredObject(string Path, ObjectDescription Description, IReadOnlyList<ContentLocation> Contents);
