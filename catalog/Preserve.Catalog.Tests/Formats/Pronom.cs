using Preserve.Catalog.Formats;
using Preserve.Catalog.Formats.Signatures;

namespace Preserve.Catalog.Tests.Formats;

/// <summary>The signature files beside the checkout, where there are some.</summary>
internal static class Pronom
{
    private static readonly Lazy<FormatIdentifier?> s_identifier = new(Load);

    public static FormatIdentifier Require()
    {
        Assert.SkipWhen(s_identifier.Value is null, "There is no shared/pronom beside the checkout; PRESERVE_SHARED can name its parent.");
        return s_identifier.Value!;
    }

    /// <summary>Folder of the signature files; null where there is none.</summary>
    public static string? Folder => Candidates().FirstOrDefault(Directory.Exists);

    public static string SignatureFile => Path.Combine(Folder!, "DROID_SignatureFile_V122.xml");

    public static string ContainerFile => Path.Combine(Folder!, "container-signature-20260119.xml");

    private static FormatIdentifier? Load()
    {
        if (Folder is null)
        {
            return null;
        }

        using var signatures = File.OpenRead(SignatureFile);
        using var containers = File.OpenRead(ContainerFile);
        return new FormatIdentifier(Preserve.Catalog.Formats.Signatures.SignatureFile.Read(signatures), ContainerSignatures.Read(containers));
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("PRESERVE_SHARED") is { Length: > 0 } shared)
        {
            yield return Path.Combine(shared, "pronom");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "shared", "pronom");
        }
    }
}
