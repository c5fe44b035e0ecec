import { expect, test } from 'vitest';
import { nameOf, namesOf } from './names';

test.each([['é', 'é (U+00E9)'], ['😀', '😀 (U+1F600)'], ['\u0007', 'U+0007'], ['\u00a0', 'U+00A0'], ['\u200b', 'U+200B']])('%j is told as %s', (character, name) => {
  expect(nameOf(character)).toBe(name);
});

test('many are counted', () => expect(namesOf([...'abcdefghijklmno'])).toMatch(/l \(U\+006C\) … \+3$/));
