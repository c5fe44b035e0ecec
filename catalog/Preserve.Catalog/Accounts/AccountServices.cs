using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Audit;

namespace Preserve.Catalog.Accounts;

/// <summary>Registers accounts, their keys and the audit trail. Cookies and pages are the web's.</summary>
internal static class AccountServices
{
    public const int ShortestPassword = 12;

    /// <summary>Letters and digits of ASCII, and what e-mail addresses and provider names need.</summary>
    public const string NameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@+";

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(options =>
            {
                options.User.AllowedUserNameCharacters = NameCharacters;

                // Length is what counts; rules about kinds of characters make passwords worse (NIST SP 800-63B, section 3.1.1.2).
                options.Password.RequiredLength = ShortestPassword;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 5;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddRoles<AccountRole>()
            .AddUserValidator<AccountNameValidator>()
            .AddPasswordValidator<PasswordLengthValidator>()
            .AddEntityFrameworkStores<CatalogContext>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<OneTimeLinks>();
        services.AddSingleton<AccountAdministration>();
    }
}

/// <summary>Bounds of an account's name.</summary>
internal sealed class AccountNameValidator : IUserValidator<Account>
{
    private const int Shortest = 3;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user) => Task.FromResult(
        user.UserName is { Length: >= Shortest and <= Database.ColumnLengths.Id }
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError
            {
                Code = "NameLength",
                Description = $"A name has {Shortest} to {Database.ColumnLengths.Id} characters: a-z, A-Z, 0-9 and -._@+.",
            }));
}

/// <summary>A password is hashed slowly: a very long one would keep a processor busy.</summary>
internal sealed class PasswordLengthValidator : IPasswordValidator<Account>
{
    private const int Longest = 256;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) => Task.FromResult(
        password is { Length: > Longest }
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordTooLong", Description = $"A password has at most {Longest} characters." })
            : password is not null && string.Equals(password, user.UserName, StringComparison.OrdinalIgnoreCase)
                ? IdentityResult.Failed(new IdentityError { Code = "PasswordIsName", Description = "The password is the account's name. Choose another." })
                : IdentityResult.Success);
}
