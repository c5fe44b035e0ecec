const name = 'preserve.readsAloud';

/** Whether this visitor wants the screen's text announced: asked once, remembered for the next machine. */
export const readingMemory = {
  load(): boolean {
    try {
      return localStorage.getItem(name) === 'yes';
    } catch {
      // Storage is blocked: off, as for everybody who has not chosen.
      return false;
    }
  },
  save(readsAloud: boolean): void {
    try {
      if (readsAloud) localStorage.setItem(name, 'yes');
      else localStorage.removeItem(name);
    } catch {
      // Storage is blocked: the choice holds until the page is closed.
    }
  },
};
