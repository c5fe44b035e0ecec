namespace Preserve.Catalog.Search;

/// <summary>Architectures as people call them.</summary>
internal static class PlatformWords
{
    public static string Of(string architecture) => architecture switch
    {
        "i386" => "PC (x86)",
        "x86_64" => "PC (x86, 64 bit)",
        "ppc" => "PowerPC",
        "ppc64" => "PowerPC, 64 bit",
        "sparc" => "SPARC",
        "sparc64" => "SPARC, 64 bit",
        "arm" => "ARM",
        "aarch64" => "ARM, 64 bit",
        "m68k" => "Motorola 68000",
        "mips" or "mipsel" => "MIPS",
        _ => architecture,
    };
}
