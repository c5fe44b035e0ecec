using Preserve.Emulation.Machines;
using Preserve.Emulation.Tests.Sound;

namespace Preserve.Emulation.Tests.Qemu;

/// <summary>Every sound card of the shipped profiles, by the pitches that a guest plays on it.</summary>
[Collection(RealQemu.Name)]
public class QemuSoundTests(QemuFixture qemu)
{
    private const double Speaker = 330;
    private const double AdLib = 440;
    private const double SoundBlaster = 500;
    private const double Ac97 = 600;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    [Theory(Timeout = 90_000), InlineData("pc-classic"), InlineData("pc-1981"), InlineData("pc-486")]
    public async Task The_notes_of_a_tune_are_heard_in_order(string profile)
    {
        var recording = await RecordAsync(profile, "tune", seconds: 6);

        var melody = Pitch.Melody(recording.Samples, recording.Rate, Pitch.Scale);

        Assert.True(Pitch.IsScale(melody), $"Heard: {string.Join(' ', melody)}");
    }

    [Theory(Timeout = 90_000)]
    [InlineData("pc-1981", Speaker), InlineData("pc-classic", Speaker)]
    [InlineData("pc-486", Speaker, AdLib, SoundBlaster), InlineData("pc-pentium", Speaker, AdLib, SoundBlaster)]
    [InlineData("pc-2000", Speaker, Ac97)]
    public async Task Each_card_of_a_profile_sounds_alone_and_together_with_the_others(string profile, params double[] pitches)
    {
        var recording = await RecordAsync(profile, "cards", seconds: (pitches.Length + 2) * 0.6);

        Assert.Equal(pitches, Pitch.Melody(recording.Samples, recording.Rate, [Speaker, AdLib, SoundBlaster, Ac97]).Order().Distinct());
        Assert.True(SoundsTogether(recording, pitches), "At no moment did all cards sound together.");
        Assert.Equal(pitches.Length, Definitions.Profile(profile).Sound.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_machine_without_a_card_offers_no_sound()
    {
        var profile = Definitions.Profile("pc-1981") with { Sound = [], MachineOptions = ["usb=off"] };
        await using var machine = await qemu.StartAsync(Definitions.On("pc-1981", BootSource.Floppy, QemuFixture.Guest("tune")) with { Profile = profile });

        Assert.Null(machine.Sound);
    }

    [Fact(Timeout = 90_000)]
    public async Task A_paused_machine_makes_no_sound_and_goes_on_where_it_was()
    {
        await using var machine = await qemu.StartAsync(Definitions.On("pc-486", BootSource.Floppy, QemuFixture.Guest("tune")));
        var recording = new Recording(machine.Sound!);
        await machine.Sound!.SetListeningAsync(true, TestContext.Current.CancellationToken);
        await Waiting.ForAsync(() => recording.Seconds > 1, s_patience);

        await machine.State!.PauseAsync(TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        var before = recording.Seconds;
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(before, recording.Seconds);

        await machine.State.ResumeAsync(TestContext.Current.CancellationToken);
        await Waiting.ForAsync(() => recording.Seconds > 6, s_patience);
        var melody = Pitch.Melody(recording.Samples, recording.Rate, Pitch.Scale);
        Assert.True(Pitch.IsScale(melody), $"Heard: {string.Join(' ', melody)}");
    }

    [Fact(Timeout = 90_000)]
    public async Task A_reset_silences_the_machine_until_its_guest_plays_again()
    {
        await using var machine = await qemu.StartAsync(Definitions.On("pc-486", BootSource.Floppy, QemuFixture.Guest("tune")));
        var recording = new Recording(machine.Sound!);
        await machine.Sound!.SetListeningAsync(true, TestContext.Current.CancellationToken);
        await Waiting.ForAsync(() => recording.Seconds > 2.5, s_patience);
        var before = recording.Samples.Length;

        await machine.ResetAsync(TestContext.Current.CancellationToken);

        await Waiting.ForAsync(() => recording.Seconds > (before / (double)recording.Rate) + 2, s_patience);
        var melody = Pitch.Melody(recording.Samples.AsSpan(before), recording.Rate, Pitch.Scale);
        Assert.Contains(Pitch.Scale[0], melody.Take(2));
    }

    private async Task<Recording> RecordAsync(string profile, string guest, double seconds)
    {
        await using var machine = await qemu.StartAsync(Definitions.On(profile, BootSource.Floppy, QemuFixture.Guest(guest)));
        var recording = new Recording(machine.Sound!);
        await machine.Sound!.SetListeningAsync(true, TestContext.Current.CancellationToken);
        await Waiting.ForAsync(() => recording.Seconds > seconds, s_patience);
        return recording;
    }

    private static bool SoundsTogether(Recording recording, double[] pitches)
    {
        var samples = recording.Samples;
        var window = recording.Rate / 5;
        return Enumerable.Range(0, (samples.Length - window) / (window / 2))
            .Any(i => pitches.All(pitch => Pitch.Amplitude(samples.AsSpan(i * window / 2, window), recording.Rate, pitch) > 0.04));
    }
}
