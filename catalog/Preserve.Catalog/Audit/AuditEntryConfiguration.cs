using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        // No foreign keys: the record outlives what it tells of.
        builder.ToTable("AuditEntries");
        builder.Property(e => e.ActorName).HasMaxLength(ColumnLengths.Title);
        builder.Property(e => e.ActorShown).HasMaxLength(ColumnLengths.Title);
        builder.Property(e => e.Action).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(e => e.Subject).HasMaxLength(ColumnLengths.FileName);
        builder.Property(e => e.Outcome).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(e => e.Detail).HasMaxLength(ColumnLengths.Line);
        builder.HasIndex(e => e.OccurredAt);
        builder.HasIndex(e => new { e.ActorId, e.OccurredAt });
        foreach (var property in builder.Metadata.GetProperties().Where(property => !property.IsPrimaryKey()))
        {
            builder.Property(property.Name).IsImmutable();
        }
    }
}
