using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Identifiers;

internal sealed class ObjectIdentifierConfiguration : IEntityTypeConfiguration<ObjectIdentifier>
{
    public void Configure(EntityTypeBuilder<ObjectIdentifier> builder)
    {
        builder.ToTable("ObjectIdentifiers");
        builder.Property(one => one.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(one => one.Scheme).HasMaxLength(ColumnLengths.Word);
        builder.Property(one => one.Value).HasMaxLength(ColumnLengths.FileName);
        builder.Property(one => one.UniqueAs).HasMaxLength(ColumnLengths.Line);
        builder.HasIndex(one => new { one.ObjectId, one.Scheme, one.Value }).IsUnique();
        builder.HasIndex(one => one.UniqueAs).IsUnique();
        builder.HasIndex(one => one.Value);
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(one => one.ObjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
