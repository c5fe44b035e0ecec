using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Preserve.Sandbox.Host;

namespace Preserve.Sandbox.Hostile;

/// <summary>
/// Opens what a sandboxed program made, while that program may still be changing it: a link is not followed, a FIFO or
/// device is not waited for, and what is checked is what is then used, not what has the name a moment later.
/// </summary>
public static class HostileFile
{
    /// <summary>Opens a regular file for reading. The stream ends at the length found now, whatever is appended later.</summary>
    /// <param name="folder">A private folder, or one inside whose path the program cannot change.</param>
    /// <param name="name">One name, without separators.</param>
    /// <param name="maximumLength">Longest file that is accepted, in bytes.</param>
    /// <exception cref="HostileFileException">There is no such file, it is something else than a regular file, or it is too long.</exception>
    public static Stream OpenRead(string folder, string name, long maximumLength)
    {
        var handle = Open(folder, name, Libc.OpenHostile);
        if (!TryRead(handle, out var facts) || !facts.IsRegularFile)
        {
            handle.Dispose();
            throw new HostileFileException($"{name} is not a regular file.");
        }

        if (facts.LengthInBytes > maximumLength)
        {
            handle.Dispose();
            throw new HostileFileException(string.Create(CultureInfo.InvariantCulture,
                $"{name} has {facts.LengthInBytes} bytes; at most {maximumLength} are accepted."));
        }

        return new HostileFileStream(handle, facts.LengthInBytes);
    }

    /// <summary>Whether the path names a socket itself, not a link to one. To use it, <see cref="ConnectAsync"/>.</summary>
    public static bool IsSocket(string path) => FileFacts.TryReadAt(Libc.AtFdCwd, path, out var facts) && facts.IsSocket;

    /// <summary>Connects to a stream socket that the program listens on, and to no other that it may have linked to.</summary>
    /// <exception cref="HostileFileException">There is no such name, or it is not a socket.</exception>
    /// <exception cref="SocketException">Nobody listens.</exception>
    public static async Task<Socket> ConnectAsync(string folder, string name, CancellationToken cancellationToken)
    {
        using var handle = Open(folder, name, Libc.PathOnly);
        if (!TryRead(handle, out var facts) || !facts.IsSocket)
        {
            throw new HostileFileException($"{name} is not a socket.");
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // By descriptor: it stays the socket that was looked at, and the path's length has no bound of 107 bytes.
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}");
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SafeFileHandle Open(string folder, string name, int flags)
    {
        if (name is "" or "." or ".." || name.AsSpan().ContainsAny('/', '\0'))
        {
            throw new ArgumentException("Not the name of a file.", nameof(name));
        }

        var parent = FolderWalk.OpenFolder(Libc.AtFdCwd, folder);
        if (parent < 0)
        {
            throw new HostileFileException($"The folder of {name} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }

        var descriptor = Libc.OpenAt(parent, name, flags | Libc.NoFollow, 0);
        var error = Marshal.GetLastPInvokeError();
        _ = Libc.Close(parent);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new HostileFileException(error switch
            {
                Libc.NotFound => $"{name} does not exist.",
                Libc.TooManyLinks => $"{name} is a link.",
                _ => $"{name} cannot be opened (error {error}).",
            });
    }

    private static bool TryRead(SafeFileHandle handle, out FileFacts facts) =>
        FileFacts.TryReadOpen((int)handle.DangerousGetHandle(), out facts);
}
