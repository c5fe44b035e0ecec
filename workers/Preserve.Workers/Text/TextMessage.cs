using MessagePack;

namespace Preserve.Workers.Text;

/// <summary>The map of a <c>text</c> message: docs/session-hub.md.</summary>
[MessagePackObject]
public sealed record TextMessage
{
    [Key("columns")]
    public required int Columns { get; init; }

    [Key("rows")]
    public required int Rows { get; init; }

    [Key("codePage")]
    public required string CodePage { get; init; }

    /// <summary>Whether every row is in <see cref="Lines"/>, as after a change of size.</summary>
    [Key("isWhole")]
    public required bool IsWhole { get; init; }

    /// <summary>Rows that are other than before, from the top, without the blanks at their end.</summary>
    [Key("lines")]
    public required IReadOnlyList<TextLineMessage> Lines { get; init; }

    /// <summary>Row of the cursor from 0, or null where it is not known.</summary>
    [Key("cursorRow")]
    public int? CursorRow { get; init; }

    /// <summary>Column of the cursor from 0, or null where it is not known.</summary>
    [Key("cursorColumn")]
    public int? CursorColumn { get; init; }
}

/// <summary>One row in a <c>text</c> message.</summary>
[MessagePackObject]
public sealed record TextLineMessage
{
    /// <summary>From 0.</summary>
    [Key("row")]
    public required int Row { get; init; }

    [Key("text")]
    public required string Text { get; init; }
}
