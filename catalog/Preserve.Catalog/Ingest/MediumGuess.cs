namespace Preserve.Catalog.Ingest;

/// <summary>What a file in quarantine probably is, by its name and length alone: a first value for a form, which the curator corrects.</summary>
public static class MediumGuess
{
    public static string Kind(string name, long lengthInBytes) => (Extension(name), lengthInBytes) switch
    {
        (_, 1_474_560) => "floppy-1440K",
        (_, 737_280) => "floppy-720K",
        (_, 1_228_800) => "floppy-1200K",
        (_, 368_640) => "floppy-360K",
        (".iso" or ".cue" or ".bin" or ".ccd" or ".sub" or ".mdf" or ".mds" or ".nrg" or ".chd", _) => "optical",
        (".rom", _) => "rom",
        (".imd" or ".td0" or ".hfe" or ".scp" or ".woz" or ".d64" or ".adf" or ".raw" or ".ima" or ".flp", _) => "floppy-1440K",
        (".img" or ".hdd" or ".qcow2" or ".vmdk" or ".vhd" or ".vdi" or ".e01", _) => "harddisk",
        _ => "files",
    };

    public static string Format(string name) => Extension(name) switch
    {
        ".iso" or ".img" or ".ima" or ".flp" or ".hdd" or ".rom" or ".dsk" => "raw",
        ".qcow2" or ".vmdk" or ".vhd" or ".vdi" or ".imd" or ".td0" or ".hfe" or ".scp" or ".woz" or ".d64" or ".adf" or ".chd" or ".aff" or ".zip" => Extension(name)[1..],
        ".cue" or ".bin" => "bin-cue",
        ".ccd" or ".sub" => "ccd",
        ".gz" => "gzip",
        ".xz" => "xz",
        ['.', 'e', var tens, var ones] when char.IsAsciiDigit(tens) && char.IsAsciiDigit(ones) => "e01",
        _ => "other",
    };

    /// <summary>What the carrier is called: files that only make sense together (CUE and BIN, the parts of an E01) get the name of the first.</summary>
    public static string MediumName(Upload upload, IEnumerable<Upload> others)
    {
        if (Format(upload.Name) == "raw" && !others.Any(other => Extension(other.Name) == ".ccd" && Stem(other.Name) == Stem(upload.Name)))
        {
            return upload.Name;
        }

        return others.Where(other => Stem(other.Name) == Stem(upload.Name) && Extension(other.Name) is (".cue" or ".ccd" or ".e01"))
            .Select(other => other.Name).FirstOrDefault(upload.Name);
    }

    private static string Extension(string name) => Path.GetExtension(name).ToLowerInvariant();

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name).ToLowerInvariant();
}
