import { describe, expect, it } from 'vitest';
import { Estimate } from './estimate';
import { size, wait } from './words';

describe('the estimate', () => {
  it('says nothing before bytes have gone', () => {
    const estimate = new Estimate();
    estimate.note(0, 0);
    expect(estimate.secondsFor(1000)).toBeNull();
    estimate.note(1000, 0);
    expect(estimate.secondsFor(1000)).toBeNull();
  });

  it('goes by the last quarter of a minute, not by how it began', () => {
    const estimate = new Estimate();
    estimate.note(0, 0);
    estimate.note(10_000, 10);
    estimate.note(20_000, 1_000_010);
    estimate.note(30_000, 2_000_010);
    expect(estimate.secondsFor(1_000_000)).toBeCloseTo(10, 1);
  });
});

describe('words', () => {
  it('tell sizes as disks are sold', () => {
    expect([0, 999, 1440, 1_474_560, 650_000_000, 2_000_000_000].map(size)).toEqual(
      ['0 bytes', '999 bytes', '1.4 kB', '1.5 MB', '650 MB', '2.0 GB']);
  });

  it('promise no seconds', () => {
    expect([3, 44, 300, 7200].map(wait)).toEqual(['a few seconds', 'about 40 seconds', 'about 5 minutes', 'about 2.0 hours']);
  });
});
