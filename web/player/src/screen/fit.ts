export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Fit {
  /** Size on the page in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** True when pixels should be drawn with hard edges; false when uneven edges would look worse than soft ones. */
  readonly isCrisp: boolean;
}

/** From this many device pixels per guest pixel on, edges that differ by one are not seen. */
const smoothAtMost = 3;

/**
 * Fits a guest's picture into a box: at a whole number of device pixels per guest pixel where at least one fits, else as large as it goes.
 * With pixels that are not square only one axis can be whole; the one that gives the larger picture is taken.
 * Example: 320x200 with pixels 5:6 in a 640x480 box is 2 wide and 2.4 high: 640x480.
 * @param pixelAspect width of a guest pixel over its height
 * @param density device pixels per CSS pixel
 */
export function fit(guest: Size, box: Size, pixelAspect: number, density: number): Fit {
  const wide = box.width * density / guest.width;
  const high = box.height * density / guest.height;
  const byWidth = Math.floor(Math.min(wide, high * pixelAspect) + 1e-6);
  const byHeight = Math.floor(Math.min(high, wide / pixelAspect) + 1e-6);
  const scale = byWidth === 0 && byHeight === 0
    ? Math.min(wide, high * pixelAspect)
    : Math.max(byWidth, byHeight * pixelAspect);
  const scaleHigh = scale / pixelAspect;
  return {
    width: Math.round(guest.width * scale) / density,
    height: Math.round(guest.height * scaleHigh) / density,
    isCrisp: isWhole(scale) && isWhole(scaleHigh) || Math.min(scale, scaleHigh) >= smoothAtMost,
  };
}

function isWhole(scale: number): boolean {
  return scale >= 1 && Math.abs(scale - Math.round(scale)) < 1e-6;
}
