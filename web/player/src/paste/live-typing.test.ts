import { expect, test } from 'vitest';
import { LiveTyping } from './live-typing';
import type { TypingProgress } from './typing-hub';

function typing() {
  const asked: string[] = [];
  const said: string[] = [];
  const answers: ((answer: unknown) => void)[] = [];
  const live = new LiveTyping({
    type: text => {
      asked.push(text);
      return new Promise(resolve => answers.push(resolve));
    },
    say: words => said.push(words),
  });
  const answer = async (value: unknown): Promise<void> => {
    answers.shift()!(value);
    await Promise.resolve();
    await Promise.resolve();
  };
  const done = (outcome: string | null = 'typed', unknown: string[] = []): boolean => live.hear({ typed: 1, total: 2, outcome, unknown } as TypingProgress);
  return { live, asked, said, answer, done };
}

test('what comes while a text is typed goes after it, as one', async () => {
  const { live, asked, answer, done } = typing();
  live.type('d');
  live.type('i');
  live.type('r\n');
  expect(asked).toEqual(['d']);
  await answer(null);
  expect(asked).toEqual(['d']);
  done();
  expect(asked).toEqual(['d', 'ir\n']);
});

test('progress is its own only while it types, so that a pasted text keeps its words', async () => {
  const { live, answer, done } = typing();
  expect(done()).toBe(false);
  live.type('x');
  await answer(null);
  expect(done(null)).toBe(true);
  expect(done()).toBe(true);
  expect(done()).toBe(false);
});

test('characters that the machine has no key for are named', async () => {
  const { live, said, answer, done } = typing();
  live.type('漢');
  await answer(null);
  done('typed', ['漢']);
  expect(said).toEqual(['Left out: 漢 (U+6F22)']);
});

test('a text that does not begin is said, and what waited behind it is not typed into something else', async () => {
  const { live, asked, said, answer } = typing();
  live.type('a');
  live.type('b');
  await answer('Another text is being typed.');
  expect(said).toEqual(['Another text is being typed.']);
  live.type('c');
  expect(asked).toEqual(['a', 'c']);
});

test('a machine that takes no keys is waited for with a bound', () => {
  const { live, asked, said } = typing();
  live.type('a');
  for (let i = 0; i < 3; i++) live.type('x'.repeat(4_000));
  expect(said).toHaveLength(1);
  expect(asked).toEqual(['a']);
});

test('after a new connection typing begins anew, whatever the old one still answers', async () => {
  const { live, asked, said, answer } = typing();
  live.type('a');
  live.type('b');
  live.forget();
  live.type('c');
  await answer(undefined);
  expect(said).toEqual([]);
  expect(asked).toEqual(['a', 'c']);
});
