using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Environments;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Proofs;

internal sealed class ProofBootConfiguration : IEntityTypeConfiguration<ProofBoot>
{
    public void Configure(EntityTypeBuilder<ProofBoot> builder)
    {
        builder.ToTable("ProofBoots");
        builder.Property(p => p.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(p => p.ProfileId).HasMaxLength(ColumnLengths.Id);
        builder.Property(p => p.BaseEnvironmentId).HasMaxLength(ColumnLengths.Id);
        builder.Property(p => p.Boot).HasMaxLength(ColumnLengths.Word);
        builder.Property(p => p.Drives).HasJson(ColumnLengths.List);
        builder.Property(p => p.Reasons).HasJson(ColumnLengths.List);
        builder.Property(p => p.RequestedBy).HasMaxLength(ColumnLengths.Title);

        // Two who decide about one boot at the same moment cannot both succeed.
        builder.Property(p => p.State).HasConversion<string>().HasMaxLength(ColumnLengths.Word).IsConcurrencyToken();
        builder.Property(p => p.Worker).HasMaxLength(ColumnLengths.Title);
        builder.Property(p => p.EmulatorBuild).HasMaxLength(ColumnLengths.Title);
        builder.Property(p => p.Problem).HasMaxLength(ColumnLengths.Text);
        builder.Property(p => p.EnvironmentId).HasMaxLength(ColumnLengths.Id);
        builder.HasIndex(p => p.State);
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(p => p.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<CatalogProfile>().WithMany().HasForeignKey(p => new { p.ProfileId, p.ProfileVersion }).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(p => p.Screens).WithOne().HasForeignKey(s => s.ProofBootId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ProofScreenConfiguration : IEntityTypeConfiguration<ProofScreen>
{
    public void Configure(EntityTypeBuilder<ProofScreen> builder)
    {
        builder.ToTable("ProofScreens");
        builder.Property(s => s.Sha256).HasMaxLength(ColumnLengths.Sha256);
        builder.Property(s => s.Text).HasMaxLength(ColumnLengths.Text);
        builder.HasIndex(s => new { s.ProofBootId, s.Order }).IsUnique();
        builder.HasIndex(s => s.Sha256);
    }
}
