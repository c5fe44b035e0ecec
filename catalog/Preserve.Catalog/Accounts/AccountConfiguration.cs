using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Preserve.Catalog.Database;

namespace Preserve.Catalog.Accounts;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.UserName).HasMaxLength(ColumnLengths.Id).IsRequired();
        builder.Property(a => a.NormalizedUserName).HasMaxLength(ColumnLengths.Id).IsRequired();
        builder.HasIndex(a => a.NormalizedUserName).IsUnique();
        builder.Property(a => a.PasswordHash).HasMaxLength(ColumnLengths.Line);
        builder.Property(a => a.SecurityStamp).HasMaxLength(ColumnLengths.Word);
        builder.Property(a => a.ConcurrencyStamp).HasMaxLength(ColumnLengths.Word).IsConcurrencyToken();
        builder.Property(a => a.Pseudonym).HasMaxLength(ColumnLengths.Title);
        builder.Property(a => a.LockoutEnd).HasConversion(new ValueConverter<DateTimeOffset, long>(
            instant => instant.ToUnixTimeMilliseconds(), instant => DateTimeOffset.FromUnixTimeMilliseconds(instant)));

        // Not asked for, so not kept.
        builder.Ignore(a => a.Email);
        builder.Ignore(a => a.NormalizedEmail);
        builder.Ignore(a => a.EmailConfirmed);
        builder.Ignore(a => a.PhoneNumber);
        builder.Ignore(a => a.PhoneNumberConfirmed);
        builder.Ignore(a => a.TwoFactorEnabled);
    }
}

internal sealed class AccountRoleConfiguration : IEntityTypeConfiguration<AccountRole>
{
    // Rows of every database, made by its migration: the ids never change.
    private static readonly Guid[] _ids =
    [
        new("7b1f2a10-0000-4000-8000-000000000001"), new("7b1f2a10-0000-4000-8000-000000000002"), new("7b1f2a10-0000-4000-8000-000000000003"),
    ];

    public void Configure(EntityTypeBuilder<AccountRole> builder)
    {
        builder.ToTable("Roles");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Name).HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(r => r.NormalizedName).HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(r => r.ConcurrencyStamp).HasMaxLength(ColumnLengths.Word);
        builder.HasIndex(r => r.NormalizedName).IsUnique();
        builder.HasData(Roles.All.Select((name, index) => new AccountRole
        {
            Id = _ids[index],
            Name = name,
            NormalizedName = name.ToUpperInvariant(),
            ConcurrencyStamp = name,
        }));
    }
}

internal sealed class AccountInRoleConfiguration : IEntityTypeConfiguration<IdentityUserRole<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserRole<Guid>> builder)
    {
        builder.ToTable("AccountsInRoles");
        builder.HasKey(r => new { r.UserId, r.RoleId });
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<AccountRole>().WithMany().HasForeignKey(r => r.RoleId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The name that an OpenID provider has for an account.</summary>
internal sealed class AccountLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
    {
        builder.ToTable("AccountLogins");
        builder.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        builder.Property(l => l.LoginProvider).HasMaxLength(ColumnLengths.Line);
        builder.Property(l => l.ProviderKey).HasMaxLength(ColumnLengths.FileName);
        builder.Property(l => l.ProviderDisplayName).HasMaxLength(ColumnLengths.Title);
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

// Identity's stores read these for every account. Nothing of ours is kept in them.
internal sealed class AccountClaimConfiguration : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder)
    {
        builder.ToTable("AccountClaims");
        builder.Property(c => c.ClaimType).HasMaxLength(ColumnLengths.Line);
        builder.Property(c => c.ClaimValue).HasMaxLength(ColumnLengths.Line);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RoleClaimConfiguration : IEntityTypeConfiguration<IdentityRoleClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityRoleClaim<Guid>> builder)
    {
        builder.ToTable("RoleClaims");
        builder.Property(c => c.ClaimType).HasMaxLength(ColumnLengths.Line);
        builder.Property(c => c.ClaimValue).HasMaxLength(ColumnLengths.Line);
        builder.HasOne<AccountRole>().WithMany().HasForeignKey(c => c.RoleId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AccountTokenConfiguration : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder)
    {
        builder.ToTable("AccountTokens");
        builder.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        builder.Property(t => t.LoginProvider).HasMaxLength(ColumnLengths.FileName);
        builder.Property(t => t.Name).HasMaxLength(ColumnLengths.FileName);
        builder.Property(t => t.Value).HasMaxLength(ColumnLengths.Line);
        builder.HasOne<Account>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
