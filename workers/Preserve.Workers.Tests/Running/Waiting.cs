namespace Preserve.Workers.Tests.Running;

/// <summary>Polls a condition, since nothing in these tests may depend on how fast the machine is.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task UntilAsync(Func<bool> condition, string what, Func<string>? found = null) =>
        UntilAsync(() => Task.FromResult(condition()), what, found);

    /// <param name="condition">What is waited for.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="found">What there is instead, for the failure.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, Func<string>? found = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await condition())
        {
            try
            {
                await Task.Delay(20, patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Waited {Patience.TotalSeconds:0} s for: {what}. {found?.Invoke()}");
            }
        }
    }
}
