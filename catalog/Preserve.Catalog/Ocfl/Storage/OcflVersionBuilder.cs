using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Preserve.Catalog.Digests;
using Preserve.Catalog.Ocfl.Inventories;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Ocfl.Storage;

/// <summary>
/// Builds the next version of one object in a transaction's folder. Bytes that the object has already are not stored again, whatever
/// their name was; bytes of other objects are never referred to.
/// </summary>
internal sealed class OcflVersionBuilder
{
    private readonly OcflDraft _draft;
    private readonly OcflInventory _inventory;
    private readonly Dictionary<string, string> _state;
    private readonly Dictionary<string, OcflStagedFile> _content = new(StringComparer.Ordinal);

    /// <param name="draft">What is to be.</param>
    /// <param name="before">The object's inventory now; null for a new object.</param>
    public OcflVersionBuilder(OcflDraft draft, OcflInventory? before)
    {
        _draft = draft;
        _inventory = before ?? new OcflInventory { Id = draft.ObjectId };
        Number = OcflVersionName.TryParse(_inventory.Head) is { } head ? head.Number + 1 : 1;
        var last = before?.Versions[_inventory.Head].State ?? [];
        _state = last.SelectMany(pair => pair.Value.Select(path => (path, digest: pair.Key))).ToDictionary(one => one.path, one => one.digest, StringComparer.Ordinal);
        HasChanges = before is null;
        foreach (var (path, file) in draft.Changes)
        {
            Apply(path, file);
        }
    }

    public int Number { get; }

    /// <summary>False when the version would be the last one over again.</summary>
    public bool HasChanges { get; private set; }

    private string Name => OcflVersionName.Of(Number);

    /// <summary>Writes the version, whole and synced: of a new object the object itself, otherwise its version directory.</summary>
    /// <returns>Content paths of what is new, with what they hold.</returns>
    public IReadOnlyList<OcflPlacedContent> Build(string slot)
    {
        var version = Path.Combine(slot, Name);
        Directory.CreateDirectory(version);
        var placed = _content.Select(pair => MoveContent(slot, pair.Key, pair.Value)).ToList();
        AddVersion();
        var inventory = InventoryWriter.Write(_inventory);
        var sidecar = Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA512.HashData(inventory))} {OcflInventory.FileName}\n");
        WriteInventory(version, inventory, sidecar);
        if (Number == 1)
        {
            WriteInventory(slot, inventory, sidecar);
            var declaration = OcflRelease.OneOne.ObjectDeclaration();
            DurableFile.Write(Path.Combine(slot, $"0={declaration}"), Encoding.ASCII.GetBytes($"{declaration}\n"));
        }

        DurableFile.SyncTree(slot);
        return placed;
    }

    private void Apply(string path, OcflStagedFile? file)
    {
        if (file is null)
        {
            HasChanges |= _state.Remove(path);
            return;
        }

        if (PathRules.Logical.Check(path).Any())
        {
            throw new ArgumentException($"'{path}' is no logical path.", nameof(path));
        }

        HasChanges |= !(_state.TryGetValue(path, out var before) && before == file.Sha512);
        _state[path] = file.Sha512;
        if (!_inventory.Manifest.ContainsKey(file.Sha512))
        {
            var content = $"{Name}/{_inventory.ContentDirectory}/{path}";
            _inventory.Manifest[file.Sha512] = [content];
            Paths(DigestNames.Sha256, file.Sha256).Add(content);
            _content[content] = file;
        }
    }

    private List<string> Paths(string algorithm, string digest)
    {
        var block = _inventory.Fixity.TryGetValue(algorithm, out var known) ? known : _inventory.Fixity[algorithm] = new(StringComparer.Ordinal);
        return block.TryGetValue(digest, out var paths) ? paths : block[digest] = [];
    }

    private static OcflPlacedContent MoveContent(string slot, string contentPath, OcflStagedFile file)
    {
        var target = Path.Combine(slot, contentPath);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(file.Path, target);
        return new OcflPlacedContent(contentPath, file);
    }

    private void AddVersion()
    {
        var version = new OcflVersion
        {
            Created = _draft.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            Message = _draft.Message,
            UserName = _draft.UserName,
            UserAddress = _draft.UserAddress,
        };
        foreach (var (path, digest) in _state.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            (version.State.TryGetValue(digest, out var paths) ? paths : version.State[digest] = []).Add(path);
        }

        _inventory.Versions[Name] = version;
        _inventory.Head = Name;
    }

    private void WriteInventory(string folder, byte[] inventory, byte[] sidecar)
    {
        DurableFile.Write(Path.Combine(folder, OcflInventory.FileName), inventory);
        DurableFile.Write(Path.Combine(folder, _inventory.SidecarName), sidecar);
    }
}

/// <summary>Content that a version adds.</summary>
/// <param name="ContentPath">Below the object.</param>
/// <param name="File">What it was staged as.</param>
public sealed record OcflPlacedContent(string ContentPath, OcflStagedFile File);
