using System.Buffers.Text;
using Microsoft.Extensions.Time.Testing;
using Preserve.Catalog.Accounts;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Sessions;

public sealed class TicketTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Ticket _ticket = new(Guid.NewGuid(), SessionRole.Watch, "local");

    private TicketSigner Signer => new([.. Enumerable.Range(0, 32).Select(i => (byte)i)], _time);

    [Fact]
    public void A_ticket_says_what_it_was_issued_for() => Assert.Equal(_ticket, Signer.Check(Signer.Issue(_ticket)));

    [Fact]
    public void A_ticket_is_good_for_a_minute()
    {
        var token = Signer.Issue(_ticket);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(Signer.Check(token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Signer.Check(token));
    }

    [Fact]
    public void No_two_tickets_are_the_same() => Assert.NotEqual(Signer.Issue(_ticket), Signer.Issue(_ticket));

    [Fact]
    public void A_ticket_with_any_bit_changed_is_none()
    {
        var bytes = Base64Url.DecodeFromChars(Signer.Issue(_ticket));
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            bytes[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Null(Signer.Check(Base64Url.EncodeToString(bytes)));
            bytes[i / 8] ^= (byte)(1 << (i % 8));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("AAAA")]
    [InlineData("not base64url at all!")]
    public void What_is_no_ticket_is_refused(string token) => Assert.Null(Signer.Check(token));

    [Fact]
    public void A_ticket_that_is_too_long_is_refused() => Assert.Null(Signer.Check(new string('A', 100_000)));

    [Fact]
    public void A_key_has_256_bits_and_matches_its_digest_alone()
    {
        var key = Secret.Create();
        Assert.Equal(32, Base64Url.DecodeFromChars(key).Length);
        Assert.True(Secret.Matches(key, Secret.Digest(key)));
        Assert.False(Secret.Matches(Secret.Create(), Secret.Digest(key)));
        Assert.False(Secret.Matches("", Secret.Digest(key)));
    }

    [Fact]
    public void The_secret_is_made_once_and_readable_by_its_owner_alone()
    {
        var folder = StarterWorker.NewFolder();
        var secret = TicketSecret.LoadOrCreate(folder);
        Assert.Equal(secret, TicketSecret.LoadOrCreate(folder));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "secrets")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Throws<InvalidDataException>(() => TicketSecret.LoadOrCreate(folder));
        Directory.Delete(folder, recursive: true);
    }
}
