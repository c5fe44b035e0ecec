using Microsoft.Playwright;
using Preserve.Web.BrowserTests.Running;

namespace Preserve.Web.BrowserTests;

/// <summary>What a visitor hears of a machine that plays a scale, on a secure page and on a plain one.</summary>
public sealed class SoundTests(Museum museum) : IClassFixture<Museum>
{
    private const int Limit = 150_000;
    private const int Opus = 1;

    [Theory(Timeout = Limit), InlineData(null, "worklet"), InlineData(Museum.OtherName, "scheduled")]
    public async Task A_visitor_who_switches_sound_on_hears_the_scale_in_order(string? host, string outlet)
    {
        var visit = await Visit.StartAsync(museum, "tune", host);
        var ear = new Ear(visit);
        Assert.Empty((await ear.ReadAsync()).Samples);

        await Sound(visit).ClickAsync();

        var reading = await ear.HearsScaleAsync();
        Assert.Equal((outlet, (int?)Opus), (reading.Outlet, reading.Format));
        Assert.InRange(reading.HeldInSeconds, 0, 0.13);
    }

    [Fact(Timeout = Limit)]
    public async Task Sound_is_switched_by_keyboard_and_the_volume_outlives_the_page()
    {
        var visit = await Visit.StartAsync(museum, "tune");
        var ear = new Ear(visit);
        await Sound(visit).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await ear.HearsScaleAsync();

        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.UntilAsync(async () => (await ear.ReadAsync()).Samples is { Length: > 0 } samples && samples.All(sample => sample == 0), "nothing is heard at volume 0");

        await visit.Page.ReloadAsync();
        await visit.IsAsync("running");
        await Sound(visit).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Slider)).ToHaveValueAsync("0");
    }

    [Fact(Timeout = Limit)]
    public async Task Muted_it_is_silent_and_after_that_heard_again()
    {
        var visit = await Visit.StartAsync(museum, "tune");
        var ear = new Ear(visit);
        await Sound(visit).ClickAsync();
        await ear.HearsScaleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Mute" }).ClickAsync();
        Assert.Empty((await ear.ReadAsync()).Samples);

        await Sound(visit).ClickAsync();
        await ear.HearsScaleAsync();
    }

    [Theory(Timeout = Limit), InlineData(null), InlineData(Museum.OtherName)]
    public async Task After_a_cut_of_the_network_sound_comes_back_in_time(string? host)
    {
        await using var cable = new Cable(museum.Service.Address);
        var visit = await Visit.StartAsync(museum, "tune", host, cable.Port);
        var ear = new Ear(visit);
        await Sound(visit).ClickAsync();
        await ear.HearsScaleAsync();

        cable.Cut();
        await visit.IsAsync("reconnecting");
        await Task.Delay(2000, TestContext.Current.CancellationToken);
        cable.Mend();
        await visit.IsAsync("running");

        var reading = await ear.HearsScaleAsync();
        Assert.InRange(reading.HeldInSeconds, 0, 0.13);
    }

    [Fact(Timeout = Limit)]
    public async Task A_machine_without_sound_has_no_sound_button()
    {
        var visit = await Visit.StartAsync(museum, "openbios-sparc");

        await Assertions.Expect(Sound(visit)).ToHaveCountAsync(0);
    }

    private static ILocator Sound(Visit visit) => visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Sound is off") });
}
