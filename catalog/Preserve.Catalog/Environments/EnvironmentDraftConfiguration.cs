using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Environments;

internal sealed class EnvironmentDraftConfiguration : IEntityTypeConfiguration<EnvironmentDraft>
{
    public void Configure(EntityTypeBuilder<EnvironmentDraft> builder)
    {
        builder.ToTable("EnvironmentDrafts");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.EnvironmentId).HasMaxLength(ColumnLengths.Id);

        // Two who decide about one draft at the same moment cannot both succeed.
        builder.Property(d => d.State).HasConversion<string>().HasMaxLength(ColumnLengths.Word).IsConcurrencyToken();
        builder.Property(d => d.StartedBy).HasMaxLength(ColumnLengths.Title);
        builder.Property(d => d.Bays).HasJson(ColumnLengths.List);
        builder.Property(d => d.Problem).HasMaxLength(ColumnLengths.Text);
        builder.Property(d => d.SavedAs).HasMaxLength(ColumnLengths.Id);
        builder.HasIndex(d => new { d.EnvironmentId, d.State });
        builder.HasOne<PreservedEnvironment>().WithMany().HasForeignKey(d => d.EnvironmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
