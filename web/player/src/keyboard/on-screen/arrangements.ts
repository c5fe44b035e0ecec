/** A key's place, in quarters of a key's width and in rows. */
export interface PlacedKey {
  /** `KeyboardEvent.code`. */
  readonly code: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Keys that stay together. */
export interface Block {
  readonly name: 'main' | 'functions' | 'cursor' | 'numbers';
  readonly columns: number;
  readonly rows: number;
  readonly keys: readonly PlacedKey[];
}

/**
 * Keyboards of PCs, row by row: `code:width`, width 1 when missing; `_:width` is a gap; `|` after a width makes the key two rows high.
 * The 83 keys are the IBM PC's and XT's; 101 and 102 are the "enhanced" keyboard of the late AT and PS/2.
 */
const xtFunctions = ['F1 F2', 'F3 F4', 'F5 F6', 'F7 F8', 'F9 F10'];

const xtMain = [
  'Escape Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal Backspace:2',
  'Tab:1.75 KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight Enter:1.25|',
  'ControlLeft:1.75 KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backquote',
  'ShiftLeft:1.25 Backslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight:1.75 NumpadMultiply',
  'AltLeft:2.25 Space:10 CapsLock:2.75',
];

const xtNumbers = [
  'NumLock:2 ScrollLock:2',
  'Numpad7 Numpad8 Numpad9 NumpadSubtract',
  'Numpad4 Numpad5 Numpad6 NumpadAdd|',
  'Numpad1 Numpad2 Numpad3',
  'Numpad0:2 NumpadDecimal:2',
];

const atFunctions = 'Escape _:1 F1 F2 F3 F4 _:0.5 F5 F6 F7 F8 _:0.5 F9 F10 F11 F12';
const atDigits = 'Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal Backspace:2';
const atUpper = 'Tab:1.5 KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight';
const atHome = 'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote';
const atLower = 'KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight:2.75';
const atBottom = 'ControlLeft:1.5 _:1 AltLeft:1.5 Space:7 AltRight:1.5 _:1 ControlRight:1.5';

const at101 = [atFunctions, atDigits, `${atUpper} Backslash:1.5`, `CapsLock:1.75 ${atHome} Enter:2.25`, `ShiftLeft:2.25 ${atLower}`, atBottom];
const at102 = [atFunctions, atDigits, `${atUpper} _:0.25 Enter:1.25|`, `CapsLock:1.75 ${atHome} Backslash`, `ShiftLeft:1.25 IntlBackslash ${atLower}`, atBottom];

const atCursor = ['PrintScreen ScrollLock Pause', 'Insert Home PageUp', 'Delete End PageDown', '', '_ ArrowUp', 'ArrowLeft ArrowDown ArrowRight'];

const atNumbers = [
  '',
  'NumLock NumpadDivide NumpadMultiply NumpadSubtract',
  'Numpad7 Numpad8 Numpad9 NumpadAdd|',
  'Numpad4 Numpad5 Numpad6',
  'Numpad1 Numpad2 Numpad3 NumpadEnter|',
  'Numpad0:2 NumpadDecimal',
];

/** Blocks from left to right. Letters are on the block `main`. */
export function arrangementOf(kind: 'xt' | 'at', hasKey102: boolean): readonly Block[] {
  return kind === 'xt'
    ? [place('functions', xtFunctions), place('main', xtMain), place('numbers', xtNumbers)]
    : [place('main', hasKey102 ? at102 : at101), place('cursor', atCursor), place('numbers', atNumbers)];
}

function place(name: Block['name'], rows: readonly string[]): Block {
  const keys = rows.flatMap((row, top) => {
    let left = 0;
    return row.split(' ').filter(word => word !== '').flatMap(word => {
      const [, code, size, tall] = /^([A-Za-z0-9_]+)(?::([\d.]+))?(\|)?$/.exec(word)!;
      const width = Math.round(Number(size ?? 1) * 4);
      left += width;
      return code === '_' ? [] : [{ code: code!, left: left - width, top, width, height: tall === undefined ? 1 : 2 }];
    });
  });
  return { name, columns: Math.max(...keys.map(key => key.left + key.width)), rows: rows.length, keys };
}
