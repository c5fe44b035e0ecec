using Microsoft.EntityFrameworkCore;
using Preserve.Catalog.Carriers;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Storage;

namespace Preserve.Catalog.Proofs;

/// <summary>Fills the drives of an environment that a proof boot becomes.</summary>
public sealed class AcceptedDrives(CarrierShelf carriers, IContentStore content)
{
    /// <summary>What it was booted with: the media of the environment that content was attached to, and the object's own.</summary>
    /// <exception cref="InvalidDataException">A bay or medium is not there any more; in words.</exception>
    /// <exception cref="CarrierException">Loose files could not be put on their carrier; in words.</exception>
    internal async Task FillAsync(CatalogContext context, PreservedEnvironment row, ProofBoot proof, CancellationToken cancellationToken)
    {
        var media = await context.Media.Where(medium => medium.ObjectId == proof.ObjectId).ToDictionaryAsync(medium => medium.Name, cancellationToken);
        if (proof.BaseEnvironmentId is { } below)
        {
            // Asks once more whether the bays are there and free.
            _ = await context.FindBootableProofAsync(proof.Id, cancellationToken);
            row.Drives.AddRange(await context.Drives.Where(drive => drive.EnvironmentId == below)
                .Select(drive => new EnvironmentDrive { EnvironmentId = row.Id, Bay = drive.Bay, MediumId = drive.MediumId }).ToListAsync(cancellationToken));
        }

        foreach (var (bay, name) in proof.Drives)
        {
            var medium = media.GetValueOrDefault(name) ?? await MakeCarrierAsync(context, proof, bay, name, cancellationToken);
            row.Drives.Add(new EnvironmentDrive { EnvironmentId = row.Id, Bay = bay, MediumId = medium.Id, Medium = medium.Id == 0 ? medium : null });
        }
    }

    /// <summary>The carrier becomes content of the object: storage alone can boot the environment then.</summary>
    private async Task<Medium> MakeCarrierAsync(CatalogContext context, ProofBoot proof, string bay, string name, CancellationToken cancellationToken)
    {
        var bootable = await context.FindBootableProofAsync(proof.Id, cancellationToken);
        var plan = bootable?.Drives.FirstOrDefault(drive => drive.Bay == bay)?.Medium.Carrier ?? throw new InvalidDataException($"The object has no medium '{name}' any more.");
        var made = await carriers.TakeAsync(plan, cancellationToken);
        await using (var image = File.OpenRead(made.Path))
        {
            await content.PutAsync(image, made.LengthInBytes, cancellationToken);
        }

        var medium = new Medium
        {
            ObjectId = proof.ObjectId, Name = name, Kind = plan.Kind, Label = ContentQueries.LabelOf(plan),
            Order = 1 + await context.Media.Where(one => one.ObjectId == proof.ObjectId).MaxAsync(one => (int?)one.Order, cancellationToken) ?? 1,
            MadeOf = ColumnLengths.Fit(string.Join(", ", plan.Files.Select(file => $"{file.Name} (SHA-256 {file.Sha256})")), ColumnLengths.Text),
        };
        var form = new Representation { Format = "raw" };
        form.Files.Add(new StoredFile { Name = name, LengthInBytes = made.LengthInBytes, Sha256 = made.Sha256 });
        medium.Representations.Add(form);
        context.Media.Add(medium);
        return medium;
    }
}
