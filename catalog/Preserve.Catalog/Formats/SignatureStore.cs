using System.Text;
using Preserve.Catalog.Probing;

namespace Preserve.Catalog.Formats;

/// <summary>The signature files of this data folder: <c>signatures/droid.xml</c> and <c>signatures/containers.xml</c>, where somebody has given some.</summary>
public sealed class SignatureStore(CatalogOptions options, Probe probe)
{
    private const long MaximumLength = 64L * 1024 * 1024;
    private const int RootLooksLength = 4096;
    private const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode EnteredByAll = ReadByAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private string Folder => Path.Combine(options.DataFolder, "signatures");

    private string Formats => Path.Combine(Folder, "droid.xml");

    private string Containers => Path.Combine(Folder, "containers.xml");

    /// <summary>What is there now.</summary>
    public SignatureFiles Current => new(File.Exists(Formats) ? Formats : null, File.Exists(Containers) ? Containers : null);

    /// <summary>Takes a DROID signature file or a container signature file, in place of the one before. It is read in the sandbox first.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Changes nothing.</param>
    /// <returns>The version of all signatures in use from now on.</returns>
    /// <exception cref="SignatureFileRefusedException">It is neither, or cannot be used.</exception>
    public async Task<string> AddAsync(string path, CancellationToken cancellationToken)
    {
        var target = await TargetAsync(path, cancellationToken);
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, EnteredByAll);
        var arriving = target + ".new";
        try
        {
            File.Copy(path, arriving, overwrite: true);
            File.SetUnixFileMode(arriving, ReadByAll);
            var all = target == Formats ? Current with { Formats = arriving } : Current with { Containers = arriving };
            var results = await probe.LookAsync([new ProbeFile(arriving, "signatures.xml")], all, isBackground: false, cancellationToken);
            if (results is not [{ Problem: "" } result])
            {
                throw new SignatureFileRefusedException(results[0].Problem);
            }

            File.Move(arriving, target, overwrite: true);
            return result.Identification.SignatureVersion;
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    private async Task<string> TargetAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        if (stream.Length > MaximumLength)
        {
            throw new SignatureFileRefusedException($"{path} has {stream.Length} bytes; a signature file has at most {MaximumLength}.");
        }

        var beginning = new byte[RootLooksLength];
        var length = await stream.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        var text = Encoding.UTF8.GetString(beginning, 0, length);
        return text.Contains("<FFSignatureFile", StringComparison.Ordinal) ? Formats
            : text.Contains("<ContainerSignatureMapping", StringComparison.Ordinal) ? Containers
            : throw new SignatureFileRefusedException(
                $"{path} is neither a DROID signature file (FFSignatureFile) nor a container signature file (ContainerSignatureMapping).");
    }
}
