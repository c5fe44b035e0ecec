using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Preserve.Catalog.Carriers;

/// <summary>Loose files that are to lie on a floppy disk or disc made for them, so that a machine can reach them. Immutable.</summary>
/// <param name="Kind"><see cref="Floppy"/> or <see cref="Disc"/>.</param>
/// <param name="Files">With names that are unique and safe: <see cref="CarrierNames"/>.</param>
public sealed record CarrierPlan(string Kind, IReadOnlyList<CarrierFile> Files)
{
    public const string Floppy = "floppy-1440K";
    public const string Disc = "optical";

    /// <summary>Files on a floppy disk: its root folder has 224 entries, and a long name takes up to five of them.</summary>
    private const int MostOnFloppy = 40;
    private const int MostOnDisc = 2_000;
    private const int FloppyCluster = 512;

    /// <summary>What FAT12 leaves of 2880 sectors, less a margin.</summary>
    private const long FloppyRoom = 2_840L * FloppyCluster;
    private const long DiscRoom = 4L << 30;

    /// <summary>What the medium is called that an accepted carrier becomes.</summary>
    public string MediumName => NameOf(Kind);

    /// <summary>Tells carriers apart: the same files under the same names make the same one.</summary>
    public string Key
    {
        get
        {
            var text = new StringBuilder("carrier/1\n").Append(Kind).Append('\n');
            foreach (var file in Files)
            {
                text.Append(CultureInfo.InvariantCulture, $"{file.Name}\t{file.Sha256}\t{file.LengthInBytes}\n");
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    public static string NameOf(string kind) => kind == Floppy ? "loose-files.img" : "loose-files.iso";

    /// <summary>Null where the files have no room on such a carrier, or there are none.</summary>
    /// <param name="kind"><see cref="Floppy"/> or <see cref="Disc"/>.</param>
    /// <param name="files">Under the names they have.</param>
    public static CarrierPlan? Of(string kind, IReadOnlyList<CarrierFile> files)
    {
        var (most, room, unit) = kind == Floppy ? (MostOnFloppy, FloppyRoom, FloppyCluster) : (MostOnDisc, DiscRoom, 2_048);
        var length = files.Sum(file => (file.LengthInBytes + unit - 1) / unit * unit);
        return files.Count is > 0 && files.Count <= most && length <= room
            ? new CarrierPlan(kind, CarrierNames.Unique(files))
            : null;
    }
}

/// <summary>A stored file that goes onto a carrier.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Sha256">Where its bytes are in storage.</param>
/// <param name="LengthInBytes">Its length.</param>
public sealed record CarrierFile(string Name, string Sha256, long LengthInBytes);
