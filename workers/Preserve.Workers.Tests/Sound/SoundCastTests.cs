using Preserve.Emulation.Tests.Sound;
using Preserve.Workers.Sound;
using Preserve.Workers.Tests.Running;

namespace Preserve.Workers.Tests.Sound;

public sealed class SoundCastTests : IAsyncDisposable
{
    private const int Rate = 48000;

    private readonly FakeSound _sound = new();
    private readonly SoundCast _cast;
    private readonly List<SoundSender> _senders = [];

    public SoundCastTests() => _cast = new SoundCast(_sound);

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders)
        {
            await _cast.RemoveAsync(sender);
            await sender.DisposeAsync();
        }
    }

    [Theory(Timeout = 30_000), InlineData(SoundFormat.Opus, 450), InlineData(SoundFormat.Pcm, 450), InlineData(SoundFormat.Opus, 2000), InlineData(SoundFormat.Pcm, 2000)]
    internal async Task What_is_played_is_what_is_heard(SoundFormat format, double pitch)
    {
        var (_, packets) = await ListenAsync(format);

        for (var i = 0; i < 25; i++)
        {
            await PlayAsync(packets, pitch);
        }

        var heard = Decode(format, packets);
        Assert.InRange(heard.Length, 0.48 * Rate, 0.52 * Rate);
        var middle = heard.AsSpan((int)(0.1 * Rate), (int)(0.3 * Rate));
        Assert.InRange(Pitch.Amplitude(middle, Rate, pitch), 0.4, 0.55);
        Assert.InRange(Pitch.Share(middle, Rate, pitch), 0.95, 1.01);
    }

    [Fact(Timeout = 30_000)]
    public async Task PCM_carries_nothing_that_its_rate_would_fold_down()
    {
        var (_, packets) = await ListenAsync(SoundFormat.Pcm);

        for (var i = 0; i < 10; i++)
        {
            await PlayAsync(packets, 20_000);
        }

        // 20 kHz would be heard at 4 kHz.
        Assert.InRange(Pitch.Amplitude(Decode(SoundFormat.Pcm, packets).AsSpan(2400), Rate, 4000), 0, 0.02);
    }

    [Fact(Timeout = 30_000)]
    public async Task Opus_takes_a_small_part_of_what_PCM_takes()
    {
        var (_, opus) = await ListenAsync(SoundFormat.Opus);
        var (_, pcm) = await ListenAsync(SoundFormat.Pcm);

        for (var i = 0; i < 25; i++)
        {
            await PlayAsync(pcm, 450);
        }

        await HasAsync(opus, pcm.Count);
        Assert.Equal(24_000, pcm.Sum(packet => packet.Length));
        Assert.InRange(opus.Sum(packet => packet.Length), 100, 24_000 / 4);
    }

    [Fact(Timeout = 30_000)]
    public async Task Listeners_of_one_format_share_one_encode()
    {
        var (_, first) = await ListenAsync(SoundFormat.Opus);
        var (_, second) = await ListenAsync(SoundFormat.Opus);

        await PlayAsync(first, 450);

        await HasAsync(second, 1);
        Assert.Same(first[0], second[0]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_silent_machine_costs_nothing_after_a_moment()
    {
        var (_, packets) = await ListenAsync(SoundFormat.Opus);
        await PlayAsync(packets, 450);

        // A card that plays nothing may rest beside zero.
        var silence = Enumerable.Repeat((short)-77, SoundFrame.Samples).ToArray();
        for (var i = 0; i < 200; i++)
        {
            _sound.Say(silence);
            await HasAsync(packets, Math.Min(i + 2, 1 + FrameCutter.Hangover));
        }

        Assert.Equal(1 + FrameCutter.Hangover, packets.Count);
        await PlayAsync(packets, 450);
    }

    [Theory(Timeout = 30_000), InlineData(SoundFormat.Opus), InlineData(SoundFormat.Pcm)]
    internal async Task A_machine_that_falls_silent_sends_what_it_had_begun_and_ends_unheard(SoundFormat format)
    {
        // As in the player: a sound that ends below this is not broken off.
        const double Audible = 0.003;
        var (_, packets) = await ListenAsync(format);

        _sound.Play(450, 0.03);
        await HasAsync(packets, 1);
        _sound.FallSilent();
        await HasAsync(packets, 4);
        _sound.FallSilent();

        var heard = Decode(format, packets);
        Assert.InRange(heard.AsSpan((int)(0.025 * Rate), 200).ToArray().Max(), 0.3, 1);
        Assert.InRange(heard[^100..].Max(Math.Abs), 0, Audible);
        Assert.Equal(4, packets.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_machine_is_asked_for_sound_while_anybody_listens()
    {
        var (first, _) = await ListenAsync(SoundFormat.Opus);
        var (second, packets) = await ListenAsync(SoundFormat.Pcm);

        await _cast.RemoveAsync(first);
        Assert.True(_sound.Asked[^1]);
        await PlayAsync(packets, 450);
        await _cast.RemoveAsync(second);

        Assert.False(_sound.Asked[^1]);
    }

    [Fact(Timeout = 30_000)]
    public async Task One_who_comes_while_the_last_one_goes_is_heard_last()
    {
        var (first, _) = await ListenAsync(SoundFormat.Opus);
        var answer = new TaskCompletionSource();
        _sound.Answer = answer.Task;

        var leaving = _cast.RemoveAsync(first);
        var coming = ListenAsync(SoundFormat.Opus);
        answer.SetResult();
        await leaving;
        await coming;

        Assert.True(_sound.Asked[^1]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_listener_that_does_not_read_loses_the_oldest_and_holds_nobody_up()
    {
        var hold = new TaskCompletionSource();
        var (_, good) = await ListenAsync(SoundFormat.Pcm);
        var (_, slow) = await ListenAsync(SoundFormat.Pcm, hold.Task);

        for (var i = 0; i < 50; i++)
        {
            await PlayAsync(good, 450);
        }

        hold.SetResult();
        await Waiting.UntilAsync(() => slow.Count > 0 && slow[^1] == good[^1], "the newest packet");
        Assert.InRange(slow.Count, 2, 8);
    }

    [Theory, InlineData(new int[0], SoundFormat.Pcm), InlineData(new[] { 99, 1, 0 }, SoundFormat.Opus), InlineData(new[] { 0, 1 }, SoundFormat.Pcm), InlineData(new[] { -1 }, SoundFormat.Pcm)]
    internal void The_first_format_that_both_know_is_chosen(int[] formats, SoundFormat expected) => Assert.Equal(expected, SoundCast.Choose(formats));

    private async Task<(SoundSender Sender, List<byte[]> Packets)> ListenAsync(SoundFormat format, Task? hold = null)
    {
        var packets = new List<byte[]>();
        var sender = new SoundSender(format, async (packet, _) =>
        {
            lock (packets)
            {
                packets.Add(packet);
            }

            await (hold ?? Task.CompletedTask);
        });
        _senders.Add(sender);
        await _cast.AddAsync(sender);
        return (sender, packets);
    }

    // One frame at a time, since a sender drops what waits for long. 20 ms hold whole periods of the pitches used.
    private async Task PlayAsync(List<byte[]> packets, double pitch)
    {
        var before = packets.Count;
        _sound.Play(Math.Round(pitch * 0.02) / 0.02, 0.02);
        await HasAsync(packets, before + 1);
    }

    private static Task HasAsync(List<byte[]> packets, int count) => Waiting.UntilAsync(
        () =>
        {
            lock (packets)
            {
                return packets.Count >= count;
            }
        },
        $"{count} packets");

    private static float[] Decode(SoundFormat format, List<byte[]> packets)
    {
        using var opus = new OpusSoundDecoder();
        return [.. packets.SelectMany(packet => format == SoundFormat.Opus ? opus.Decode(packet) : PcmSound.Decode(packet))];
    }
}
