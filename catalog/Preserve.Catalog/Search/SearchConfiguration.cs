using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Search;

// No foreign keys: entries follow the rows they are derived from, and must never be in the way of a change to them.
internal sealed class SearchEntryConfiguration : IEntityTypeConfiguration<SearchEntry>
{
    public void Configure(EntityTypeBuilder<SearchEntry> builder)
    {
        builder.ToTable("SearchEntries");
        builder.Property(e => e.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.Name).HasMaxLength(ColumnLengths.Id);
        builder.Property(e => e.Title).HasMaxLength(SearchEntry.LongestTitle);
        builder.Property(e => e.Facets).HasJson(ColumnLengths.Document);
        builder.HasIndex(e => e.ObjectId);
        builder.HasIndex(e => e.Stamp);
    }
}

internal sealed class SearchDueConfiguration : IEntityTypeConfiguration<SearchDue>
{
    public void Configure(EntityTypeBuilder<SearchDue> builder)
    {
        builder.ToTable("SearchDue");
        builder.Property(d => d.ObjectId).HasMaxLength(ColumnLengths.Id);
    }
}

internal sealed class SearchStateConfiguration : IEntityTypeConfiguration<SearchState>
{
    public void Configure(EntityTypeBuilder<SearchState> builder)
    {
        builder.ToTable("SearchState");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasData(new SearchState { Id = SearchState.OnlyId });
    }
}

internal sealed class SearchWordConfiguration : IEntityTypeConfiguration<SearchWord>
{
    public void Configure(EntityTypeBuilder<SearchWord> builder)
    {
        builder.ToTable("SearchWords");
        builder.HasKey(w => w.Word);
        builder.Property(w => w.Word).HasMaxLength(SearchWords.LongestWord);
        builder.Property(w => w.First).HasMaxLength(2);
        builder.HasIndex(w => new { w.First, w.Length });
    }
}
