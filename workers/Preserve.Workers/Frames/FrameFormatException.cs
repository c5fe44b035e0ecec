namespace Preserve.Workers.Frames;

/// <summary>A blob is not one that an encoder makes at this point of the stream. Nothing after it can be decoded until a keyframe.</summary>
public sealed class FrameFormatException(string message) : Exception(message);
