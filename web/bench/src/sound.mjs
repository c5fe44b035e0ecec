// Listens to the tune exhibit for a while, in each way that sound can travel and be played, and prints what that costs and how it holds.
//
//   node src/sound.mjs --program PATH [--seconds 60] [--delays 0,50] [--wav FILE]
import { readFile, writeFile } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { startService } from "./preserve.mjs";
import { DelayingProxy } from "./proxy.mjs";

const { values: options } = parseArgs({
  options: {
    program: { type: "string" }, seconds: { type: "string", default: "60" }, delays: { type: "string", default: "0,50" }, wav: { type: "string" },
  },
});

/** A name that is not loopback to the browser, so that its pages are not secure. */
const plainHost = "museum.test";

const ways = [
  { name: "no sound", host: "127.0.0.1", exhibit: "tune", listens: false },
  { name: "Opus, worklet (secure page)", host: "127.0.0.1", exhibit: "tune", listens: true },
  { name: "Opus, scheduled (plain page)", host: plainHost, exhibit: "tune", listens: true },
  { name: "PCM, scheduled (plain page)", host: plainHost, exhibit: "tune", listens: true, blocksOpus: true },
  { name: "Opus, worklet, silent machine", host: "127.0.0.1", exhibit: "echo", listens: true },
];

const ticksPerSecond = Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout);

async function processorSeconds(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** What the player says of its sound, and with samples if they are wanted. */
const read = (page, withSamples = false) =>
  page.evaluate((wanted) => document.querySelector("preserve-player").readSound().then(({ samples, ...rest }) => ({ ...rest, samples: wanted ? Array.from(samples) : [] })), withSamples);

async function measure(browser, service, way, delay) {
  const proxy = await new DelayingProxy(service.port, delay).listen();
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 1280, height: 1000 } });
  if (way.blocksOpus) await page.route("**/preserve-player-opus.js*", (route) => route.abort());
  await page.goto(`http://${way.host}:${proxy.port}/exhibits/${way.exhibit}`);
  await page.getByRole("button", { name: /^Start/ }).first().click();
  await page.waitForFunction(() => document.querySelector("preserve-player").state === "running", null, { timeout: 30_000 });
  if (way.listens) await page.getByRole("button", { name: /^Sound is off/ }).click();
  await page.waitForTimeout(3000);
  proxy.reset();
  const first = await read(page);
  const before = { at: performance.now(), processor: await processorSeconds(service.pid) };
  const held = [];
  while (performance.now() - before.at < Number(options.seconds) * 1000) {
    await page.waitForTimeout(100);
    const now = (await read(page)).heldInSeconds;
    if (now > 0) held.push(now * 1000);
  }
  const seconds = (performance.now() - before.at) / 1000;
  const last = await read(page, true);
  if (options.wav && way.host === plainHost && !way.blocksOpus) await writeFile(options.wav, wave(last.samples, last.rate));
  held.sort((a, b) => a - b);
  const result = {
    way: way.name, delay, outlet: last.outlet, format: last.format, bytes: proxy.down / seconds,
    processor: (await processorSeconds(service.pid) - before.processor) / seconds,
    gaps: last.gaps - first.gaps, skips: last.skips - first.skips, held: [0.05, 0.5, 0.95].map((share) => held[Math.floor(held.length * share)]),
  };
  await page.evaluate(() => document.querySelector("preserve-player").end());
  await page.waitForTimeout(500);
  await page.close();
  await proxy.close();
  return result;
}

/** A WAV file of floating-point samples, one channel. */
function wave(samples, rate) {
  const file = Buffer.alloc(44 + 4 * samples.length);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(3, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(4 * rate, 28);
  file.writeUInt16LE(4, 32);
  file.writeUInt16LE(32, 34);
  file.write("data", 36);
  file.writeUInt32LE(4 * samples.length, 40);
  samples.forEach((sample, i) => file.writeFloatLE(sample, 44 + 4 * i));
  return file;
}

// Posters would be made meanwhile, and cost what is measured here.
process.env.PRESERVE__WORKER__MAKESPOSTERS = "false";
const service = await startService(options.program);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", `--host-resolver-rules=MAP ${plainHost} 127.0.0.1`],
});
const rows = [];
try {
  for (const delay of options.delays.split(",").map(Number)) {
    for (const way of ways) {
      rows.push(await measure(browser, service, way, delay));
      console.error(JSON.stringify(rows.at(-1)));
    }
  }
} finally {
  await browser.close();
  await service.stop();
}

const number = (value, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : "");
console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model}, ${options.seconds} s each\n`);
console.log("| delay | way | bytes a second | gaps | skips | held 5 %, 50 %, 95 % (ms) | our service, core |");
console.log("|---|---|---|---|---|---|---|");
for (const row of rows) {
  console.log(`| ${row.delay} ms | ${row.way} | ${number(row.bytes)} | ${row.gaps} | ${row.skips} | ${row.held.map((each) => number(each)).join(", ")} | ${number(row.processor * 100, 1)} % |`);
}
