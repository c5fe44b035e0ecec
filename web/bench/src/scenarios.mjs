// What a visitor does. Each scenario is the same sequence of acts for both peers; a peer's machine goes through all of them in turn.
import { timeKeys } from "./probe.mjs";

const pause = (page, milliseconds) => page.waitForTimeout(milliseconds);

async function type(peer, text, interval) {
  for (const letter of text) {
    await peer.page.keyboard.press(letter === "\n" ? "Enter" : letter);
    await pause(peer.page, interval);
  }
}

/** Sweeps the guest's pointer into the lower left corner, where its position is known. */
async function home(peer) {
  for (let i = 0; i < 30; i++) {
    await peer.moveBy(-40, 30);
    await pause(peer.page, 16);
  }
}

/** Presses, holds and lets go, as slowly as a guest that polls its mouse needs. */
async function click(peer) {
  await peer.page.mouse.down();
  await pause(peer.page, 80);
  await peer.page.mouse.up();
}

/** Lets the probe read the count that a counting guest shows, on a line of its own; as of a picture 320 pixels wide. */
const readCounts = (line) => (peer) => peer.page.evaluate((countLine) => { window.__probe.countLine = countLine; }, line);

const wait = (seconds) => (peer) => pause(peer.page, seconds * 1000);

export const scenarios = [
  {
    name: "FreeDOS, typing", machine: "freedos", delays: [0, 50],
    prepare: (peer) => type(peer, "\n", 400),
    // A letter each 170 ms or so: 70 words a minute.
    run: (peer) => timeKeys(peer.page, "thequickbrownfoxjumpsoverthelazydogand", 170),
  },
  {
    name: "FreeDOS, four dir listings", machine: "freedos", delays: [0, 50],
    prepare: (peer) => type(peer, "\n", 400),
    async run(peer) {
      for (let i = 0; i < 4; i++) {
        await type(peer, "dir\n", 60);
        await pause(peer.page, 900);
      }
    },
  },
  { name: "FreeDOS, blinking prompt", machine: "freedos", delays: [0], run: wait(10) },
  { name: "KolibriOS, idle", machine: "kolibrios", delays: [0], run: wait(10) },
  {
    name: "KolibriOS, pointer", machine: "kolibrios", delays: [0, 50],
    async run(peer) {
      for (let i = 0; i < 120; i++) {
        await peer.moveBy(Math.round(8 * Math.cos(i / 8)), Math.round(8 * Math.sin(i / 8)));
        await pause(peer.page, 33);
      }
    },
  },
  {
    name: "KolibriOS, menus", machine: "kolibrios", delays: [0, 50],
    async prepare(peer) {
      await home(peer);
      await peer.moveBy(6, -5); // on the Menu button
      await pause(peer.page, 500);
    },
    async run(peer) {
      for (let i = 0; i < 8; i++) {
        await click(peer);
        await pause(peer.page, 700);
      }
    },
  },
  {
    name: "bootOS, invaders", machine: "bootos", delays: [0, 50], counts: "pictures",
    async prepare(peer) {
      await type(peer, "invaders\n", 80);
      await pause(peer.page, 1000);
    },
    run: wait(8),
  },
  { name: "animation, 320 x 200", machine: "animation", delays: [0, 50], prepare: readCounts(192), run: wait(8) },
  { name: "animation, 640 x 480", machine: "balls", delays: [0, 50], prepare: readCounts(232), run: wait(8) },
  {
    name: "OpenGEM, dragging a window", machine: "opengem", delays: [0, 50],
    async prepare(peer) {
      await home(peer);
      // The guest doubles what is faster than a crawl: this ends on the title of the window.
      for (let i = 0; i < 18; i++) {
        await peer.moveBy(8, -4);
        await pause(peer.page, 33);
      }
      await pause(peer.page, 500);
    },
    async run(peer) {
      await peer.page.mouse.down();
      for (let i = 0; i < 70; i++) {
        await peer.moveBy(i % 20 < 10 ? 9 : -9, i % 10 < 5 ? 4 : -4);
        await pause(peer.page, 33);
      }
      await peer.page.mouse.up();
      await pause(peer.page, 500);
    },
  },
];
