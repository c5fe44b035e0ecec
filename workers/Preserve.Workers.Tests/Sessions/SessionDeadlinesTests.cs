using Microsoft.Extensions.Time.Testing;
using Preserve.Catalog.Sessions;
using Preserve.Workers.Hosting;
using Preserve.Workers.Sessions;

namespace Preserve.Workers.Tests.Sessions;

public sealed class SessionDeadlinesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkerOptions _options = new()
    {
        DataFolder = "/nowhere",
        IdleLimit = TimeSpan.FromMinutes(10),
        ReconnectGrace = TimeSpan.FromSeconds(45),
        ConnectGrace = TimeSpan.FromSeconds(60),
    };

    [Fact]
    public void Nobody_ever_connecting_ends_it_after_a_minute()
    {
        var deadlines = Make();
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(deadlines.Due());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SessionEndReason.BrowserGone, deadlines.Due());
    }

    [Fact]
    public void Looking_at_the_screen_with_the_key_counts_as_being_there()
    {
        var deadlines = Make();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            deadlines.Looked();
            Assert.Null(deadlines.Due());
        }
    }

    [Fact]
    public void The_last_browser_to_leave_has_45_seconds_to_come_back()
    {
        var deadlines = Make();
        deadlines.OwnerCame();
        deadlines.OwnerCame();
        deadlines.OwnerLeft();
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(deadlines.Due());
        deadlines.OwnerLeft();
        _time.Advance(TimeSpan.FromSeconds(44));
        Assert.Null(deadlines.Due());
        deadlines.OwnerCame();
        _time.Advance(TimeSpan.FromSeconds(44));
        Assert.Null(deadlines.Due());
        deadlines.OwnerLeft();
        _time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(SessionEndReason.BrowserGone, deadlines.Due());
    }

    [Fact]
    public void Nobody_touching_it_for_ten_minutes_ends_it()
    {
        var deadlines = Make();
        deadlines.OwnerCame();
        _time.Advance(TimeSpan.FromMinutes(9));
        deadlines.Touch();
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Null(deadlines.Due());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SessionEndReason.Idle, deadlines.Due());
    }

    [Fact]
    public void The_time_limit_counts_whatever_happens()
    {
        var deadlines = Make();
        deadlines.OwnerCame();
        for (var i = 0; i < 30; i++)
        {
            Assert.Null(deadlines.Due());
            deadlines.Touch();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(SessionEndReason.TimeLimit, deadlines.Due());
        Assert.Equal(TimeSpan.Zero, deadlines.TimeLeft);
    }

    [Theory]
    [InlineData(SessionPurpose.Test)]
    [InlineData(SessionPurpose.Regress)]
    public void A_session_without_a_person_only_has_its_time_limit(SessionPurpose purpose)
    {
        var deadlines = Make(purpose);
        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.Null(deadlines.Due());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SessionEndReason.TimeLimit, deadlines.Due());
    }

    private SessionDeadlines Make(SessionPurpose purpose = SessionPurpose.Visit) =>
        new(_options, TimeSpan.FromMinutes(30), purpose, _time);
}
