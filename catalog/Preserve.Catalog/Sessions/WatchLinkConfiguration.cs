using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Sessions;

internal sealed class WatchLinkConfiguration : IEntityTypeConfiguration<WatchLink>
{
    public void Configure(EntityTypeBuilder<WatchLink> builder)
    {
        builder.ToTable("WatchLinks");
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.Property(link => link.Kind).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(link => link.SecretSha256).HasMaxLength(ColumnLengths.Sha256);
        builder.HasIndex(link => link.SessionId);
        builder.HasOne<SessionRecord>().WithMany().HasForeignKey(link => link.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
