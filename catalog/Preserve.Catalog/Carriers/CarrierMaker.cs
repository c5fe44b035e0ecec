using Preserve.Catalog.Characterisation;
using Preserve.Catalog.Storage;
using Preserve.Sandbox;
using Preserve.Sandbox.Hostile;
using Preserve.Sandbox.Tools;

namespace Preserve.Catalog.Carriers;

/// <summary>Writes stored files onto a floppy disk (mtools) or disc (genisoimage) image, in the sandbox: what is in them is nobody's business here.</summary>
internal sealed class CarrierMaker(ISandbox sandbox, IContentStore content)
{
    private const string Output = "/made";
    private const string Image = "carrier.img";
    private const string Input = "/input";
    private const string Label = "FILES";

    private static readonly ToolLimits s_limits = new() { Timeout = TimeSpan.FromMinutes(10), OutputLengthInBytes = 64 * 1024 };

    /// <summary>Hands the image to somebody who copies it; afterwards it is gone.</summary>
    /// <param name="plan">What goes onto it.</param>
    /// <param name="folder">To make it in; must not be there, and is not afterwards.</param>
    /// <param name="keep">Copies the image.</param>
    /// <param name="cancellationToken">Leaves nothing.</param>
    /// <exception cref="CarrierException">A file is not there, or a tool did not do it; in words.</exception>
    /// <exception cref="SandboxException">The sandbox could not be made.</exception>
    public async Task<T> MakeAsync<T>(CarrierPlan plan, string folder, Func<Stream, Task<T>> keep, CancellationToken cancellationToken)
    {
        var mounts = plan.Files.Select(Mount).ToList();
        var longest = LongestInBytes(plan);
        sandbox.CreatePrivateFolder(folder);
        try
        {
            foreach (var (program, arguments) in Commands(plan))
            {
                var spec = new SandboxSpec
                {
                    Name = Path.GetFileName(program),
                    Program = program,
                    Arguments = arguments,
                    Environment = ToolBounds.Environment,
                    ReadOnlyMounts = mounts,
                    PrivateFolder = new SandboxMount(folder, Output),
                    Bounds = ToolBounds.Reading with { ProcessorTime = TimeSpan.FromMinutes(5), FileLengthInBytes = longest, PrivateFolderLengthInBytes = longest + (1 << 20) },
                    Filter = SandboxFilter.Ours,
                };
                var result = await sandbox.RunAsync(spec, s_limits, null, cancellationToken);
                if (!result.IsSuccess)
                {
                    throw new CarrierException($"The files could not be put on a {(plan.Kind == CarrierPlan.Floppy ? "floppy disk" : "disc")}: {result.Describe()}");
                }
            }

            await using var made = HostileFile.OpenRead(folder, Image, longest);
            return await keep(made);
        }
        catch (HostileFileException problem)
        {
            throw new CarrierException($"The files could not be put on a carrier: {problem.Message}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What an image may come to, with what the file system adds.</summary>
    public static long LongestInBytes(CarrierPlan plan) =>
        plan.Kind == CarrierPlan.Floppy ? 2_880L * 512 : plan.Files.Sum(file => file.LengthInBytes + 4096) + (16L << 20);

    private SandboxMount Mount(CarrierFile file) => content.Contains(file.Sha256)
        ? new SandboxMount(content.PathForMount(file.Sha256), $"{Input}/{file.Name}")
        : throw new CarrierException($"'{file.Name}' is {(content.FindProblem(file.Sha256) is null ? "missing from storage" : "damaged in storage and not used until it is repaired")}.");

    // Names are ours (CarrierNames) and stand behind a folder: none is taken for an option.
    private static IEnumerable<(string Program, string[] Arguments)> Commands(CarrierPlan plan) => plan.Kind == CarrierPlan.Floppy
        ?
        [
            ("/usr/bin/mformat", ["-C", "-i", $"{Output}/{Image}", "-f", "1440", "-v", Label, "::"]),
            ("/usr/bin/mcopy", ["-i", $"{Output}/{Image}", .. plan.Files.Select(file => $"{Input}/{file.Name}"), "::"]),
        ]
        : [("/usr/bin/genisoimage", ["-quiet", "-J", "-r", "-V", Label, "-o", $"{Output}/{Image}", Input])];
}

/// <summary>Why loose files could not be put on a carrier, in words.</summary>
public sealed class CarrierException(string message) : Exception(message);
