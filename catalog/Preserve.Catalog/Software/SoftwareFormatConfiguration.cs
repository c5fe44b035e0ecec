using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Software;

internal sealed class SoftwareFormatConfiguration : IEntityTypeConfiguration<SoftwareFormat>
{
    public void Configure(EntityTypeBuilder<SoftwareFormat> builder)
    {
        builder.ToTable("SoftwareFormats");
        builder.Property(one => one.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(one => one.Puid).HasMaxLength(ColumnLengths.Word);
        builder.Property(one => one.Use).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.HasIndex(one => new { one.ObjectId, one.Puid, one.Use }).IsUnique();
        builder.HasIndex(one => one.Puid);
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(one => one.ObjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
