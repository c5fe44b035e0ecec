namespace Preserve.Workers.Watching;

/// <summary>What a <c>pointer</c> message shows.</summary>
internal enum PointerMark
{
    /// <summary>Where the pointer of whoever controls is: absolute pointers only, since a guest that has one does not draw it itself.</summary>
    Controller,

    /// <summary>What the owner points out. Never sent into the guest.</summary>
    Guide,
}

/// <summary>A place of one machine's screen in guest pixels; -1, -1 for none.</summary>
internal readonly record struct PointerPlace(int Machine, int X, int Y);
