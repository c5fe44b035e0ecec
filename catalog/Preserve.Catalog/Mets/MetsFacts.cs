namespace Preserve.Catalog.Mets;

/// <summary>What a METS file of an archival package says: of the whole, of its files, and what was done to them.</summary>
/// <param name="DublinCore">Elements of the first Dublin Core description, such as <c>title</c>, in order.</param>
/// <param name="Files">Those of its file section.</param>
/// <param name="Events">PREMIS events, in the order of the file.</param>
/// <param name="LeftOut">What was more than is taken, or could not be understood, in words; empty when nothing.</param>
public sealed record MetsFacts(
    IReadOnlyList<DublinCoreElement> DublinCore, IReadOnlyList<MetsFile> Files, IReadOnlyList<MetsEvent> Events, IReadOnlyList<string> LeftOut);

/// <param name="Name">Local name, such as <c>creator</c>.</param>
/// <param name="Value">Its text.</param>
public sealed record DublinCoreElement(string Name, string Value);

/// <param name="Path">As the file section has it, below the bag's <c>data/</c>.</param>
/// <param name="Use">Such as <c>original</c>, <c>preservation</c>, <c>metadata</c>.</param>
/// <param name="OriginalName">PREMIS <c>originalName</c>; empty for none.</param>
/// <param name="Sha256">PREMIS fixity, where it is of SHA-256; empty otherwise.</param>
/// <param name="Formats">What it was identified as.</param>
public sealed record MetsFile(string Path, string Use, string OriginalName, string Sha256, IReadOnlyList<MetsFormat> Formats);

/// <param name="Name">In words.</param>
/// <param name="Version">Of the format.</param>
/// <param name="Puid">PRONOM's id; empty where another registry or none is named.</param>
public sealed record MetsFormat(string Name, string Version, string Puid);

/// <param name="Path">Of the file it was done to; empty for the whole.</param>
/// <param name="Type">PREMIS <c>eventType</c>.</param>
/// <param name="OccurredAt">UTC milliseconds.</param>
/// <param name="IsSuccess">What the outcome amounts to.</param>
/// <param name="Agent">Names of the agents that it links.</param>
/// <param name="Detail">Its identifier, details and outcome, in one text.</param>
public sealed record MetsEvent(string Path, string Type, long OccurredAt, bool IsSuccess, string Agent, string Detail);
