using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Preserve.Sandbox;

/// <summary>The door of this project.</summary>
public static class SandboxServices
{
    /// <summary>Adds <see cref="ISandbox"/>, with the system's clock unless the services hold a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddPreserveSandbox(this IServiceCollection services, SandboxOptions? options = null) =>
        services.AddSingleton<ISandbox>(provider => new BubblewrapSandbox(
            options ?? new SandboxOptions(),
            provider.GetRequiredService<ILogger<BubblewrapSandbox>>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System));

    /// <summary>Adds an <see cref="ISandbox"/> that is none; <see cref="Unconfined.UnconfinedSandbox"/> tells what that means.</summary>
    public static IServiceCollection AddPreserveUnconfined(this IServiceCollection services) =>
        services.AddSingleton<ISandbox>(new Unconfined.UnconfinedSandbox(TimeProvider.System));
}
