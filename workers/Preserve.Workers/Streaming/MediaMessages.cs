using MessagePack;
using Preserve.Emulation.Machines;
using Preserve.Workers.Machines;

namespace Preserve.Workers.Streaming;

/// <summary>One bay in a <c>state</c> message.</summary>
[MessagePackObject]
public sealed record BayMessage
{
    [Key("id")]
    public required string Id { get; init; }

    [Key("title")]
    public required string Title { get; init; }

    [Key("kind")]
    public required string Kind { get; init; }

    [Key("removable")]
    public required bool Removable { get; init; }

    [Key("medium")]
    public string? Medium { get; init; }

    /// <summary>What is written on the medium inside; empty for none.</summary>
    [Key("label")]
    public string Label { get; init; } = "";

    /// <summary>Of floppies that it takes: <c>3.5</c> or <c>5.25</c>; null for what is no floppy drive.</summary>
    [Key("inches")]
    public string? Inches { get; init; }

    [Key("protected")]
    public bool IsProtected { get; init; }
}

/// <summary>One medium that can be put in a bay.</summary>
[MessagePackObject]
public sealed record ShelfMessage
{
    [Key("medium")]
    public required string Medium { get; init; }

    [Key("label")]
    public required string Label { get; init; }

    [Key("kind")]
    public required string Kind { get; init; }

    /// <summary>Why it does not go in a bay of its kind, by bay, in words.</summary>
    [Key("misfits")]
    public IReadOnlyDictionary<string, string> Misfits { get; init; } = new Dictionary<string, string>();
}

/// <summary>How much a guest has used a drive since the start.</summary>
[MessagePackObject]
public sealed record DriveMessage
{
    [Key("bay")]
    public required string Bay { get; init; }

    [Key("reads")]
    public required long Reads { get; init; }

    [Key("writes")]
    public required long Writes { get; init; }

    /// <summary>The lamp of a floppy drive.</summary>
    [Key("lit")]
    public required bool IsLit { get; init; }
}

/// <summary>Says what is in the bays of a machine and what could be.</summary>
internal static class MediaMessages
{
    public static BayMessage Of(DriveBay bay, IMachine machine)
    {
        var media = machine.Media;
        var medium = media is not null
            ? media.Current.GetValueOrDefault(bay.Id)
            : machine.Definition.Drives.FirstOrDefault(drive => drive.Bay == bay.Id)?.Medium;
        return new BayMessage
        {
            Id = bay.Id,
            Title = bay.Title,
            Kind = MediaWords.Word(bay.Kind),
            Removable = bay.Removable && media is not null,
            Medium = medium?.Sha256,
            Label = medium?.Label ?? "",
            Inches = media?.FloppyInches(bay.Id),
            IsProtected = media?.Protected.Contains(bay.Id) == true,
        };
    }

    /// <summary>What can be put into removable bays: the set, and blank disks that were made.</summary>
    public static IEnumerable<ShelfMessage> ShelfOf(IMachine machine) => machine.Media is not { } media ? [] : media.Loose.Select(medium => new ShelfMessage
    {
        Medium = medium.Sha256,
        Label = medium.Label,
        Kind = MediaWords.Word(medium.Kind),
        Misfits = Misfits(machine, media, medium),
    });

    private static Dictionary<string, string> Misfits(IMachine machine, IMediaBays media, MediumFile medium) =>
        machine.Definition.Profile.Bays.Where(bay => bay.Removable && bay.Kind == medium.Kind)
            .Select(bay => (bay.Id, Words: media.FindMisfit(bay.Id, medium)))
            .Where(one => one.Words is not null)
            .ToDictionary(one => one.Id, one => one.Words!);
}
