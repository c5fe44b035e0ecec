using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Environments;

internal sealed class PreservedEnvironmentConfiguration : IEntityTypeConfiguration<PreservedEnvironment>
{
    public void Configure(EntityTypeBuilder<PreservedEnvironment> builder)
    {
        builder.ToTable("Environments");
        builder.Property(e => e.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.WithdrawnWith).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.Title).HasMaxLength(ColumnLengths.Title);
        builder.Property(e => e.ParentId).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.Note).HasMaxLength(ColumnLengths.Text).HasDefaultValue("");
        builder.Property(e => e.ProfileId).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.Boot).HasMaxLength(ColumnLengths.Word);
        builder.Property(e => e.SettledScreen).HasMaxLength(ColumnLengths.Line);
        builder.Property(e => e.Volatile).HasMaxLength(ColumnLengths.Line);
        builder.Property(e => e.Sound).HasMaxLength(ColumnLengths.Line);
        builder.Property(e => e.PosterState).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(e => e.PosterSha256).HasMaxLength(ColumnLengths.Sha256);
        builder.Property(e => e.PosterProblem).HasMaxLength(ColumnLengths.Text);
        builder.Property(e => e.PosterWorker).HasMaxLength(ColumnLengths.Title);
        builder.HasIndex(e => e.PosterState);
        builder.HasIndex(e => e.PosterSha256);
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(e => e.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PreservedEnvironment>().WithMany().HasForeignKey(e => e.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(e => e.Profile).WithMany().HasForeignKey(e => new { e.ProfileId, e.ProfileVersion }).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(e => e.Drives).WithOne().HasForeignKey(d => d.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class EnvironmentDriveConfiguration : IEntityTypeConfiguration<EnvironmentDrive>
{
    public void Configure(EntityTypeBuilder<EnvironmentDrive> builder)
    {
        builder.ToTable("EnvironmentDrives");
        builder.Property(d => d.EnvironmentId).HasMaxLength(ColumnLengths.Id);
        builder.Property(d => d.Bay).HasMaxLength(ColumnLengths.Id);
        builder.HasIndex(d => new { d.EnvironmentId, d.Bay }).IsUnique();
        builder.HasOne(d => d.Medium).WithMany().HasForeignKey(d => d.MediumId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CatalogProfileConfiguration : IEntityTypeConfiguration<CatalogProfile>
{
    public void Configure(EntityTypeBuilder<CatalogProfile> builder)
    {
        builder.ToTable("Profiles");
        builder.HasKey(p => new { p.Id, p.Version });
        builder.Property(p => p.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(p => p.Title).HasMaxLength(ColumnLengths.Title);
        builder.Property(p => p.Description).HasMaxLength(ColumnLengths.Text);
        builder.Property(p => p.Engine).HasMaxLength(ColumnLengths.Word);
        builder.Property(p => p.Architecture).HasMaxLength(ColumnLengths.Word);
        builder.Property(p => p.MachineType).HasMaxLength(ColumnLengths.Word);
        builder.Property(p => p.Bays).HasJson(ColumnLengths.List);
        builder.Property(p => p.Boot).HasJson(ColumnLengths.Line);
        builder.Property(p => p.Document).HasMaxLength(ColumnLengths.Document);
    }
}
