/** Words of the keyboard on the screen and of quick keys. */
export const keyboard = {
  title: 'Keyboard',
  label: 'Keyboard of the machine. Arrow keys go from key to key.',
  quickKeys: 'Quick keys',
  kind: 'Kind of keyboard',
  kinds: { xt: 'PC XT, 83 keys', at: 'AT, 101 keys', at102: 'AT, 102 keys' },
  smaller: 'Smaller keys',
  larger: 'Larger keys',
  letters: 'Letters',
  others: { xt: 'F keys, numbers', at: 'Cursor, numbers' },
  close: 'Close keyboard',
  stuck: { next: (key: string) => `${key}, held for the next key`, locked: (key: string) => `${key}, held until pressed again`, off: (key: string) => `${key}, let go` },
  withShift: (plain: string, shift: string) => `${plain}, with Shift ${shift}`,
  onPad: (key: string) => `Number pad ${key}`,

  /** What is printed on keys that make no character, and how it is said where that is not the same. */
  caps: {
    Escape: ['Esc', 'Escape'], Backspace: ['\u232b', 'Backspace'], Tab: ['Tab'], Enter: ['\u21b5', 'Enter'], CapsLock: ['Caps', 'Caps Lock'],
    ShiftLeft: ['\u21e7 Shift', 'Left Shift'], ShiftRight: ['\u21e7 Shift', 'Right Shift'], ControlLeft: ['Ctrl', 'Left Control'], ControlRight: ['Ctrl', 'Right Control'],
    AltLeft: ['Alt'], AltRight: ['AltGr', 'Right Alt'], Space: ['', 'Space'], NumLock: ['Num', 'Num Lock'], ScrollLock: ['Scroll', 'Scroll Lock'],
    PrintScreen: ['PrtSc', 'Print Screen'], Pause: ['Pause'], Insert: ['Ins', 'Insert'], Delete: ['Del', 'Delete'], Home: ['Home'], End: ['End'],
    PageUp: ['PgUp', 'Page Up'], PageDown: ['PgDn', 'Page Down'], ArrowUp: ['\u2191', 'Up'], ArrowDown: ['\u2193', 'Down'], ArrowLeft: ['\u2190', 'Left'], ArrowRight: ['\u2192', 'Right'],
    Numpad0: ['0 Ins', '0, Insert'], Numpad1: ['1 End', '1, End'], Numpad2: ['2 \u2193', '2, Down'], Numpad3: ['3 PgDn', '3, Page Down'], Numpad4: ['4 \u2190', '4, Left'], Numpad5: ['5'],
    Numpad6: ['6 \u2192', '6, Right'], Numpad7: ['7 Home', '7, Home'], Numpad8: ['8 \u2191', '8, Up'], Numpad9: ['9 PgUp', '9, Page Up'], NumpadDecimal: ['. Del', 'point, Delete'],
    NumpadAdd: ['+', 'plus'], NumpadSubtract: ['\u2212', 'minus'], NumpadMultiply: ['*', 'times'], NumpadDivide: ['/', 'divide'], NumpadEnter: ['\u21b5', 'Enter'],
  } as Readonly<Record<string, readonly [string, string?]>>,
  printScreenOnPad: ['PrtSc *', 'Print Screen, times'] as readonly [string, string],

  /** Signs that screen readers pass over. */
  signs: {
    '.': 'period', ',': 'comma', ';': 'semicolon', ':': 'colon', '!': 'exclamation mark', '?': 'question mark', '-': 'hyphen', '_': 'underscore', '=': 'equals', '+': 'plus',
    '*': 'asterisk', '/': 'slash', '\\': 'backslash', '|': 'bar', '(': 'left parenthesis', ')': 'right parenthesis', '[': 'left bracket', ']': 'right bracket',
    '{': 'left brace', '}': 'right brace', '<': 'less than', '>': 'greater than', '\'': 'apostrophe', '"': 'quotation mark', '`': 'grave accent', '^': 'caret', '~': 'tilde',
    '@': 'at', '#': 'number sign', '$': 'dollar', '%': 'percent', '&': 'ampersand', '\u00b4': 'acute accent', '\u00a8': 'diaeresis', '\u00b0': 'degree', '\u00a7': 'section sign',
  } as Readonly<Record<string, string>>,
};
