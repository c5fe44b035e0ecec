using System.Buffers.Binary;

namespace Preserve.Catalog.Characterisation;

/// <summary>Volume descriptors from sector 16 on (ECMA-119 8), the UDF recognition area after them (ECMA-167 2/9), the El Torito boot catalog.</summary>
internal static class OpticalDiscReader
{
    private const int FirstDescriptor = 16;
    private const int MostDescriptors = 48;
    private const int CatalogOffset = 71;

    /// <summary>Null where no descriptor is.</summary>
    public static OpticalDisc? Read(SectorReader reader)
    {
        var disc = new OpticalDisc { BytesPerSector = reader.HasRawDiscSectors ? 2352 : 2048 };
        for (var index = 0; index < MostDescriptors; index++)
        {
            var sector = reader.DiscSector(FirstDescriptor + index);
            var standard = SectorReader.Text(sector.AsSpan(1, 5));
            if (standard is "NSR02" or "NSR03")
            {
                disc = disc with { IsUdf = true };
            }
            else if (standard == "CD001")
            {
                disc = Add(disc, sector, reader);
            }
            else if (standard is not ("BEA01" or "TEA01" or "BOOT2"))
            {
                break;
            }
        }

        return disc.IsIso9660 || disc.IsUdf ? disc : null;
    }

    private static OpticalDisc Add(OpticalDisc disc, byte[] sector, SectorReader reader) => sector[0] switch
    {
        0 when SectorReader.Text(sector.AsSpan(7, 32)) == "EL TORITO SPECIFICATION" => disc with
        {
            BootEntries = BootCatalog(reader.DiscSector(BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(CatalogOffset)))),
        },
        1 when !disc.IsIso9660 => disc with
        {
            IsIso9660 = true,
            SystemId = SectorReader.Text(sector.AsSpan(8, 32)),
            VolumeId = SectorReader.Text(sector.AsSpan(40, 32)),
            Publisher = SectorReader.Text(sector.AsSpan(318, 128)),
            Application = SectorReader.Text(sector.AsSpan(574, 128)),
            Created = Date(SectorReader.Text(sector.AsSpan(813, 14))),
        },
        2 when sector[88] == 0x25 && sector[89] == 0x2F => disc with { HasJoliet = true },
        _ => disc,
    };

    private static string Date(string digits) => digits.Length == 14 && digits.All(char.IsAsciiDigit) && digits.Any(digit => digit != '0') ? digits : "";

    // El Torito 1.0, 2: a validation entry, the default entry, then sections with a header each.
    private static List<BootEntry> BootCatalog(ReadOnlySpan<byte> catalog)
    {
        var entries = new List<BootEntry>();
        if (catalog[0] != 1 || catalog[30] != 0x55 || catalog[31] != 0xAA)
        {
            return entries;
        }

        entries.Add(Entry(catalog[1], catalog.Slice(32, 32)));
        for (var at = 64; at + 32 <= catalog.Length && catalog[at] is 0x90 or 0x91; at += 32)
        {
            var (platform, isLast) = (catalog[at + 1], catalog[at] == 0x91);
            var count = BinaryPrimitives.ReadUInt16LittleEndian(catalog[(at + 2)..]);
            for (; count > 0 && at + 64 <= catalog.Length && entries.Count < MediumFacts.MostEntries; count--)
            {
                at += 32;
                entries.Add(Entry(platform, catalog.Slice(at, 32)));
            }

            if (isLast)
            {
                break;
            }
        }

        return entries;
    }

    private static BootEntry Entry(byte platform, ReadOnlySpan<byte> entry) =>
        new(platform, entry[0] == 0x88, (byte)(entry[1] & 0x0F), BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]));
}
