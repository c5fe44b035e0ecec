using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Events;

internal sealed class PreservationEventConfiguration : IEntityTypeConfiguration<PreservationEvent>
{
    public void Configure(EntityTypeBuilder<PreservationEvent> builder)
    {
        builder.ToTable("Events");
        builder.Property(e => e.Identifier).HasMaxLength(ColumnLengths.Id).HasDefaultValue("");
        builder.Property(e => e.IsRoutine).HasDefaultValue(false);
        builder.Property(e => e.Type).HasMaxLength(ColumnLengths.Word);
        builder.Property(e => e.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.Agent).HasMaxLength(ColumnLengths.Title);
        builder.Property(e => e.Outcome).HasMaxLength(ColumnLengths.Word);
        builder.Property(e => e.Detail).HasMaxLength(ColumnLengths.Text);
        builder.HasIndex(e => new { e.ObjectId, e.OccurredAt });
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(e => e.ObjectId).OnDelete(DeleteBehavior.Restrict);
        MakeAppendOnly(builder);
    }

    private static void MakeAppendOnly(EntityTypeBuilder<PreservationEvent> builder)
    {
        foreach (var property in builder.Metadata.GetProperties().Where(property => !property.IsPrimaryKey()))
        {
            builder.Property(property.Name).IsImmutable();
        }
    }
}
