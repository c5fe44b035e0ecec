// Runs in the page: looks at the canvas on every animation frame and notes when it changed. The same probe for both peers.
// The canvas is drawn onto a small one of our own, so that a canvas handed to a worker can be looked at, too.

/** A cell of a VGA text screen of 720 x 400 pixels; the cursor blinks in its last rows. */
const cell = { width: 9, height: 16, cursorFrom: 12 };

export const probeSource = `
(() => {
  if (window.__probe) return;
  const cell = ${JSON.stringify(cell)};
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element instanceof HTMLCanvasElement && !element.dataset.probe && element.width > 64) return element;
      if (element.shadowRoot) { const inner = find(element.shadowRoot); if (inner) return inner; }
    }
    return null;
  };
  const probe = window.__probe = { changes: [], counts: [], waiting: null, answered: null, lettersChanged: 0 };
  const own = document.createElement("canvas");
  own.dataset.probe = "1";
  const context = own.getContext("2d", { willReadFrequently: true });
  let canvas = null;
  let before = 0;
  let pixels = new Uint32Array(0);
  // A digest of some rows of some columns, without the rows in which a text cursor blinks.
  const letters = (left, top, right, bottom) => {
    let hash = 0;
    for (let y = top; y < bottom; y++) {
      if (y % cell.height >= cell.cursorFrom) continue;
      for (let at = y * own.width + left; at < y * own.width + right; at++) hash = (Math.imul(hash, 31) + pixels[at]) | 0;
    }
    return hash;
  };
  // The first cell, in reading order, in which two pictures differ.
  probe.remember = () => { probe.old = pixels.slice(); };
  probe.differs = () => {
    for (let top = 0; top + cell.height <= own.height; top += cell.height) {
      for (let left = 0; left + cell.width <= own.width; left += cell.width) {
        for (let y = top; y < top + cell.cursorFrom; y++) {
          for (let at = y * own.width + left; at < y * own.width + left + cell.width; at++) if (pixels[at] !== probe.old[at]) return [left, top];
        }
      }
    }
    return null;
  };
  // From the next key on, when does this cell show something else? The key's own time is taken in the page, as late as a visitor's.
  probe.expect = (left, top) => {
    probe.answered = null;
    probe.waiting = { left, top, old: letters(left, top, left + cell.width, top + cell.height), at: null };
  };
  addEventListener("keydown", () => { if (probe.waiting) probe.waiting.at ??= performance.now(); }, true);
  const readCount = () => {
    const scale = own.width / 320;
    // The line counts in a picture 320 pixels wide: of a mode of 320 x 200 the adapter may show every pixel four times.
    const line = Math.floor(probe.countLine * scale) * own.width;
    let value = 0;
    for (let bit = 0; bit < 16; bit++) value = (value << 1) | ((pixels[line + Math.floor((12 + bit * 10) * scale)] & 255) > 128 ? 1 : 0);
    return value;
  };
  let lettersBefore = 0;
  const look = () => {
    requestAnimationFrame(look);
    if (!canvas || !canvas.isConnected) canvas = find(document);
    if (!canvas || !canvas.width) return;
    const { width, height } = canvas;
    probe.width = width;
    if (own.width !== width || own.height !== height) { own.width = width; own.height = height; }
    context.drawImage(canvas, 0, 0);
    pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const now = performance.now();
    let hash = width;
    for (let i = 0; i < pixels.length; i++) hash = (Math.imul(hash, 31) + pixels[i]) | 0;
    if (hash === before) return;
    before = hash;
    probe.changes.push(now);
    const all = letters(0, 0, width, height);
    if (!probe.litAt && canvas.width > 64 && pixels.some((pixel) => (pixel & 0xffffff) !== 0)) probe.litAt = now;
    if (all !== lettersBefore) { lettersBefore = all; probe.lettersChanged = now; }
    if (probe.countLine) {
      const count = readCount();
      if (count !== probe.counts.at(-1)?.[1]) probe.counts.push([performance.timeOrigin + now, count]);
    }
    const { waiting } = probe;
    if (waiting?.at && letters(waiting.left, waiting.top, waiting.left + cell.width, waiting.top + cell.height) !== waiting.old) {
      probe.answered = now - waiting.at;
      probe.waiting = null;
    }
  };
  requestAnimationFrame(look);
})();`;

export const clearProbe = (page) => page.evaluate(() => Object.assign(window.__probe, { changes: [], counts: [] }));

/** Changes of the canvas since the probe was cleared, and the counts that a counting guest showed, each with the time in milliseconds. */
export const readProbe = (page) => page.evaluate(() => ({ changes: window.__probe.changes.length, counts: window.__probe.counts }));

/** Waits until the screen has its width and is calm: a blinking cursor and a clock are, a guest that draws its desktop is not. */
export async function waitUntilCalm(page, width) {
  await page.waitForFunction(
    ([wanted, since]) => {
      const { changes, width: now, lettersChanged } = window.__probe;
      if (wanted && now !== wanted) return false;
      const at = performance.now();
      // The clock of a desktop changes more than a cursor does, but not often.
      return changes.length > 0 && at - since > 3000 && changes.filter((change) => change > at - 3000).length < 16 && (wanted || lettersChanged < at - 900);
    },
    [width, await page.evaluate(() => performance.now())], { timeout: 120_000, polling: 200 });
}

/**
 * Types on a text screen and times each letter: from the key in the page to the change of the one cell in which its letter belongs.
 * Blinking cursors and earlier letters are elsewhere and do not count.
 * @returns {Promise<number[]>} milliseconds, one for each letter
 */
export async function timeKeys(page, text, interval) {
  await page.evaluate(() => window.__probe.remember());
  await page.keyboard.press("x");
  await page.waitForFunction(() => window.__probe.differs() !== null, null, { timeout: 5000 });
  const [left, top] = await page.evaluate(() => window.__probe.differs());
  const times = [];
  for (let i = 0; i < text.length; i++) {
    await page.evaluate(([x, y]) => window.__probe.expect(x, y), [left + (i + 1) * cell.width, top]);
    await page.keyboard.press(text[i]);
    // Unevenly, as people type, so that keys fall at every moment between two blinks.
    await page.waitForTimeout(interval * (0.8 + 0.4 * Math.random()));
    await page.waitForFunction(() => window.__probe.answered !== null, null, { timeout: 5000, polling: 20 });
    times.push(await page.evaluate(() => window.__probe.answered));
  }
  return times;
}
