namespace Preserve.Catalog.Search;

/// <summary>Which changes of which rows make which objects due. The same on both engines; each words its triggers around it.</summary>
/// <param name="Table">Table that is watched, for inserted and deleted rows.</param>
/// <param name="Columns">Columns whose change counts.</param>
/// <param name="Objects">Query for ids of objects, with <c>{row}</c> for the changed row.</param>
public sealed record SearchTrigger(string Table, IReadOnlyList<string> Columns, string Objects)
{
    /// <summary>Names of triggers and of what they call begin so.</summary>
    public const string Prefix = "search_due_";

    public string Name => Prefix + Table.ToLowerInvariant();

    public static readonly IReadOnlyList<SearchTrigger> All =
    [
        new("Objects", ["Title", "Date", "Creators", "Description", "WithdrawnAt", "PurgedAt"], "SELECT {row}.\"Id\""),
        new("ObjectIdentifiers", ["Scheme", "Value"], "SELECT {row}.\"ObjectId\""),
        new("RightsStatements", ["Basis"], "SELECT {row}.\"ObjectId\""),
        new("Media", ["Label", "Kind"], "SELECT {row}.\"ObjectId\""),
        new("Files", ["Name"],
            "SELECT m.\"ObjectId\" FROM \"Representations\" r JOIN \"Media\" m ON m.\"Id\" = r.\"MediumId\" WHERE r.\"Id\" = {row}.\"RepresentationId\""),
        new("Identifications", ["Puid", "FormatName"],
            "SELECT m.\"ObjectId\" FROM \"Files\" f JOIN \"Representations\" r ON r.\"Id\" = f.\"RepresentationId\" JOIN \"Media\" m ON m.\"Id\" = r.\"MediumId\" WHERE f.\"Id\" = {row}.\"StoredFileId\""),
        new("Environments", ["ProfileId", "ProfileVersion", "ObjectId"],
            "SELECT {row}.\"ObjectId\" UNION SELECT e.\"ObjectId\" FROM \"ExhibitEnvironments\" l JOIN \"Exhibits\" e ON e.\"Id\" = l.\"ExhibitId\" WHERE l.\"EnvironmentId\" = {row}.\"Id\""),
        new("Exhibits", ["Title", "Slug", "LabelText", "TryThis", "ObjectId", "IsPublished", "RightsBasis"], "SELECT {row}.\"ObjectId\""),
        new("ExhibitEnvironments", ["EnvironmentId", "Order"], "SELECT e.\"ObjectId\" FROM \"Exhibits\" e WHERE e.\"Id\" = {row}.\"ExhibitId\""),
        new("Profiles", ["Title", "Architecture"],
            "SELECT n.\"ObjectId\" FROM \"Environments\" n WHERE n.\"ProfileId\" = {row}.\"Id\" AND n.\"ProfileVersion\" = {row}.\"Version\" "
            + "UNION SELECT e.\"ObjectId\" FROM \"Environments\" n JOIN \"ExhibitEnvironments\" l ON l.\"EnvironmentId\" = n.\"Id\" JOIN \"Exhibits\" e ON e.\"Id\" = l.\"ExhibitId\" WHERE n.\"ProfileId\" = {row}.\"Id\" AND n.\"ProfileVersion\" = {row}.\"Version\""),
    ];

    /// <summary>The statement that appends what is due because of a row.</summary>
    /// <param name="row">NEW or OLD.</param>
    public string Append(string row) => $"INSERT INTO \"SearchDue\" (\"ObjectId\") {Objects.Replace("{row}", row, StringComparison.Ordinal)};";

    /// <summary>Columns, quoted, with commas.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => $"\"{column}\""));

    /// <summary>Makes everything due.</summary>
    public const string AppendAll = "INSERT INTO \"SearchDue\" (\"ObjectId\") SELECT \"Id\" FROM \"Objects\"";
}
