/** Set on scancodes of keys whose make code begins with E0. */
const extended = 0x80;

/**
 * PC XT set 1 scancodes by `KeyboardEvent.code`, which names the place of a key on the keyboard, whatever is printed on it.
 * Pause is E0 46, as the emulated keyboard names it, not the E1 sequence it makes of it; Print Screen is E0 37.
 */
const scancodes: Readonly<Record<string, number>> = {
  Escape: 0x01,
  Digit1: 0x02, Digit2: 0x03, Digit3: 0x04, Digit4: 0x05, Digit5: 0x06, Digit6: 0x07, Digit7: 0x08, Digit8: 0x09, Digit9: 0x0a, Digit0: 0x0b,
  Minus: 0x0c, Equal: 0x0d, Backspace: 0x0e, Tab: 0x0f,
  KeyQ: 0x10, KeyW: 0x11, KeyE: 0x12, KeyR: 0x13, KeyT: 0x14, KeyY: 0x15, KeyU: 0x16, KeyI: 0x17, KeyO: 0x18, KeyP: 0x19,
  BracketLeft: 0x1a, BracketRight: 0x1b, Enter: 0x1c, ControlLeft: 0x1d,
  KeyA: 0x1e, KeyS: 0x1f, KeyD: 0x20, KeyF: 0x21, KeyG: 0x22, KeyH: 0x23, KeyJ: 0x24, KeyK: 0x25, KeyL: 0x26,
  Semicolon: 0x27, Quote: 0x28, Backquote: 0x29, ShiftLeft: 0x2a, Backslash: 0x2b,
  KeyZ: 0x2c, KeyX: 0x2d, KeyC: 0x2e, KeyV: 0x2f, KeyB: 0x30, KeyN: 0x31, KeyM: 0x32,
  Comma: 0x33, Period: 0x34, Slash: 0x35, ShiftRight: 0x36,
  NumpadMultiply: 0x37, AltLeft: 0x38, Space: 0x39, CapsLock: 0x3a,
  F1: 0x3b, F2: 0x3c, F3: 0x3d, F4: 0x3e, F5: 0x3f, F6: 0x40, F7: 0x41, F8: 0x42, F9: 0x43, F10: 0x44,
  NumLock: 0x45, ScrollLock: 0x46,
  Numpad7: 0x47, Numpad8: 0x48, Numpad9: 0x49, NumpadSubtract: 0x4a, Numpad4: 0x4b, Numpad5: 0x4c, Numpad6: 0x4d, NumpadAdd: 0x4e,
  Numpad1: 0x4f, Numpad2: 0x50, Numpad3: 0x51, Numpad0: 0x52, NumpadDecimal: 0x53,
  IntlBackslash: 0x56, F11: 0x57, F12: 0x58, NumpadEqual: 0x59, F20: 0x5a,
  F13: 0x5d, F14: 0x5e, F15: 0x5f, F16: 0x55,
  KanaMode: 0x70, Lang2: 0x71, Lang1: 0x72, IntlRo: 0x73, F21: 0x74, Lang5: 0x76, Lang4: 0x77, Lang3: 0x78,
  Convert: 0x79, NonConvert: 0x7b, IntlYen: 0x7d, NumpadComma: 0x7e,

  F17: extended | 0x03, F19: extended | 0x04, Again: extended | 0x05, Select: extended | 0x06, Undo: extended | 0x07,
  MediaTrackPrevious: extended | 0x10, MediaTrackNext: extended | 0x19, NumpadEnter: extended | 0x1c, ControlRight: extended | 0x1d,
  AudioVolumeMute: extended | 0x20, LaunchApp2: extended | 0x21, MediaPlayPause: extended | 0x22, MediaStop: extended | 0x24,
  AudioVolumeDown: extended | 0x2e, AudioVolumeUp: extended | 0x30, BrowserHome: extended | 0x32,
  NumpadDivide: extended | 0x35, PrintScreen: extended | 0x37, AltRight: extended | 0x38,
  Cut: extended | 0x3c, Find: extended | 0x41, Pause: extended | 0x46, Home: extended | 0x47, ArrowUp: extended | 0x48, PageUp: extended | 0x49,
  ArrowLeft: extended | 0x4b, ArrowRight: extended | 0x4d, End: extended | 0x4f, ArrowDown: extended | 0x50, PageDown: extended | 0x51,
  Insert: extended | 0x52, Delete: extended | 0x53,
  MetaLeft: extended | 0x5b, MetaRight: extended | 0x5c, ContextMenu: extended | 0x5d, Power: extended | 0x5e, Sleep: extended | 0x5f,
  WakeUp: extended | 0x63, Open: extended | 0x64, BrowserSearch: extended | 0x65, BrowserFavorites: extended | 0x66,
  BrowserRefresh: extended | 0x67, BrowserStop: extended | 0x68, BrowserForward: extended | 0x69, BrowserBack: extended | 0x6a,
  LaunchApp1: extended | 0x6b, LaunchMail: extended | 0x6c, MediaSelect: extended | 0x6d,
  Help: extended | 0x75, F18: extended | 0x77, Copy: extended | 0x78, F22: extended | 0x79, Eject: extended | 0x7d,
};

/** Names that browsers used before the standard settled. */
const otherNames: Readonly<Record<string, string>> = {
  OSLeft: 'MetaLeft', OSRight: 'MetaRight',
  VolumeDown: 'AudioVolumeDown', VolumeUp: 'AudioVolumeUp', VolumeMute: 'AudioVolumeMute',
  HangulMode: 'Lang1', Hanja: 'Lang2',
};

/** The scancode (1 to 255) of a key, or null for a key that PC keyboards do not have. */
export function scancodeOf(code: string): number | null {
  const name = Object.hasOwn(otherNames, code) ? otherNames[code]! : code;
  return Object.hasOwn(scancodes, name) ? scancodes[name]! : null;
}
