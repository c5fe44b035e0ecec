// What a visitor does. Each scenario is the same sequence of acts for both peers.

const pause = (page, milliseconds) => page.waitForTimeout(milliseconds);

async function type(peer, text, interval) {
  for (const letter of text) {
    await peer.page.keyboard.press(letter === "\n" ? "Enter" : letter);
    await pause(peer.page, interval);
  }
}

/** Sweeps the guest's pointer into the lower left corner, where its position is known. */
async function home(peer) {
  for (let i = 0; i < 30; i++) await peer.moveBy(-30, 25);
}

/** Lets the page read the counter of the animation guest: 16 cells of 8 x 8 pixels, most significant bit first. */
const readCounter = (page) =>
  page.evaluate(() => {
    window.__probe.counter = (context) => {
      const scale = context.canvas.width / 320;
      const line = context.getImageData(0, Math.floor(192 * scale), context.canvas.width, 1).data;
      let value = 0;
      for (let bit = 0; bit < 16; bit++) value = (value << 1) | (line[Math.floor((12 + bit * 10) * scale) * 4] > 128 ? 1 : 0);
      return value;
    };
  });

export const scenarios = [
  {
    name: "FreeDOS, typing", machine: "freedos", measuresKeys: true, unit: "key", count: 30,
    run: (peer) => type(peer, "the quick brown fox jumps over", 310),
  },
  {
    name: "FreeDOS, four dir listings", machine: "freedos", unit: "run", count: 1,
    async run(peer) {
      for (let i = 0; i < 4; i++) {
        await type(peer, "dir\n", 60);
        await pause(peer.page, 1200);
      }
    },
  },
  { name: "FreeDOS, blinking prompt", machine: "freedos", unit: "second", count: 10, run: (peer) => pause(peer.page, 10_000) },
  { name: "KolibriOS, idle", machine: "kolibrios", unit: "second", count: 15, run: (peer) => pause(peer.page, 15_000) },
  {
    name: "KolibriOS, pointer", machine: "kolibrios", unit: "second", count: 5,
    async run(peer) {
      for (let i = 0; i < 150; i++) {
        await peer.moveBy(Math.round(8 * Math.cos(i / 8)), Math.round(8 * Math.sin(i / 8)));
        await pause(peer.page, 33);
      }
    },
  },
  {
    name: "KolibriOS, menu opened four times", machine: "kolibrios", unit: "run", count: 1,
    async run(peer) {
      await home(peer);
      await peer.moveBy(20, -8);
      for (let i = 0; i < 8; i++) {
        await peer.page.mouse.down();
        await pause(peer.page, 60);
        await peer.page.mouse.up();
        await pause(peer.page, 900);
      }
    },
  },
  {
    name: "bootOS, invaders", machine: "bootos", unit: "second", count: 10, countsPictures: true,
    async prepare(peer) {
      await type(peer, "invaders\n", 80);
      await pause(peer.page, 1500);
    },
    run: (peer) => pause(peer.page, 10_000),
  },
  {
    name: "animation, 25 pictures a second", machine: "animation", unit: "second", count: 10, countsPictures: true,
    prepare: (peer) => readCounter(peer.page),
    run: (peer) => pause(peer.page, 10_000),
  },
  {
    name: "OpenGEM, dragging", machine: "opengem", unit: "run", count: 1,
    async run(peer) {
      await home(peer);
      await peer.moveBy(60, -300);
      await peer.page.mouse.down();
      for (let i = 0; i < 60; i++) {
        await peer.moveBy(i % 20 < 10 ? 9 : -9, i % 10 < 5 ? 4 : -4);
        await pause(peer.page, 33);
      }
      await peer.page.mouse.up();
      await pause(peer.page, 500);
    },
  },
];
