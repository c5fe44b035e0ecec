namespace Preserve.Workers.Background;

/// <summary>Those for whom work in the background makes room.</summary>
internal interface IVisitors
{
    /// <summary>Whether a session's machines are being started right now.</summary>
    bool IsStarting { get; }
}

/// <summary>A process that takes no visitors, such as a verb beside no service.</summary>
internal sealed class NoVisitors : IVisitors
{
    public bool IsStarting => false;
}
