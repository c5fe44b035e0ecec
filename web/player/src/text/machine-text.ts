/** The characters on a machine's screen, kept up to date by `text` messages of `docs/session-hub.md`. */
export interface MachineText {
  readonly columns: number;
  /** One string a row, without the blanks at its end. */
  readonly lines: readonly string[];
  readonly codePage: string;
  /** From 0; null where it is not known. */
  readonly cursorRow: number | null;
  readonly cursorColumn: number | null;
}

const mostRows = 200;
const mostColumns = 400;

/**
 * The text after a message; null for "no text now". A message that makes no sense counts as no text, and so does a difference to something
 * that is not known.
 */
export function applyText(before: MachineText | null, message: unknown): MachineText | null {
  if (typeof message !== 'object' || message === null) return null;
  const map = message as Record<string, unknown>;
  const rows = wholeNumber(map['rows'], mostRows);
  const columns = wholeNumber(map['columns'], mostColumns);
  if (rows === null || columns === null || !Array.isArray(map['lines'])) return null;
  const isWhole = map['isWhole'] === true;
  if (!isWhole && (before === null || before.lines.length !== rows)) return null;
  const lines = isWhole ? Array<string>(rows).fill('') : [...before!.lines];
  for (const line of map['lines'] as readonly unknown[]) {
    const { row, text } = (line ?? {}) as { row?: unknown; text?: unknown };
    if (typeof row === 'number' && row >= 0 && row < rows && typeof text === 'string') lines[row] = text.slice(0, columns);
  }
  return {
    columns, lines, codePage: typeof map['codePage'] === 'string' ? map['codePage'] : '',
    cursorRow: wholeNumber(map['cursorRow'], rows - 1), cursorColumn: wholeNumber(map['cursorColumn'], columns),
  };
}

/** The screen as text to keep: without the blank rows at its end. */
export function wholeText(text: MachineText): string {
  return text.lines.join('\n').trimEnd() + '\n';
}

function wholeNumber(value: unknown, most: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : null;
}
