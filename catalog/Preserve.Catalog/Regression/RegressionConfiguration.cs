using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Regression;

internal sealed class RegressionRunConfiguration : IEntityTypeConfiguration<RegressionRun>
{
    public void Configure(EntityTypeBuilder<RegressionRun> builder)
    {
        builder.ToTable("RegressionRuns");
        builder.Property(run => run.RequestedBy).HasMaxLength(ColumnLengths.Title);
        builder.Property(run => run.State).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.HasIndex(run => run.State);
        builder.HasMany(run => run.Jobs).WithOne().HasForeignKey(job => job.RunId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RegressionJobConfiguration : IEntityTypeConfiguration<RegressionJob>
{
    public void Configure(EntityTypeBuilder<RegressionJob> builder)
    {
        builder.ToTable("RegressionJobs");
        builder.Property(job => job.EnvironmentId).HasMaxLength(ColumnLengths.Id);
        builder.Property(job => job.Title).HasMaxLength(ColumnLengths.Title);
        builder.Property(job => job.BuildId).HasMaxLength(ColumnLengths.Word);
        builder.Property(job => job.State).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(job => job.Worker).HasMaxLength(ColumnLengths.Title);
        builder.Property(job => job.Verdict).HasMaxLength(ColumnLengths.Word);
        builder.Property(job => job.ClusterKey).HasMaxLength(ColumnLengths.Word);
        builder.Property(job => job.Report).HasMaxLength(ColumnLengths.List);
        builder.Property(job => job.Decision).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(job => job.DecidedBy).HasMaxLength(ColumnLengths.Title);
        builder.Property(job => job.DecisionReason).HasMaxLength(ColumnLengths.Line);
        builder.HasIndex(job => job.State);
        builder.HasIndex(job => new { job.RunId, job.EnvironmentId, job.BuildId }).IsUnique();
        builder.HasIndex(job => new { job.EnvironmentId, job.BuildId, job.Id });
    }
}
