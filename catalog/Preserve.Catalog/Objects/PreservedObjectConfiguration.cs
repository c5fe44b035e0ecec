using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Examinations;

namespace Preserve.Catalog.Objects;

internal sealed class PreservedObjectConfiguration : IEntityTypeConfiguration<PreservedObject>
{
    public void Configure(EntityTypeBuilder<PreservedObject> builder)
    {
        builder.ToTable("Objects");
        builder.Property(o => o.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(o => o.Title).HasMaxLength(ColumnLengths.Title);
        builder.Property(o => o.Date).HasMaxLength(ColumnLengths.Word);
        builder.Property(o => o.Creators).HasJson(ColumnLengths.List);
        builder.Property(o => o.Description).HasMaxLength(ColumnLengths.Text);
        builder.Property(o => o.Rights).HasMaxLength(ColumnLengths.Line);
        builder.Property(o => o.Source).HasMaxLength(ColumnLengths.Line);
        builder.Property(o => o.ManifestSha256).HasMaxLength(ColumnLengths.Sha256);
        builder.Property(o => o.ResearchUse).HasConversion<string>().HasMaxLength(ColumnLengths.Word).HasDefaultValue(ResearchUse.Researchers);
        builder.Property(o => o.WithdrawalReason).HasMaxLength(ColumnLengths.Line).HasDefaultValue("");
        builder.HasMany(o => o.Media).WithOne().HasForeignKey(m => m.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MediumConfiguration : IEntityTypeConfiguration<Medium>
{
    public void Configure(EntityTypeBuilder<Medium> builder)
    {
        builder.ToTable("Media");
        builder.Property(m => m.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(m => m.Name).HasMaxLength(ColumnLengths.FileName);
        builder.Property(m => m.Kind).HasMaxLength(ColumnLengths.Word);
        builder.Property(m => m.Label).HasMaxLength(ColumnLengths.Title);
        builder.Property(m => m.MadeOf).HasMaxLength(ColumnLengths.Text).HasDefaultValue("");
        builder.HasIndex(m => new { m.ObjectId, m.Name }).IsUnique();
        builder.HasMany(m => m.Representations).WithOne().HasForeignKey(r => r.MediumId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RepresentationConfiguration : IEntityTypeConfiguration<Representation>
{
    public void Configure(EntityTypeBuilder<Representation> builder)
    {
        builder.ToTable("Representations");
        builder.Property(r => r.Format).HasMaxLength(ColumnLengths.Word);
        builder.Property(r => r.BackingSha256).HasMaxLength(ColumnLengths.Sha256).IsImmutable();
        builder.HasMany(r => r.Files).WithOne().HasForeignKey(f => f.RepresentationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StoredFileConfiguration : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("Files");
        builder.Property(f => f.Name).HasMaxLength(ColumnLengths.FileName);
        builder.Property(f => f.OriginalName).HasMaxLength(ColumnLengths.Line).HasDefaultValue("");
        builder.Property(f => f.Sha256).HasMaxLength(ColumnLengths.Sha256).IsImmutable();
        builder.Property(f => f.LengthInBytes).IsImmutable();
        builder.HasIndex(f => new { f.RepresentationId, f.Order }).IsUnique();
        builder.HasIndex(f => f.Sha256);
        builder.Property(f => f.ExaminationState).HasConversion<string>().HasMaxLength(ColumnLengths.Word).HasDefaultValue(ExaminationState.Due);
        builder.Property(f => f.ExaminationWorker).HasMaxLength(ColumnLengths.Title);
        builder.Property(f => f.ExaminationProblem).HasMaxLength(ColumnLengths.Text);
        builder.Property(f => f.Characterisation).HasMaxLength(ColumnLengths.Document);
        builder.HasIndex(f => f.ExaminationState);
        builder.HasMany(f => f.Identifications).WithOne().HasForeignKey(i => i.StoredFileId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class IdentificationConfiguration : IEntityTypeConfiguration<Identification>
{
    public void Configure(EntityTypeBuilder<Identification> builder)
    {
        builder.ToTable("Identifications");
        builder.Property(i => i.Tool).HasMaxLength(ColumnLengths.Title);
        builder.Property(i => i.SignatureVersion).HasMaxLength(ColumnLengths.Word);
        builder.Property(i => i.Method).HasMaxLength(ColumnLengths.Word);
        builder.Property(i => i.Puid).HasMaxLength(ColumnLengths.Word);
        builder.Property(i => i.FormatName).HasMaxLength(ColumnLengths.Title);
        builder.Property(i => i.FormatVersion).HasMaxLength(ColumnLengths.Title);
        builder.Property(i => i.MimeType).HasMaxLength(ColumnLengths.Title);
        builder.HasIndex(i => i.Puid);
    }
}
