namespace Preserve.Emulation.Machines;

/// <summary>What the guest sends to the machine's parallel port, as a printer would get it. Kept while the machine runs.</summary>
public interface IMachinePrinter
{
    /// <summary>Everything that was sent so far, at most <see cref="MaximumLengthInBytes"/>: the first of it where more came.</summary>
    byte[] Printed { get; }

    /// <summary>Whether more was sent than is kept; the rest is lost, and the guest is not told.</summary>
    bool IsFull { get; }

    /// <summary>Most that is kept, in bytes.</summary>
    int MaximumLengthInBytes { get; }
}
