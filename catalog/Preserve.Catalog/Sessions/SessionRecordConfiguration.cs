using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Sessions;

// No foreign keys to exhibits and environments: the record of a session outlives what it was a session of.
internal sealed class SessionRecordConfiguration : IEntityTypeConfiguration<SessionRecord>
{
    public void Configure(EntityTypeBuilder<SessionRecord> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Purpose).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(s => s.ExhibitSlug).HasMaxLength(ColumnLengths.Id);
        builder.Property(s => s.ObjectId).HasMaxLength(ColumnLengths.Id);
        builder.Property(s => s.State).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(s => s.Reason).HasConversion<string>().HasMaxLength(ColumnLengths.Word);
        builder.Property(s => s.Message).HasMaxLength(ColumnLengths.Text);
        builder.Property(s => s.Worker).HasMaxLength(ColumnLengths.Title);
        builder.Property(s => s.KeySha256).HasMaxLength(ColumnLengths.Sha256);
        builder.Property(s => s.StartedIn).HasJson(ColumnLengths.List).HasDefaultValue(new List<string>());
        builder.HasIndex(s => new { s.Worker, s.State });
        builder.HasMany(s => s.Machines).WithOne().HasForeignKey(m => m.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SessionMachineConfiguration : IEntityTypeConfiguration<SessionMachine>
{
    public void Configure(EntityTypeBuilder<SessionMachine> builder)
    {
        builder.ToTable("SessionMachines");
        builder.Property(m => m.EnvironmentId).HasMaxLength(ColumnLengths.Id);
        builder.Property(m => m.EmulatorBuild).HasMaxLength(ColumnLengths.Title);
        builder.Property(m => m.EmulatorSha256).HasMaxLength(ColumnLengths.Sha256);
        builder.HasIndex(m => new { m.SessionId, m.Channel }).IsUnique();
        builder.HasIndex(m => m.EnvironmentId);
    }
}
