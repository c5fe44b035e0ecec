/** Puts a field's text on the clipboard. False when the browser refuses: the text is then selected, for the visitor to copy. */
export async function copy(field: HTMLInputElement): Promise<boolean> {
  field.focus();
  field.select();
  try {
    // Missing on plain http, except on this very computer.
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // The old way still works there, inside the press of a button.
    return document.execCommand('copy');
  }
}
