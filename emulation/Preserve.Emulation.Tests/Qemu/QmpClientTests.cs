using Microsoft.Extensions.Time.Testing;
using Preserve.Emulation.Qemu;

namespace Preserve.Emulation.Tests.Qemu;

public sealed class QmpClientTests : IAsyncDisposable
{
    private readonly FakeMonitor _monitor = new();
    private readonly FakeTimeProvider _time = new();

    public ValueTask DisposeAsync() => _monitor.DisposeAsync();

    [Fact(Timeout = 10_000)]
    public async Task A_reply_that_comes_one_byte_at_a_time_reaches_its_caller()
    {
        await using var client = await ConnectAsync();
        var status = client.ExecuteAsync("query-status", null, TestContext.Current.CancellationToken);
        await _monitor.ReceiveAsync("query-status#2");
        await _monitor.SendAsync("""{"return":{"running":true},"id":"query-status#2"}""");

        Assert.True((await status).GetProperty("running").GetBoolean());
    }

    [Fact(Timeout = 10_000)]
    public async Task Replies_out_of_order_and_events_between_them_are_told_apart()
    {
        await using var client = await ConnectAsync();
        var first = client.ExecuteAsync("first", null, TestContext.Current.CancellationToken);
        var second = client.ExecuteAsync("second", null, TestContext.Current.CancellationToken);
        await _monitor.SendAsync("""{"return":2,"id":"second#3"}""");
        await _monitor.SendAsync("""{"event":"RESET","data":{"guest":true},"timestamp":{}}""");
        await _monitor.SendAsync("""{"return":1,"id":"first#2"}""");

        Assert.Equal(1, (await first).GetInt32());
        Assert.Equal(2, (await second).GetInt32());
        Assert.Equal("RESET", (await client.Events.ReadAsync(TestContext.Current.CancellationToken)).Name);
    }

    [Fact(Timeout = 10_000)]
    public async Task QEMUs_error_keeps_QEMUs_words()
    {
        await using var client = await ConnectAsync();
        var refused = client.ExecuteAsync("nonsense", null, TestContext.Current.CancellationToken);
        await _monitor.SendAsync("""{"error":{"class":"CommandNotFound","desc":"no nonsense here"},"id":"nonsense#2"}""");

        var error = await Assert.ThrowsAsync<QmpException>(() => refused);
        Assert.Equal(("CommandNotFound", "no nonsense here"), (error.ErrorClass, error.Message));
    }

    [Fact(Timeout = 10_000)]
    public async Task A_peer_that_dies_fails_every_waiting_caller_and_ends_the_events()
    {
        await using var client = await ConnectAsync();
        var waiting = Enumerable.Range(0, 5).Select(i => client.ExecuteAsync($"wait{i}", null, TestContext.Current.CancellationToken)).ToArray();
        _monitor.Close();

        foreach (var caller in waiting)
        {
            Assert.Equal(QmpException.Closed, (await Assert.ThrowsAsync<QmpException>(() => caller)).ErrorClass);
        }

        await client.Events.Completion;
        await Assert.ThrowsAsync<QmpException>(() => client.ExecuteAsync("late", null, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 10_000)]
    public async Task A_command_without_an_answer_times_out_and_later_ones_still_work()
    {
        await using var client = await ConnectAsync();
        var slow = client.ExecuteAsync("slow", null, TestContext.Current.CancellationToken);
        await _monitor.ReceiveAsync("slow#2");
        while (!slow.IsCompleted)
        {
            _time.Advance(client.CommandTimeout);
            await Task.Yield();
        }

        Assert.Equal(QmpException.TimedOut, (await Assert.ThrowsAsync<QmpException>(() => slow)).ErrorClass);
        var next = client.ExecuteAsync("next", null, TestContext.Current.CancellationToken);
        await _monitor.SendAsync("""{"return":"late","id":"slow#2"}""");
        await _monitor.SendAsync("""{"return":"good","id":"next#3"}""");
        Assert.Equal("good", (await next).GetString());
    }

    [Theory(Timeout = 10_000)]
    [InlineData("[1,2]")]
    [InlineData("not json")]
    [InlineData("\"text\"")]
    public async Task Something_that_is_not_the_protocol_ends_the_connection(string line)
    {
        var connecting = QmpClient.ConnectAsync(_monitor.Client, _time, TestContext.Current.CancellationToken);
        await _monitor.SendAsync(line);

        Assert.Equal(QmpException.Broken, (await Assert.ThrowsAsync<QmpException>(() => connecting)).ErrorClass);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_line_without_end_is_refused_at_its_bound()
    {
        using var endless = new MemoryStream(new byte[QmpLines.MaximumLengthInBytes + 100_000]);
        await using var lines = new QmpLines(endless);

        Assert.Equal(QmpException.Broken, (await Assert.ThrowsAsync<QmpException>(async () => await lines.ReadAsync())).ErrorClass);
    }

    private async Task<QmpClient> ConnectAsync()
    {
        var connecting = QmpClient.ConnectAsync(_monitor.Client, _time, TestContext.Current.CancellationToken);
        await _monitor.NegotiateAsync();
        return await connecting;
    }
}
