const name = 'preserve.volume';
const usual = 70;

/** The visitor's volume from 0 to 100, kept for the next machine and the next visit. */
export const volumeMemory = {
  load(): number {
    try {
      const stored = localStorage.getItem(name);
      const value = stored === null ? NaN : Number(stored);
      return value >= 0 && value <= 100 ? value : usual;
    } catch {
      // Storage is blocked.
      return usual;
    }
  },

  save(volume: number): void {
    try {
      localStorage.setItem(name, String(volume));
    } catch {
      // Storage is blocked: it is the usual volume again next time.
    }
  },
};
