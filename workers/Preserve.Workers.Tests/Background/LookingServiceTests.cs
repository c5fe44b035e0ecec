using Microsoft.Extensions.Logging.Abstractions;
using Preserve.Workers.Background;

namespace Preserve.Workers.Tests.Background;

public sealed class LookingServiceTests
{
    public static TheoryData<Exception> Failures =>
    [
        new IOException("The disk failed."),
        new OperationCanceledException("A connection was closed while it was waited for."),
    ];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_look_that_fails_is_followed_by_the_next(Exception failure)
    {
        using var service = new Looks(failure);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.SecondLook.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_stop_ends_a_look_and_the_service()
    {
        using var service = new Looks(failure: null);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.FirstLook.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    /// <summary>Its first look fails, or never ends.</summary>
    private sealed class Looks(Exception? failure)
        : LookingService(TimeSpan.FromMilliseconds(1), "It could not look", TimeProvider.System, NullLogger<Looks>.Instance)
    {
        private readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _secondLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _looks;

        public Task FirstLook => _firstLook.Task;

        public Task SecondLook => _secondLook.Task;

        protected override async Task LookAsync(CancellationToken cancellationToken)
        {
            if (++_looks > 1)
            {
                _secondLook.TrySetResult();
                return;
            }

            _firstLook.TrySetResult();
            await (failure is null ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.FromException(failure));
        }
    }
}
