using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Preserve.Workers.Streaming;

/// <summary>MessagePack as SignalR speaks it, except that a call with an unknown name or arguments of the wrong kind ends its connection.</summary>
internal sealed class StrictMessagePackProtocol : IHubProtocol
{
    private readonly MessagePackHubProtocol _inner = new();

    public string Name => _inner.Name;

    public int Version => _inner.Version;

    public TransferFormat TransferFormat => _inner.TransferFormat;

    public bool IsVersionSupported(int version) => _inner.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        !_inner.TryParseMessage(ref input, binder, out message)
            ? false
            : message is InvocationBindingFailureMessage failure
                ? throw new InvalidDataException("A call of an unknown name, or with arguments of the wrong kind.", failure.BindingFailure.SourceException)
                : true;

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _inner.GetMessageBytes(message);
}
