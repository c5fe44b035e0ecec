const repeatsAfterInMilliseconds = 500;
const repeatsEveryInMilliseconds = 60;
const clickFollowsInMilliseconds = 400;

export interface Holding {
  down(): void;
  up(): void;
  /** What a key does that is held: it is pressed again and again. Left out for what does not repeat. */
  again?(): void;
  /** True while a finger that comes down may be about to scroll: then only a tap counts. */
  waitsForTap?(): boolean;
}

/**
 * Makes a button that holds something down for as long as a finger or the mouse is on it. With the keyboard, and by a screen reader, it is
 * pressed and let go. The focus stays where it is under a finger, so that a machine that has the keyboard keeps it.
 */
export function holds(button: HTMLElement, holding: Holding): void {
  let finger: number | null = null;
  let releasedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const repeat = (): void => {
    holding.again?.();
    timer = setTimeout(repeat, repeatsEveryInMilliseconds);
  };
  const release = (event: PointerEvent): void => {
    if (event.pointerId !== finger) return;
    finger = null;
    releasedAt = event.timeStamp;
    clearTimeout(timer);
    holding.up();
  };
  button.addEventListener('pointerdown', event => {
    if (event.button !== 0 || finger !== null) return;
    event.preventDefault();
    if (holding.waitsForTap?.() === true) return;
    finger = event.pointerId;
    // A finger that slides off goes on holding; without this its release would be somebody else's.
    button.setPointerCapture?.(event.pointerId);
    holding.down();
    if (holding.again !== undefined) timer = setTimeout(repeat, repeatsAfterInMilliseconds);
  });
  // Where the browser gives the focus with the mouse's own event.
  button.addEventListener('mousedown', event => event.preventDefault());
  button.addEventListener('pointerup', release);
  button.addEventListener('pointercancel', release);
  button.addEventListener('lostpointercapture', release);
  button.addEventListener('contextmenu', event => event.preventDefault());
  button.addEventListener('click', event => {
    // The click that follows a finger has been done already. One without a finger comes from a keyboard or a screen reader.
    if (event.detail !== 0 && event.timeStamp - releasedAt < clickFollowsInMilliseconds) return;
    holding.down();
    holding.up();
  });
}
