import de from '../../../../emulation/Preserve.Emulation/layouts/de.json';
import fr from '../../../../emulation/Preserve.Emulation/layouts/fr.json';
import us from '../../../../emulation/Preserve.Emulation/layouts/us.json';

/** A layout as `emulation/Preserve.Emulation/layouts` has it: rows of keys from a scancode on, a space where a key makes no character. */
interface LayoutFile {
  readonly id: string;
  readonly rows: readonly LayoutRow[];
  readonly dead?: readonly LayoutRow[];
}

interface LayoutRow {
  readonly from: number;
  readonly plain?: string;
  readonly shift?: string;
  readonly altGr?: string;
}

/** What is printed on a key; empty where it makes no character. */
export interface Legend {
  readonly plain: string;
  readonly shift: string;
  readonly altGr: string;
}

/** A key, and what is held with it to make a character. */
export interface Stroke {
  readonly scancode: number;
  readonly shift: boolean;
  readonly altGr: boolean;
}

/** The accent on its own for each combining one. */
const accents: Readonly<Record<string, string>> = { '\u0300': '`', '\u0301': '\u00b4', '\u0302': '^', '\u0303': '~', '\u0308': '\u00a8' };

const planes = ['plain', 'shift', 'altGr'] as const;
const space: Stroke = { scancode: 0x39, shift: false, altGr: false };

/** A machine's keyboard layout: what is on its keys, and which keys make a character. */
export class Layout {
  private readonly keys = new Map<string, Stroke>();
  private readonly dead = new Map<string, Stroke>();
  private readonly printed = new Map<number, Legend>();

  constructor(file: LayoutFile) {
    for (const row of file.rows) this.add(row, this.keys);
    for (const row of file.dead ?? []) this.add(row, this.dead);
  }

  /** Whether it has the key beside the left Shift that keyboards of 102 keys have. */
  get hasKey102(): boolean {
    return this.printed.has(0x56);
  }

  legend(scancode: number): Legend | null {
    return this.printed.get(scancode) ?? null;
  }

  /** What to press for a character, in order; null where this keyboard cannot make it. */
  strokes(character: string): readonly Stroke[] | null {
    const key = this.keys.get(character);
    if (key !== undefined) return [key];
    const alone = this.dead.get(character);
    if (alone !== undefined) return [alone, space];
    const [letter, mark, ...more] = character.normalize('NFD');
    const accent = more.length > 0 ? undefined : this.dead.get(accents[mark ?? ''] ?? '');
    const base = this.keys.get(letter ?? '');
    return accent !== undefined && base !== undefined ? [accent, base] : null;
  }

  private add(row: LayoutRow, keys: Map<string, Stroke>): void {
    for (const plane of planes) {
      [...row[plane] ?? ''].forEach((character, index) => {
        if (character === ' ') return;
        const scancode = row.from + index;
        const before = this.printed.get(scancode) ?? { plain: '', shift: '', altGr: '' };
        this.printed.set(scancode, { ...before, [plane]: character });
        if (!keys.has(character)) keys.set(character, { scancode, shift: plane === 'shift', altGr: plane === 'altGr' });
      });
    }
  }
}

const layouts = new Map([us, de, fr].map((file: LayoutFile) => [file.id, new Layout(file)]));

/** The layout of a name; the US one for a name that this player does not know. */
export function layoutOf(id: string): Layout {
  return layouts.get(id) ?? layouts.get('us')!;
}

/** Every layout that the player knows. */
export const knownLayouts: readonly string[] = [...layouts.keys()];
