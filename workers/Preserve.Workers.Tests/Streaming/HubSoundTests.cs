using Microsoft.Extensions.DependencyInjection;
using Preserve.Catalog.Sessions;
using Preserve.Emulation.Machines;
using Preserve.Emulation.Tests.Sound;
using Preserve.Workers.Sessions;
using Preserve.Workers.Tests.Running;
using Preserve.Workers.Tests.Sound;

namespace Preserve.Workers.Tests.Streaming;

/// <summary>Sound through the hub, of a real machine that plays a scale.</summary>
public sealed class HubSoundTests(StarterWorker starter) : IClassFixture<StarterWorker>
{
    private const int Rate = 48000;
    private const int Pcm = 0;
    private const int Opus = 1;

    private static readonly int[] BothFormats = [Opus, Pcm];

    private Worker Worker => starter.Worker;

    [Theory(Timeout = 120_000), InlineData(Opus), InlineData(Pcm)]
    public async Task A_listener_hears_the_scale_in_the_format_it_asked_for(int format)
    {
        var session = await Worker.BeginAsync("tune");
        await using var player = await ConnectAsync(session);

        await player.SendAsync("Listen", 0, true, new[] { format });

        await HearsScaleAsync(player, format);
        Assert.All(player.Sounds, sound => Assert.Equal((0, format), (sound.Machine, sound.Format)));
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task When_one_of_two_listeners_leaves_the_other_goes_on_hearing()
    {
        var session = await Worker.BeginAsync("tune");
        await using var staying = await ConnectAsync(session);
        await using (var leaving = await ConnectAsync(session))
        {
            await staying.SendAsync("Listen", 0, true, BothFormats);
            await leaving.SendAsync("Listen", 0, true, BothFormats);
            await Waiting.UntilAsync(() => leaving.Sounds.Count > 10 && staying.Sounds.Count > 10, "sound at both");
        }

        var before = staying.Sounds.Count;
        await Waiting.UntilAsync(() => staying.Sounds.Count > before + 100, "two more seconds of sound");
        await HearsScaleAsync(staying, Opus);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task Nobody_listening_the_machine_makes_no_sound_for_us()
    {
        var session = await Worker.BeginAsync("tune");
        await using var player = await ConnectAsync(session);
        var made = 0;
        SoundOf(session).Samples += _ => Interlocked.Increment(ref made);
        await player.SendAsync("Listen", 0, true, BothFormats);
        await Waiting.UntilAsync(() => player.Sounds.Count > 10, "sound");

        // The answer to a call says that the one before it has been carried out.
        await player.SendAsync("Listen", 0, false, Array.Empty<int>());
        await player.Connection.InvokeCoreAsync("Listen", typeof(object), [0, false, Array.Empty<int>()], TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        var before = (made, player.Sounds.Count);
        await Task.Delay(1500, TestContext.Current.CancellationToken);

        Assert.Equal(before, (made, player.Sounds.Count));
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_connection_that_breaks_while_listening_stops_the_sound()
    {
        var session = await Worker.BeginAsync("tune");
        var player = await ConnectAsync(session);
        var made = 0;
        SoundOf(session, out var live).Samples += _ => Interlocked.Increment(ref made);
        await player.SendAsync("Listen", 0, true, BothFormats);
        await Waiting.UntilAsync(() => player.Sounds.Count > 10, "sound");

        await player.DisposeAsync();

        await Waiting.UntilAsync(() => live.Audience.Viewers.Count == 0, "the viewer to be gone");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var before = made;
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.Equal(before, made);
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_machine_that_is_reset_is_heard_again()
    {
        var session = await Worker.BeginAsync("tune");
        await using var player = await ConnectAsync(session);
        await player.SendAsync("Listen", 0, true, BothFormats);
        await Waiting.UntilAsync(() => player.Sounds.Count > 50, "sound");

        await player.SendAsync("Reset", 0);

        var before = player.Sounds.Count;
        await Waiting.UntilAsync(() => player.Sounds.Count > before + 150, "three seconds of sound");
        Assert.Contains(Pitch.Scale[0], Melody(player.Sounds.Skip(before), Opus));
        await EndAsync(session);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_machine_without_sound_says_so_and_listening_to_it_is_no_error()
    {
        var session = await Worker.BeginAsync("openbios-sparc");
        await using var player = await ConnectAsync(session);

        await player.SendAsync("Listen", 0, true, BothFormats);
        await player.Connection.InvokeCoreAsync("Listen", typeof(object), [0, false, BothFormats], TestContext.Current.CancellationToken);

        Assert.False(player.State!.Machines[0].Sound);
        Assert.False(player.IsClosed);
        Assert.Empty(player.Sounds);
        await EndAsync(session);
    }

    private async Task<Player> ConnectAsync(StartedSession session)
    {
        var ticket = await Worker.Sessions.IssueTicketAsync(session.View.Id, session.Key, TestContext.Current.CancellationToken);
        var player = await Player.ConnectAsync(Worker, ticket!.Token);
        await player.StateAsync("running");
        return player;
    }

    private IMachineSound SoundOf(StartedSession session) => SoundOf(session, out _);

    private IMachineSound SoundOf(StartedSession session, out LiveSession live)
    {
        live = Worker.Services.GetRequiredService<SessionHost>().Find(session.View.Id)!;
        return live.Machines[0].Machine.Sound!;
    }

    private static Task HearsScaleAsync(Player player, int format) => Waiting.UntilAsync(
        () => player.Sounds.Count > 250 && Pitch.IsScale(Melody(player.Sounds, format)),
        "the scale",
        () => $"Heard: {string.Join(' ', Melody(player.Sounds, format))} in {player.Sounds.Count} messages.");

    private static IReadOnlyList<double> Melody(IEnumerable<SoundMessage> sounds, int format)
    {
        using var opus = new OpusSoundDecoder();
        var samples = sounds.SelectMany(sound => format == Opus ? opus.Decode(sound.Packet) : PcmSound.Decode(sound.Packet)).ToArray();
        return Pitch.Melody(samples, Rate, Pitch.Scale);
    }

    private async Task EndAsync(StartedSession session)
    {
        await Worker.Sessions.EndAsync(session.View.Id, SessionEndReason.Stopped, TestContext.Current.CancellationToken);
        await Worker.WaitForAsync(session.View.Id, SessionState.Ended);
    }
}
