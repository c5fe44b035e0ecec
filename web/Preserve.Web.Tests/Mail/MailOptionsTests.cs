using Preserve.Workers.Mail;

namespace Preserve.Web.Tests.Mail;

public sealed class MailOptionsTests
{
    private static readonly MailOptions Good = new() { Host = "mail.museum.example", From = "preserve@museum.example", To = "curators@museum.example" };

    public static TheoryData<MailOptions, string> Wrong => new()
    {
        { Good with { Host = "smtp://mail.museum.example" }, "Host" },
        { Good with { Host = null }, "Host is missing" },
        { Good with { Port = 0 }, "Port" },
        { Good with { Protection = MailProtection.None }, "on this host" },
        { Good with { Protection = (MailProtection)9 }, "StartTls, Tls, None" },
        { Good with { User = "preserve" }, "PasswordFile" },
        { Good with { User = "preserve", PasswordFile = "/nowhere/to/be/found" }, "PasswordFile" },
        { Good with { From = null }, "From" },
        { Good with { From = "nobody at all" }, "From" },
        { Good with { To = "" }, "To" },
        { Good with { To = "one@museum.example; ," }, "To" },
    };

    [Fact]
    public void Nothing_is_needed_and_a_server_with_its_people_is_enough()
    {
        Assert.Empty(new MailOptions().Problems());
        Assert.Empty(Good.Problems());
        Assert.Empty((Good with { Host = "::1", Protection = MailProtection.None }).Problems());
    }

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_is_told_once(MailOptions options, string word) => Assert.Contains(word, Assert.Single(options.Problems()), StringComparison.Ordinal);
}
