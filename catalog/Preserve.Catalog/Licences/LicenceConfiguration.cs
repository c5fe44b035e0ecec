using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;
using Preserve.Catalog.Sessions;

namespace Preserve.Catalog.Licences;

internal sealed class LicenceConfiguration : IEntityTypeConfiguration<Licence>
{
    public void Configure(EntityTypeBuilder<Licence> builder)
    {
        builder.ToTable("Licences", table => table.HasCheckConstraint("CK_Licences_Seats", "\"Seats\" IS NULL OR \"Seats\" >= 0"));
        builder.Property(l => l.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(l => l.Title).HasMaxLength(ColumnLengths.Title);
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(l => l.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SeatConfiguration : IEntityTypeConfiguration<Seat>
{
    public void Configure(EntityTypeBuilder<Seat> builder)
    {
        builder.ToTable("Seats");
        builder.HasIndex(s => new { s.LicenceId, s.SessionId }).IsUnique();
        builder.HasOne<Licence>().WithMany().HasForeignKey(s => s.LicenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SessionRecord>().WithMany().HasForeignKey(s => s.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
