using System.Net;
using System.Net.Sockets;
using Preserve.Sandbox;
using Preserve.Web.CommandLine;
using Preserve.Workers.Hosting;

namespace Preserve.Web.Hosting;

/// <summary>What is looked at before a service touches anything, so that a start that cannot work says so at once and leaves nothing behind.</summary>
/// <remarks>
/// 1. Sandboxes can reach the data folder.
/// 2. It can be made and written to.
/// 3. No other service holds it.
/// 4. Nobody else listens at the addresses.
/// </remarks>
public static class StartCheck
{
    /// <exception cref="InvalidConfigurationException">The data folder cannot be used.</exception>
    /// <exception cref="ServiceLockedException">Another service holds the data folder.</exception>
    /// <exception cref="IOException">An address cannot be listened at.</exception>
    public static void Require(HostSettings settings)
    {
        var sandboxes = new SandboxOptions();
        // Where even the root folder is out of reach it is not this folder's fault: health tells what it is, and the pages are served.
        if (SandboxReach.FindUnreachable(settings.DataFolder, sandboxes) is { } unreachable && SandboxReach.FindUnreachable("/", sandboxes) is null)
        {
            throw new InvalidConfigurationException([$"--data: no machine could be started from {settings.DataFolder}. {unreachable}"]);
        }

        DataFolder.Make(settings.DataFolder);
        using (ServiceLock.Acquire(settings.DataFolder))
        {
            foreach (var url in ServerSetup.Urls(settings))
            {
                RequireFree(url);
            }
        }
    }

    private static void RequireFree(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.Port == 0 || address.IsUnixPipe)
        {
            return;
        }

        try
        {
            using var listener = new TcpListener(Interface(address.Host), address.Port);
            listener.Start();
        }
        catch (SocketException problem)
        {
            throw new IOException(problem.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"Another program already listens at {url}. End it, or choose another address, such as --urls {address.Scheme}://{address.Host}:{FreeNeighbour(address.Port)}",
                SocketError.AccessDenied => $"Only root may listen at {url}. Choose a port from 1024 on with --urls, or put a proxy before the service.",
                SocketError.AddressNotAvailable => $"{url} is no address of this host. Choose one with --urls; 0.0.0.0 stands for all of them.",
                _ => $"Nothing can listen at {url}: {problem.Message}",
            }, problem);
        }
    }

    // As the server takes them: a name stands for every interface.
    private static IPAddress Interface(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : IPAddress.IPv6Any;

    /// <summary>A port to propose; whoever takes the proposal is told again if it is taken too.</summary>
    private static int FreeNeighbour(int port) => port < IPEndPoint.MaxPort ? port + 1 : port - 1;
}
