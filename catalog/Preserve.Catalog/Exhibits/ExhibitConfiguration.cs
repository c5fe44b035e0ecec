using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Access;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Exhibits;

internal sealed class ExhibitConfiguration : IEntityTypeConfiguration<Exhibit>
{
    public void Configure(EntityTypeBuilder<Exhibit> builder)
    {
        builder.ToTable("Exhibits", table => table.HasCheckConstraint(
            "CK_Exhibits_PublishedOnlyWithRights", "NOT \"IsPublished\" OR \"RightsBasis\" IS NOT NULL"));
        builder.Property(e => e.Slug).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.Title).HasMaxLength(ColumnLengths.Title);
        builder.Property(e => e.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.LabelText).HasMaxLength(ColumnLengths.Text);
        builder.Property(e => e.TryThis).HasJson(ColumnLengths.List);
        builder.Property(e => e.Input).HasJson(ColumnLengths.List);
        builder.Property(e => e.RightsBasis).HasMaxLength(ColumnLengths.Line);
        builder.Property(e => e.Audience).HasConversion<string>().HasMaxLength(ColumnLengths.Word).HasDefaultValue(Audience.Public);
        builder.Property(e => e.RoomRule).HasConversion<string>().HasMaxLength(ColumnLengths.Word).HasDefaultValue(RoomRule.Anywhere);
        builder.HasIndex(e => e.Slug).IsUnique();
        builder.HasMany(e => e.Groups).WithOne().HasForeignKey(one => one.ExhibitId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(e => e.Rooms).WithOne().HasForeignKey(one => one.ExhibitId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(e => e.Object).WithMany().HasForeignKey(e => e.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(e => e.Environments).WithOne().HasForeignKey(e => e.ExhibitId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ExhibitEnvironmentConfiguration : IEntityTypeConfiguration<ExhibitEnvironment>
{
    public void Configure(EntityTypeBuilder<ExhibitEnvironment> builder)
    {
        builder.ToTable("ExhibitEnvironments");
        builder.Property(e => e.EnvironmentId).HasMaxLength(ColumnLengths.Id);
        builder.HasIndex(e => new { e.ExhibitId, e.EnvironmentId }).IsUnique();
        builder.HasOne(e => e.Environment).WithMany().HasForeignKey(e => e.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
