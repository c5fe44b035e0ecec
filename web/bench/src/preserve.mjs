// Ours: the service as a visitor has it, started from the built program on a catalog of its own.
import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { processorSeconds } from "./processor.mjs";
import { DelayingProxy } from "./proxy.mjs";

/** Below this share of a core, for so long, a service that has just got an archive is done with examining and indexing it. */
const restShare = 0.025;
const restSeconds = 5;
const mostRestSeconds = 180;

/**
 * Starts the service on a new data folder with the starter archive and, where it is given, one more archive. Posters, and with them snapshots, are made by booting
 * machines in the background: only where they are what is measured.
 */
export async function startService(program, archive, makesPosters = false) {
  const data = await mkdtemp("/tmp/preserve-bench-");
  await chmod(data, 0o755); // sandboxes run as a user of their own and must reach the media
  const child = spawn(program, ["run", "--urls", "http://127.0.0.1:0", "--data", data], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PRESERVE__WEB__STARTSPERMINUTE: "1000", PRESERVE__WORKER__MAKESPOSTERS: String(makesPosters) },
  });
  const port = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const found = /open at http:\/\/[^:]+:(\d+)/.exec(text);
      if (found) resolve(Number(found[1]));
    });
    child.on("exit", (code) => reject(new Error(`the service ended with ${code}: ${text}`)));
  });
  // After the start, beside the service: a catalog that is not empty would not be given the starter archive.
  if (archive) {
    const imported = spawnSync(program, ["import", archive, "--data", data], { encoding: "utf8" });
    if (imported.status !== 0) throw new Error(`import failed: ${imported.stderr}`);
  }
  if (!makesPosters) await untilRests(child.pid);
  return {
    port, pid: child.pid, data,
    async stop() {
      child.removeAllListeners("exit");
      child.kill("SIGTERM");
      await new Promise((resolve) => child.on("exit", resolve));
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** What is measured is a service in use, not one that examines a new archive beside it. */
async function untilRests(pid) {
  for (let waited = 0; waited < mostRestSeconds; waited += restSeconds) {
    const before = await processorSeconds(pid);
    await new Promise((resolve) => setTimeout(resolve, restSeconds * 1000));
    if ((await processorSeconds(pid)) - before < restShare * restSeconds) return;
  }
  console.error(`the service did not come to rest within ${mostRestSeconds} s`);
}

/** Process ids of the emulators below a process. */
export async function emulatorsBelow(pid) {
  const parents = new Map();
  const names = new Map();
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = await readFile(join("/proc", entry, "stat"), "utf8");
      const end = stat.lastIndexOf(")");
      parents.set(Number(entry), Number(stat.slice(end + 2).split(" ")[1]));
      names.set(Number(entry), stat.slice(stat.indexOf("(") + 1, end));
    } catch {
      // It ended while we looked.
    }
  }
  const isBelow = (child) => {
    for (let at = parents.get(child); at; at = parents.get(at)) if (at === pid) return true;
    return false;
  };
  return [...names].filter(([id, name]) => name.startsWith("qemu-system") && isBelow(id)).map(([id]) => id);
}

export async function openPreserve(browser, service, machine) {
  const proxy = await new DelayingProxy(service.port).listen();
  const tab = await browser.newPage({ bypassCSP: true, viewport: { width: 1280, height: 1000 } });
  await tab.goto(`http://127.0.0.1:${proxy.port}/exhibits/${machine.exhibit}`);
  await tab.getByRole("button", { name: /^Start/ }).first().click();
  await tab.waitForFunction(() => document.querySelector("preserve-player").state === "running", null, { timeout: 30_000 });
  await new Promise((resolve) => setTimeout(resolve, machine.settle));
  const canvas = tab.locator("preserve-player canvas").first();
  const mouse = { x: 640, y: 500 };
  return {
    name: "Preserve", page: tab, proxy,
    processes: () => emulatorsBelow(service.pid), service: () => service.pid, server: () => service.pid,
    /** Another page that shows the same session, not through the proxy: as the same visitor's second window. */
    async openSecond() {
      const name = `preserve.session.${machine.exhibit}`;
      const key = await tab.evaluate((item) => sessionStorage.getItem(item), name);
      const second = await browser.newPage();
      await second.addInitScript(([item, value]) => sessionStorage.setItem(item, value), [name, key]);
      await second.goto(`http://127.0.0.1:${service.port}/exhibits/${machine.exhibit}`);
      await second.waitForFunction(() => document.querySelector("preserve-player").state === "running", null, { timeout: 30_000 });
      return second;
    },
    async moveBy(dx, dy) {
      mouse.x += dx;
      mouse.y += dy;
      await tab.mouse.move(mouse.x, mouse.y);
    },
    async enter() {
      const box = await canvas.boundingBox();
      mouse.x = box.x + box.width / 2;
      mouse.y = box.y + box.height / 2;
      await tab.mouse.click(mouse.x, mouse.y);
      await tab.waitForTimeout(500);
    },
    async close() {
      await tab.evaluate(() => document.querySelector("preserve-player")?.end());
      await tab.waitForTimeout(300);
      await tab.close();
      await proxy.close();
    },
  };
}
