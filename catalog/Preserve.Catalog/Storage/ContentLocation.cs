using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;
using Preserve.Catalog.Objects;

namespace Preserve.Catalog.Storage;

/// <summary>
/// One file in OCFL storage: what turns a digest into a path. Two objects with the same bytes have a row each. Made anew from storage
/// alone by <c>preserve rebuild</c>.
/// </summary>
public sealed class ContentLocation
{
    public long Id { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>Below the storage root, with slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha512 { get; init; }

    public required long LengthInBytes { get; init; }

    public ContentState State { get; set; }

    /// <summary>What is wrong with it, in words; empty while it is sound.</summary>
    public string Problem { get; set; } = "";

    /// <summary>UTC milliseconds of the last time that the bytes were read and compared; of the storing at first.</summary>
    public required long CheckedAt { get; set; }

    /// <summary>Who is checking it; null when nobody is.</summary>
    public string? CheckWorker { get; set; }

    /// <summary>UTC milliseconds at which <see cref="CheckWorker"/> began.</summary>
    public long? CheckClaimedAt { get; set; }
}

/// <summary>Whether stored bytes may be used.</summary>
public enum ContentState
{
    Sound,

    /// <summary>Not what was stored, or not there. Never served.</summary>
    Damaged,
}

/// <summary>A transaction of storage that the catalog has accepted, from the moment it did until storage has finished it.</summary>
public sealed class StorageCommit
{
    /// <summary>Of the transaction.</summary>
    public required string Id { get; init; }
}

internal sealed class ContentLocationConfiguration : IEntityTypeConfiguration<ContentLocation>
{
    private const int LongestPath = 4096;
    private const int Sha512 = 128;

    public void Configure(EntityTypeBuilder<ContentLocation> builder)
    {
        builder.ToTable("ContentLocations");
        builder.Property(c => c.ObjectId).HasMaxLength(ColumnLengths.Id).IsImmutable();
        builder.Property(c => c.Path).HasMaxLength(LongestPath).IsImmutable();
        builder.Property(c => c.Sha256).HasMaxLength(ColumnLengths.Sha256).IsImmutable();
        builder.Property(c => c.Sha512).HasMaxLength(Sha512).IsImmutable();
        builder.Property(c => c.LengthInBytes).IsImmutable();
        builder.Property(c => c.State).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(c => c.Problem).HasMaxLength(ColumnLengths.Text);
        builder.Property(c => c.CheckWorker).HasMaxLength(ColumnLengths.Title);
        builder.HasIndex(c => c.Sha256);
        builder.HasIndex(c => c.CheckedAt);
        builder.HasIndex(c => new { c.ObjectId, c.Sha256 });
        builder.HasOne<PreservedObject>().WithMany().HasForeignKey(c => c.ObjectId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StorageCommitConfiguration : IEntityTypeConfiguration<StorageCommit>
{
    public void Configure(EntityTypeBuilder<StorageCommit> builder)
    {
        builder.ToTable("StorageCommits");
        builder.Property(c => c.Id).HasMaxLength(ColumnLengths.Id);
    }
}
