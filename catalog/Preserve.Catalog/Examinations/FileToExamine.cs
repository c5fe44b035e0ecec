namespace Preserve.Catalog.Examinations;

/// <summary>A stored file whose examination was claimed.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Sha256">Where its bytes are.</param>
/// <param name="Name">For its extension.</param>
public sealed record FileToExamine(long Id, string Sha256, string Name);
