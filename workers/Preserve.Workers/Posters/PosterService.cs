using Microsoft.Extensions.Hosting;

namespace Preserve.Workers.Posters;

internal sealed class PosterService : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}
