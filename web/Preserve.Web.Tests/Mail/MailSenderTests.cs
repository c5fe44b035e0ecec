using Microsoft.Extensions.Time.Testing;
using Preserve.Web.Tests.Running;
using Preserve.Workers.Mail;

namespace Preserve.Web.Tests.Mail;

public sealed class MailSenderTests : IDisposable
{
    private const int Limit = 60_000;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Limit)]
    public async Task A_message_goes_to_everybody_named_as_it_was_written()
    {
        await using var server = new SmtpListener();

        await Sender(server).SendAsync("Two pictures changed: ø", "First line\n.\nLast line, 30 °C\n", Cancellation);

        var taken = Assert.Single(server.Taken);
        Assert.Equal("preserve@museum.example", taken.From);
        Assert.Equal(["one@museum.example", "two@museum.example"], taken.To);
        Assert.Equal("Two pictures changed: ø", taken.Message.Subject);
        Assert.Equal("First line\n.\nLast line, 30 °C\n", taken.Message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal((_time.GetUtcNow(), "auto-generated"), (taken.Message.Date, taken.Message.Headers["Auto-Submitted"]));
        Assert.Null(taken.SignedIn);
    }

    [Fact(Timeout = Limit)]
    public async Task A_subject_cannot_add_headers_or_people()
    {
        await using var server = new SmtpListener();

        await Sender(server).SendAsync("Damaged\r\nBcc: thief@elsewhere.example\r\n\r\nhello", "text", Cancellation);

        var taken = Assert.Single(server.Taken);
        Assert.Equal((2, 0), (taken.To.Count, taken.Message.Bcc.Count));
        Assert.StartsWith("Damaged", taken.Message.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", taken.Message.Subject!, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task The_password_is_read_from_its_file()
    {
        await using var server = new SmtpListener();

        await Sender(server, Password("secret")).SendAsync("subject", "text", Cancellation);

        Assert.Equal("preserve:secret", Assert.Single(server.Taken).SignedIn);
    }

    [Fact(Timeout = Limit)]
    public async Task A_refused_password_is_told_without_it()
    {
        await using var server = new SmtpListener();

        var problem = await Assert.ThrowsAsync<MailException>(() => Sender(server, Password("wrong")).SendAsync("subject", "text", Cancellation));

        Assert.Contains($"127.0.0.1:{server.Port}", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", problem.Message, StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_that_is_not_taken_is_told()
    {
        await using var server = new SmtpListener { Refusals = 1 };

        var problem = await Assert.ThrowsAsync<MailException>(() => Sender(server).SendAsync("subject", "text", Cancellation));

        Assert.Contains("try again later", problem.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_without_protection_or_that_nobody_vouches_for_gets_nothing(bool offersTls)
    {
        await using var server = new SmtpListener(offersTls);

        await Assert.ThrowsAsync<MailException>(() => Sender(server, options => options with { Protection = MailProtection.StartTls }).SendAsync("subject", "text", Cancellation));

        Assert.Equal((1, 0), (server.Visits, server.Taken.Count));
    }

    [Fact(Timeout = Limit)]
    public async Task A_server_that_is_not_there_is_told()
    {
        var server = new SmtpListener();
        var sender = Sender(server);
        await server.DisposeAsync();

        await Assert.ThrowsAsync<MailException>(() => sender.SendAsync("subject", "text", Cancellation));
    }

    private Func<MailOptions, MailOptions> Password(string password)
    {
        var file = Path.Combine(_folder.Path, "password");
        File.WriteAllText(file, $"{password}\n");
        return options => options with { User = "preserve", PasswordFile = file };
    }

    private MailSender Sender(SmtpListener server, Func<MailOptions, MailOptions>? change = null)
    {
        var options = new MailOptions
        {
            Host = "127.0.0.1", Port = server.Port, Protection = MailProtection.None, From = "Preserve <preserve@museum.example>", To = "one@museum.example, Two <two@museum.example>",
        };
        options = change?.Invoke(options) ?? options;
        Assert.Empty(options.Problems());
        return new MailSender(options, _time);
    }
}
