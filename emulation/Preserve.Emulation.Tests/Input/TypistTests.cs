using Microsoft.Extensions.Time.Testing;
using Preserve.Emulation.Input;
using Preserve.Emulation.Machines;

namespace Preserve.Emulation.Tests.Input;

public class TypistTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(40);

    private readonly FakeTimeProvider _time = new();
    private readonly Guest _guest = new();

    [Fact(Timeout = 10_000)]
    public async Task Where_the_buffer_shows_each_key_the_next_one_follows_without_waiting()
    {
        Assert.True(await TypeAsync("Ab", _guest));

        Assert.Equal(["2A down", "1E down", "1E up", "2A up", "30 down", "30 up"], _guest.Log);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_full_buffer_is_waited_for()
    {
        _guest.Waiting = 8;
        var typing = TypeAsync("a", _guest);
        await AdvanceAsync(typing, TimeSpan.FromSeconds(5));
        Assert.Empty(_guest.Log);

        _guest.Waiting = 7;
        await AdvanceAsync(typing, TimeSpan.FromSeconds(1));

        Assert.True(await typing);
        Assert.Equal(["1E down", "1E up"], _guest.Log);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_buffer_that_stays_full_ends_it_and_nothing_more_is_typed()
    {
        _guest.Waiting = 15;
        var typing = TypeAsync("a", _guest);

        await AdvanceAsync(typing, TimeSpan.FromSeconds(25));

        Assert.False(await typing);
        Assert.Empty(_guest.Log);
    }

    [Fact(Timeout = 10_000)]
    public async Task Where_the_buffer_does_not_move_keys_follow_at_the_interval()
    {
        _guest.KeepsBuffer = false;
        var began = _time.GetUtcNow();
        var typing = TypeAsync("aaaaa", _guest);

        await AdvanceAsync(typing, TimeSpan.FromSeconds(2));

        Assert.True(await typing);
        Assert.Equal(10, _guest.Log.Count);

        // Half a second until the buffer is given up, then four keys.
        Assert.InRange(_guest.LastAt - began, TimeSpan.FromMilliseconds(500 + (3 * 40)), TimeSpan.FromMilliseconds(500 + (4 * 40) + 20));
    }

    [Fact(Timeout = 10_000)]
    public async Task Cancelled_in_mid_character_it_leaves_no_key_down()
    {
        using var cancelling = new CancellationTokenSource();
        _guest.WhenKey = key =>
        {
            if (key == "1E down")
            {
                cancelling.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TypeAsync("AA", _guest, cancelling.Token));

        Assert.Equal(["2A down", "1E down", "1E up", "2A up"], _guest.Log);
    }

    private Task<bool> TypeAsync(string text, Guest guest, CancellationToken? stopping = null)
    {
        guest.Time = _time;
        return new Typist(guest, guest, s_interval, _time)
            .TypeAsync(TypingPlan.Make(text, KeyboardLayout.Find("us")!, null).Characters, _ => { }, stopping ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Lets time go by in the small steps in which the typist looks.</summary>
    private async Task AdvanceAsync(Task typing, TimeSpan span)
    {
        for (var gone = TimeSpan.Zero; gone < span && !typing.IsCompleted; gone += TimeSpan.FromMilliseconds(1))
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }

    /// <summary>A guest that writes down its keys, with a BIOS buffer that one key at a time goes to.</summary>
    private sealed class Guest : IMachineInput, IMachineKeyBuffer
    {
        private int _position;

        public event Action<PointerKind>? PointerChanged
        {
            add { }
            remove { }
        }

        public PointerKind Pointer => PointerKind.None;

        public List<string> Log { get; } = [];

        public Action<string> WhenKey { get; set; } = _ => { };

        public int Waiting { get; set; }

        public bool KeepsBuffer { get; set; } = true;

        public FakeTimeProvider Time { get; set; } = new();

        public DateTimeOffset LastAt { get; private set; }

        public Task KeyAsync(byte scancode, uint keysym, bool isDown, CancellationToken cancellationToken)
        {
            var key = $"{scancode:X2} {(isDown ? "down" : "up")}";
            Log.Add(key);
            LastAt = Time.GetUtcNow();
            _position += KeepsBuffer && isDown && scancode != 0x2A ? 1 : 0;
            WhenKey(key);
            return Task.CompletedTask;
        }

        public Task<KeyBufferState?> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult<KeyBufferState?>(new KeyBufferState(Waiting, _position % 16));

        public Task PointAsync(int x, int y, PointerButtons buttons, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task MoveAsync(int deltaX, int deltaY, PointerButtons buttons, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ReleaseAllAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
