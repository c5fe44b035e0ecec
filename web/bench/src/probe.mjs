// Runs in the page: looks at the canvas on every animation frame and notes when it changed. The same probe for both peers.
// The canvas is drawn onto a small one of our own, so that a canvas handed to a worker can be looked at, too.

export const probeSource = `
(() => {
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element instanceof HTMLCanvasElement && !element.dataset.probe && element.width > 64) return element;
      if (element.shadowRoot) { const inner = find(element.shadowRoot); if (inner) return inner; }
    }
    return null;
  };
  const probe = window.__probe = { changes: [], keys: [], pictures: new Set(), counters: new Set(), area: null };
  const own = document.createElement("canvas");
  own.dataset.probe = "1";
  const context = own.getContext("2d", { willReadFrequently: true });
  let before = 0;
  addEventListener("keydown", () => probe.keys.push(performance.now()), true);
  const look = () => {
    requestAnimationFrame(look);
    const canvas = find(document);
    if (!canvas || !canvas.width) return;
    probe.size = [canvas.width, canvas.height];
    const [x, y, w, h] = probe.area ?? [0, 0, canvas.width, canvas.height];
    if (own.width !== w || own.height !== h) { own.width = w; own.height = h; }
    context.drawImage(canvas, x, y, w, h, 0, 0, w, h);
    const pixels = new Uint32Array(context.getImageData(0, 0, w, h).data.buffer);
    let hash = 0;
    for (let i = 0; i < pixels.length; i++) hash = (Math.imul(hash, 31) + pixels[i]) | 0;
    if (hash !== before) {
      before = hash;
      probe.changes.push(performance.now());
      probe.pictures.add(hash);
    }
    if (probe.counter) probe.counters.add(probe.counter(context));
  };
  requestAnimationFrame(look);
})();`;

/** Times from each key to the first change after it, in milliseconds. */
export async function keyTimes(page) {
  return page.evaluate(() => {
    const { keys, changes } = window.__probe;
    return keys.map((key) => changes.find((change) => change > key) - key).filter((time) => time < 2000);
  });
}

export const clearProbe = (page) =>
  page.evaluate(() => Object.assign(window.__probe, { changes: [], keys: [], pictures: new Set(), counters: new Set() }));

export const countChanges = (page) => page.evaluate(() => window.__probe.changes.length);
