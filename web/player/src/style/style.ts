import keyboard from './keyboard.css';
import media from './media.css';
import text from './player.css';
import watching from './watching.css';

let sheet: CSSStyleSheet | null = null;

/** Gives the shadow tree its style, as a constructed sheet: page policies against inline styles do not concern it. */
export function applyStyle(root: ShadowRoot): void {
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text + watching + keyboard + media);
  }
  root.adoptedStyleSheets = [sheet];
}
