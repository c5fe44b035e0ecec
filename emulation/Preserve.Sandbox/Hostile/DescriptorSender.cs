using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Preserve.Sandbox.Hostile;

/// <summary>
/// Hands an open file to a sandboxed program through a unix socket (unix(7), SCM_RIGHTS): the program can use that file and learns no path, and nothing has to lie
/// in a folder that it can change.
/// </summary>
public static partial class DescriptorSender
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Rights = 1; // SCM_RIGHTS
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int HeaderLength = 16; // CMSG_LEN(0) on 64-bit systems

    /// <summary>Sends bytes with a descriptor. The bytes must be few enough for the socket to take them at once; the peer gets a descriptor of its own.</summary>
    /// <exception cref="SocketException">The peer has gone, or does not read.</exception>
    public static unsafe void Send(Socket socket, ReadOnlySpan<byte> bytes, SafeHandle file)
    {
        var isHeld = false;
        var isSocketHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            socket.SafeHandle.DangerousAddRef(ref isSocketHeld);
            fixed (byte* data = bytes)
            {
                var control = stackalloc byte[HeaderLength + 8];
                *(nuint*)control = HeaderLength + sizeof(int);
                *(int*)(control + 8) = SocketLevel;
                *(int*)(control + 12) = Rights;
                *(int*)(control + HeaderLength) = (int)file.DangerousGetHandle();
                var part = new Part { Start = (nint)data, Length = (nuint)bytes.Length };
                var message = new Message { Parts = (nint)(&part), PartCount = 1, Control = (nint)control, ControlLength = HeaderLength + 8 };
                var sent = SendMessage((int)socket.SafeHandle.DangerousGetHandle(), &message, NoSignal);
                if (sent != bytes.Length)
                {
                    throw new SocketException(sent < 0 ? Marshal.GetLastPInvokeError() : (int)SocketError.NoBufferSpaceAvailable, "The file could not be handed over.");
                }
            }
        }
        finally
        {
            if (isSocketHeld)
            {
                socket.SafeHandle.DangerousRelease();
            }

            if (isHeld)
            {
                file.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static unsafe partial nint SendMessage(int socket, Message* message, int flags);

    /// <summary>struct iovec.</summary>
    private struct Part
    {
        public nint Start;
        public nuint Length;
    }

    /// <summary>struct msghdr as 64-bit Linux has it.</summary>
    private struct Message
    {
        public nint Name;
        public nuint NameLength;
        public nint Parts;
        public nuint PartCount;
        public nint Control;
        public nuint ControlLength;
        public nuint Flags;
    }
}
