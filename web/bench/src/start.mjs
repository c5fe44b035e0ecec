// How long after the click on Start is there a picture, and how long until the machine has settled? And what do a session that
// rests and one that moves cost? Prints Markdown for docs/benchmarks.md.
//
//   node src/start.mjs --program PATH --archive FOLDER [--starts 20] [--prepared]
//
// With --prepared it waits for the prepared snapshots of three exhibits, some minutes, and measures starts from them.
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { number, percentile, table, where } from "./figures.mjs";
import { machines } from "./machines.mjs";
import { emulatorsBelow, openPreserve, startService } from "./preserve.mjs";
import { probeSource } from "./probe.mjs";
import { processorSeconds, sumOfProcessorSeconds } from "./processor.mjs";

const { values: options } = parseArgs({
  options: { program: { type: "string" }, archive: { type: "string" }, starts: { type: "string", default: "20" }, prepared: { type: "boolean", default: false } },
});

/** Longer than a cursor takes to blink: what stays the same but for a cursor for so long has settled. */
const quietMilliseconds = 1500;

/** Longer than from one boot for a poster to the next. */
const quietSeconds = 20;

/**
 * Clicks on Start and waits; milliseconds from the click to the first picture that is not black, and to the last change but the cursor's.
 * A machine that never rests is only waited for until its first picture.
 */
async function start(browser, port, exhibit, rests = true) {
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 1280, height: 1000 } });
  await page.goto(`http://127.0.0.1:${port}/exhibits/${exhibit}`);
  await page.evaluate(probeSource);
  const button = page.getByRole("button", { name: /^Start/ }).first();
  await button.waitFor();
  await page.evaluate(() => addEventListener("click", () => { window.__clickedAt ??= performance.now(); }, true));
  await button.click();
  await page.waitForFunction(
    (quiet) => window.__probe.litAt && performance.now() - (quiet === null ? 0 : window.__probe.lettersChanged) > quiet,
    rests ? quietMilliseconds : null, { timeout: 60_000, polling: 100 });
  const times = await page.evaluate(() => [window.__probe.litAt - window.__clickedAt, window.__probe.lettersChanged - window.__clickedAt]);
  await page.evaluate(() => document.querySelector("preserve-player")?.end());
  await page.waitForTimeout(300);
  await page.close();
  return times;
}

/** Shares of a core that the service and the emulator use for one session, when the service has run for a while. */
async function share(browser, service, name) {
  const peer = await openPreserve(browser, service, machines[name]);
  await peer.page.waitForTimeout(15_000);
  const emulators = await peer.processes();
  const before = [await processorSeconds(service.pid), await sumOfProcessorSeconds(emulators), performance.now()];
  await peer.page.waitForTimeout(15_000);
  const seconds = (performance.now() - before[2]) / 1000;
  const shares = [(await processorSeconds(service.pid)) - before[0], (await sumOfProcessorSeconds(emulators)) - before[1]].map((used) => used / seconds);
  await peer.close();
  return shares;
}

/** Waits until the exhibits have their posters, whose boots have left their snapshots by then, and until nothing boots beside what is measured. */
async function prepare(service, names) {
  const isReady = async (name) => (await (await fetch(`http://127.0.0.1:${service.port}/api/exhibits/${machines[name].exhibit}`)).json()).poster !== null;
  for (let seconds = 0; !(await Promise.all(names.map(isReady))).every(Boolean); seconds += 2) {
    if (seconds > 1200) throw new Error("no posters within 20 minutes");
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
  for (let quiet = 0; quiet < quietSeconds; quiet++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if ((await emulatorsBelow(service.pid)).length > 0) quiet = 0;
  }
}

const row = (what, values) => [what, ...[0.5, 0.9, 0.95].map((part) => number(percentile(values, part))), number(Math.max(...values))];
const heads = (what) => [what, "p50 (ms)", "p90", "p95", "most"];

async function measureBoots(browser, service) {
  const times = [];
  for (let i = 0; i < Number(options.starts); i++) times.push(await start(browser, service.port, machines.freedos.exhibit));
  console.log(table(heads("FreeDOS, click on Start to"), [row("first picture", times.map(([lit]) => lit)), row("settled", times.map(([, settled]) => settled))]));
  console.log(`\n${times.length} starts, the first ones of a new service included.\n`);
  const shares = [["a blinking prompt", "freedos"], ["an animation of 640 x 480, 25 pictures a second", "balls"]];
  const rows = [];
  for (const [what, name] of shares) rows.push([what, ...(await share(browser, service, name)).map((part) => `${number(part * 100, 1)} %`)]);
  console.log(table(["one session, one viewer", "our service, core", "emulator, core"], rows));
}

async function measurePrepared(browser, service) {
  const names = ["freedos", "opengem", "kolibrios"];
  await prepare(service, names);
  const rows = [];
  for (const name of names) {
    const times = [];
    for (let i = 0; i < Number(options.starts); i++) times.push((await start(browser, service.port, machines[name].exhibit, false))[0]);
    rows.push(row(name, times));
  }
  console.log(table(heads("from a prepared snapshot, click on Start to the picture"), rows));
}

const began = where();
const service = await startService(options.program, options.archive, options.prepared);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
try {
  console.log(`${began}\n`);
  await (options.prepared ? measurePrepared : measureBoots)(browser, service);
} finally {
  await browser.close();
  await service.stop();
}
