namespace Preserve.Emulation.Profiles;

/// <summary>Machine profiles cannot be used; <see cref="Errors"/> lists everything that is wrong in every file.</summary>
public sealed class ProfileException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>One sentence each, beginning with the file's name.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
