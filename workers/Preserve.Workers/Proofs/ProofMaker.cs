using Microsoft.EntityFrameworkCore;
using Preserve.Catalog;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Proofs;
using Preserve.Catalog.Storage;
using Preserve.Emulation.Machines;
using Preserve.Regression.Pictures;
using Preserve.Workers.Background;
using Preserve.Workers.Machines;

namespace Preserve.Workers.Proofs;

/// <summary>Boots a suggested machine and keeps the screens it comes to.</summary>
internal sealed class ProofMaker(
    EnvironmentBuilder builder, BackgroundBoot boots, IContentStore content, IDbContextFactory<CatalogContext> contexts)
{
    /// <summary>What came of it, or why nothing did.</summary>
    /// <exception cref="OperationCanceledException">Nothing of the boot is left.</exception>
    public async Task<ProofOutcome> BootAsync(long proofId, CancellationToken cancellationToken)
    {
        var result = await BuildAsync(proofId, cancellationToken);
        if (result.Machine is not { } built)
        {
            return ProofOutcome.None(string.Join(' ', result.Problems));
        }

        var watch = new ProofWatch();
        var texts = new Dictionary<UInt128, string>();
        var seen = await boots.RunAsync(built, (machine, at) => LookAsync(machine, at, watch, texts, cancellationToken), SeenBoot.Ended, cancellationToken);
        if (seen.Problem is { } problem && watch.Screens.Count == 0)
        {
            return ProofOutcome.None(problem);
        }

        return watch.Screens.Count == 0
            ? ProofOutcome.None("The screen showed nothing but one colour.")
            : new ProofOutcome(await StoreAsync(built, watch, texts, seen.Problem, cancellationToken), null);
    }

    private async Task<EnvironmentBuildResult> BuildAsync(long proofId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            return await context.FindBootableProofAsync(proofId, cancellationToken) is { } bootable
                ? await builder.BuildAsync(bootable, null, BackgroundBoot.Lifetime, cancellationToken)
                : new EnvironmentBuildResult(null, ["The boot is not wanted any more."]);
        }
        catch (InvalidDataException e)
        {
            return new EnvironmentBuildResult(null, [e.Message]);
        }
    }

    private static async Task<SeenBoot?> LookAsync(
        IMachine machine, TimeSpan at, ProofWatch watch, Dictionary<UInt128, string> texts, CancellationToken cancellationToken)
    {
        var isOver = watch.Look(machine.Screen, at);
        if (watch.HasNewScreen && machine.Text is { } text && await text.ReadAsync(cancellationToken) is { } read)
        {
            texts[watch.Screens[^1].Picture.Digest] = string.Join('\n', read.Lines.Select(line => line.TrimEnd())).Trim('\n');
        }

        return isOver ? new SeenBoot(null) : null;
    }

    private async Task<BootedProof> StoreAsync(
        BuiltMachine built, ProofWatch watch, Dictionary<UInt128, string> texts, string? ended, CancellationToken cancellationToken)
    {
        var screens = new List<ProofScreen>();
        foreach (var (index, screen) in watch.Screens.Index())
        {
            using var png = new MemoryStream(PictureFile.Encode(screen.Picture), writable: false);
            var stored = await content.PutAsync(png, PictureFile.MaximumLengthInBytes, cancellationToken);
            screens.Add(new ProofScreen
            {
                Order = index + 1,
                AtSeconds = Math.Round(screen.At.TotalSeconds, 1),
                Sha256 = stored.Sha256,
                Width = screen.Picture.Width,
                Height = screen.Picture.Height,
                Text = ColumnLengths.Fit(texts.GetValueOrDefault(screen.Picture.Digest, ""), ColumnLengths.Text),
            });
        }

        var isSettled = watch.HasSettled && ended is null;
        return new BootedProof(built.Build.Id, isSettled ? screens[^1].AtSeconds : null, screens);
    }

    /// <summary>The end of a boot.</summary>
    /// <param name="Problem">Why the machine did not run on; null when it was only looked at for long enough.</param>
    private sealed record SeenBoot(string? Problem)
    {
        public static SeenBoot Ended(string problem) => new(problem);
    }
}

/// <summary>What came of a proof boot: screens, or a problem in words.</summary>
internal sealed record ProofOutcome(BootedProof? Booted, string? Problem)
{
    public static ProofOutcome None(string problem) => new(null, problem);
}
