namespace Preserve.Catalog.Examinations;

/// <summary>Where the examination of a stored file stands: telling its format, and what it is as a medium. A row says what is due.</summary>
public enum ExaminationState
{
    Due,
    Examining,
    Examined,
    Failed,
}
