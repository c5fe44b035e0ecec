namespace Preserve.Catalog.Formats.Signatures;

/// <summary>A signature file cannot be used; the message says why.</summary>
public sealed class SignatureFileException(string message, Exception? inner = null) : Exception(message, inner);
