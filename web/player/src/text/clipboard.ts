/**
 * Puts text on the clipboard: by the Clipboard API where the page is in a secure context, else by copying a selection, which browsers
 * allow inside a press of a button. False when neither worked.
 */
export async function copyText(text: string): Promise<boolean> {
  if (isSecureContext && 'clipboard' in navigator) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused, such as in a frame of another page: the other way is still open.
    }
  }
  return copySelection(text);
}

function copySelection(text: string): boolean {
  const copy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', copy, { capture: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', copy, { capture: true });
  }
}
