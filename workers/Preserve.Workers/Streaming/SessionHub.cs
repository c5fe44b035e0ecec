using Microsoft.AspNetCore.SignalR;

namespace Preserve.Workers.Streaming;

/// <summary>The player's door: docs/session-hub.md, method by method.</summary>
public sealed class SessionHub : Hub;
