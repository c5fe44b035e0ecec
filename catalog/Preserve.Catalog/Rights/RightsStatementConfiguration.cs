using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Rights;

internal sealed class RightsStatementConfiguration : IEntityTypeConfiguration<RightsStatement>
{
    public void Configure(EntityTypeBuilder<RightsStatement> builder)
    {
        builder.ToTable("RightsStatements");
        builder.Property(one => one.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(one => one.Basis).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(one => one.Uri).HasMaxLength(ColumnLengths.Title);
        builder.Property(one => one.CopyrightStatus).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(one => one.Jurisdiction).HasMaxLength(ColumnLengths.Word);
        builder.Property(one => one.Citation).HasMaxLength(ColumnLengths.Line);
        builder.Property(one => one.Terms).HasMaxLength(ColumnLengths.Line);
        builder.HasIndex(one => new { one.ObjectId, one.Order }).IsUnique();
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(one => one.ObjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
