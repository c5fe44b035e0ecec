/** X11 keysyms of keys without a character, by `KeyboardEvent.key`. */
const named: Readonly<Record<string, number>> = {
  Backspace: 0xff08, Tab: 0xff09, Enter: 0xff0d, Pause: 0xff13, ScrollLock: 0xff14, Escape: 0xff1b, Convert: 0xff23, NonConvert: 0xff22,
  Home: 0xff50, ArrowLeft: 0xff51, ArrowUp: 0xff52, ArrowRight: 0xff53, ArrowDown: 0xff54, PageUp: 0xff55, PageDown: 0xff56, End: 0xff57,
  PrintScreen: 0xff61, Insert: 0xff63, ContextMenu: 0xff67, Help: 0xff6a, NumLock: 0xff7f, CapsLock: 0xffe5, Delete: 0xffff,
  AltGraph: 0xfe03,
};

/** Keysyms of keys that exist twice: left, right. */
const sided: Readonly<Record<string, readonly [number, number]>> = {
  Shift: [0xffe1, 0xffe2], Control: [0xffe3, 0xffe4], Meta: [0xffeb, 0xffec], Alt: [0xffe9, 0xffea],
};

const firstFunctionKey = 0xffbe;

/** The keysym of a key event, or 0 when there is none: the scancode is what counts. */
export function keysymOf(key: string, code: string): number {
  const sides = sided[key];
  if (sides !== undefined) return sides[code.endsWith('Right') ? 1 : 0];
  const functionKey = /^F([1-9]|1\d|2[0-4])$/.exec(key);
  if (functionKey !== null) return firstFunctionKey + Number(functionKey[1]) - 1;
  return named[key] ?? characterKeysym(key);
}

function characterKeysym(key: string): number {
  const character = [...key];
  if (character.length !== 1) return 0;
  const point = character[0]!.codePointAt(0)!;
  const isLatin1 = point >= 0x20 && point <= 0x7e || point >= 0xa0 && point <= 0xff;
  return isLatin1 ? point : point > 0xff ? 0x0100_0000 + point : 0;
}
