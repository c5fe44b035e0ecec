using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Withdrawals;

/// <summary>Somebody asks that the bytes of a withdrawn object be deleted. It waits for a second person.</summary>
public sealed class PurgeRequest
{
    public required string ObjectId { get; init; }

    /// <summary>Account that asks; it cannot be the one that approves.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>Its name then.</summary>
    public required string RequestedByName { get; init; }

    /// <summary>UTC milliseconds.</summary>
    public required long RequestedAt { get; init; }

    public required string Reason { get; init; }
}

internal sealed class PurgeRequestConfiguration : IEntityTypeConfiguration<PurgeRequest>
{
    public void Configure(EntityTypeBuilder<PurgeRequest> builder)
    {
        builder.ToTable("PurgeRequests");
        builder.HasKey(request => request.ObjectId);
        builder.Property(request => request.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(request => request.RequestedByName).HasMaxLength(ColumnLengths.Title);
        builder.Property(request => request.Reason).HasMaxLength(ColumnLengths.Line);
        builder.HasOne<PreservedObject>().WithOne().HasForeignKey<PurgeRequest>(request => request.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}
