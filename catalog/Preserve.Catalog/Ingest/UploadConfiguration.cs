using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Ingest.Viruses;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Ingest;

internal sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    private const int Sha512Length = 128;

    // No foreign key to accounts: the record of what was brought in outlives them.
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable("Uploads");
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.RelativePath).HasMaxLength(UploadName.MaximumLength);
        builder.Property(u => u.LengthInBytes).IsImmutable();

        // Two who decide about one upload at the same time must not both succeed.
        builder.Property(u => u.State).HasConversion<string>().HasMaxLength(ColumnLengths.Word).IsConcurrencyToken();
        builder.Property(u => u.Sha256).HasMaxLength(ColumnLengths.Sha256);
        builder.Property(u => u.Sha512).HasMaxLength(Sha512Length);
        builder.Property(u => u.Sha1).HasMaxLength(ColumnLengths.Sha256);
        builder.Property(u => u.Md5).HasMaxLength(ColumnLengths.Sha256);
        builder.Property(u => u.Reason).HasMaxLength(ColumnLengths.Line);
        builder.Property(u => u.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(u => u.ScanState).HasConversion<string>().HasMaxLength(ColumnLengths.Word).HasDefaultValue(ScanState.None);
        builder.Property(u => u.ScanDetail).HasMaxLength(ColumnLengths.Line).HasDefaultValue("");
        builder.Property(u => u.ScanDueAt).HasDefaultValue(0L);
        builder.Property(u => u.ScanOverride).HasMaxLength(ColumnLengths.Line).HasDefaultValue("");
        builder.Ignore(u => u.Name);
        builder.HasIndex(u => new { u.State, u.ChangedAt });
        builder.HasIndex(u => u.Sha256);
        builder.HasIndex(u => u.OwnerId);
        builder.HasOne<Upload>().WithMany().HasForeignKey(u => u.UnpackedFromId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(u => u.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}
