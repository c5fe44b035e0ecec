import type { Block, PlacedKey } from './arrangements';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Between blocks, in quarters of a key: only so that they do not touch. */
const gap = 4;

/** The key next to one in a direction, over all blocks as they stand side by side; null at the edge. */
export function neighbour(blocks: readonly Block[], code: string, direction: Direction): string | null {
  let left = 0;
  const keys = blocks.flatMap(block => {
    const placed = block.keys.map(key => ({ ...key, left: key.left + left }));
    left += block.columns + gap;
    return placed;
  });
  const from = keys.find(key => key.code === code);
  if (from === undefined) return null;
  const isAcross = direction === 'left' || direction === 'right';
  const candidates = keys.filter(key => key !== from && lies(key, from, direction));
  const distance = (key: PlacedKey): number => {
    const across = Math.abs(middle(key) - middle(from));
    const down = Math.abs(key.top - from.top);
    return isAcross ? across + down * 1000 : down * 1000 + across;
  };
  return candidates.sort((one, other) => distance(one) - distance(other))[0]?.code ?? null;
}

function lies(key: PlacedKey, from: PlacedKey, direction: Direction): boolean {
  const sharesRow = key.top < from.top + from.height && from.top < key.top + key.height;
  switch (direction) {
    case 'left': return sharesRow && key.left < from.left;
    case 'right': return sharesRow && key.left > from.left;
    case 'up': return key.top < from.top;
    case 'down': return key.top >= from.top + from.height;
  }
}

function middle(key: PlacedKey): number {
  return key.left + key.width / 2;
}
