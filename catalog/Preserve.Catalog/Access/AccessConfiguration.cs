using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Preserve.Catalog.Accounts;
using Preserve.Catalog.Database;
using Preserve.Catalog.Exhibits;

namespace Preserve.Catalog.Access;

internal sealed class AccessGroupConfiguration : IEntityTypeConfiguration<AccessGroup>
{
    public void Configure(EntityTypeBuilder<AccessGroup> builder)
    {
        builder.ToTable("AccessGroups");
        builder.Property(group => group.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(group => group.Title).HasMaxLength(ColumnLengths.Title);
    }
}

internal sealed class GroupMemberConfiguration : IEntityTypeConfiguration<GroupMember>
{
    public void Configure(EntityTypeBuilder<GroupMember> builder)
    {
        builder.ToTable("GroupMembers");
        builder.HasKey(member => new { member.GroupId, member.AccountId });
        builder.Property(member => member.GroupId).HasMaxLength(ColumnLengths.Id);
        builder.HasIndex(member => member.AccountId);
        builder.HasOne<AccessGroup>().WithMany().HasForeignKey(member => member.GroupId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Account>().WithMany().HasForeignKey(member => member.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ReadingRoomConfiguration : IEntityTypeConfiguration<ReadingRoom>
{
    public void Configure(EntityTypeBuilder<ReadingRoom> builder)
    {
        builder.ToTable("ReadingRooms");
        builder.Property(room => room.Id).HasMaxLength(ColumnLengths.Id);
        builder.Property(room => room.Title).HasMaxLength(ColumnLengths.Title);
        builder.Property(room => room.Networks).HasJson(ColumnLengths.List);
    }
}

// A group or room that a rule names cannot be deleted: the rule would quietly mean something else.
internal sealed class ExhibitGroupConfiguration : IEntityTypeConfiguration<ExhibitGroup>
{
    public void Configure(EntityTypeBuilder<ExhibitGroup> builder)
    {
        builder.ToTable("ExhibitGroups");
        builder.HasKey(one => new { one.ExhibitId, one.GroupId });
        builder.Property(one => one.GroupId).HasMaxLength(ColumnLengths.Id);
        builder.HasOne<AccessGroup>().WithMany().HasForeignKey(one => one.GroupId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExhibitRoomConfiguration : IEntityTypeConfiguration<ExhibitRoom>
{
    public void Configure(EntityTypeBuilder<ExhibitRoom> builder)
    {
        builder.ToTable("ExhibitRooms");
        builder.HasKey(one => new { one.ExhibitId, one.RoomId });
        builder.Property(one => one.RoomId).HasMaxLength(ColumnLengths.Id);
        builder.HasOne<ReadingRoom>().WithMany().HasForeignKey(one => one.RoomId).OnDelete(DeleteBehavior.Restrict);
    }
}
