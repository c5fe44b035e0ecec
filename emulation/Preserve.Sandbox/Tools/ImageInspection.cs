namespace Preserve.Sandbox.Tools;

/// <summary>What looking into a stored image gave.</summary>
/// <param name="Verdict">Whether it may be attached, or why not.</param>
/// <param name="Message">In words; empty for <see cref="ImageVerdict.Sound"/>.</param>
/// <param name="GuestLengthInBytes">Size of the disk inside, in bytes; 0 unless sound.</param>
public sealed record ImageInspection(ImageVerdict Verdict, string Message, long GuestLengthInBytes);

/// <summary>What an image is to lie on, in the words of its header.</summary>
/// <param name="Path">As it is called inside a sandbox.</param>
/// <param name="Driver">The tool's name of its format.</param>
public sealed record ImageBacking(string Path, string Driver);

/// <summary>Whether a stored image may be attached.</summary>
public enum ImageVerdict
{
    /// <summary>All of it is in the one file.</summary>
    Sound,

    /// <summary>Its header names another file: a backing file, a data file or an extent.</summary>
    RefersOutside,

    /// <summary>It is not in the format that it is said to be in, or is damaged, or encrypted.</summary>
    Unreadable,

    /// <summary>Looking into it took more than its bounds allow.</summary>
    TookTooMuch,
}
