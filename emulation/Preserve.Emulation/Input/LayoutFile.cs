namespace Preserve.Emulation.Input;

/// <summary>What a file below <c>layouts/</c> says.</summary>
/// <param name="Id">Short name, the file's own.</param>
/// <param name="Title">What a visitor reads.</param>
/// <param name="Rows">Keys that make a character.</param>
/// <param name="Dead">Keys that make none until the next one is pressed, by the accent that they put on it.</param>
internal sealed record LayoutFile(string Id, string Title, IReadOnlyList<LayoutRow> Rows, IReadOnlyList<LayoutRow>? Dead = null);

/// <summary>Neighbouring keys from a scancode on: one character each, a space where a key makes none.</summary>
internal sealed record LayoutRow(byte From, string Plain = "", string Shift = "", string AltGr = "");
