// Drives Preserve and noVNC through the same acts in headless Chromium and prints bytes, pictures a second,
// key-to-picture times and processor time, side by side.
//
//   node src/stream.mjs --program PATH --archive FOLDER [--guests FOLDER] [--only REGEXP] [--delays 0,50] [--json FILE]
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { machines } from "./machines.mjs";
import { openNoVnc } from "./novnc.mjs";
import { openPreserve, startService } from "./preserve.mjs";
import { clearProbe, countChanges, keyTimes, probeSource } from "./probe.mjs";
import { scenarios } from "./scenarios.mjs";

const { values: options } = parseArgs({
  options: {
    program: { type: "string" },
    archive: { type: "string" },
    guests: { type: "string" },
    only: { type: "string", default: "" },
    delays: { type: "string", default: "0,50" },
    json: { type: "string" },
  },
});

const ticksPerSecond = Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout);

/** Processor seconds that a process has used so far. */
async function processorSeconds(pid) {
  if (!pid) return 0;
  // A poster's machine may have ended since it was listed.
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return 0;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

async function sum(pids) {
  let seconds = 0;
  for (const pid of pids) seconds += await processorSeconds(pid);
  return seconds;
}

const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] : NaN;
};

async function measure(peer, scenario) {
  await peer.page.evaluate(probeSource);
  await peer.enter();
  await scenario.prepare?.(peer);
  await peer.page.waitForTimeout(500);
  const emulators = await peer.processes();
  const before = { service: await processorSeconds(peer.service()), emulator: await sum(emulators), at: performance.now() };
  await clearProbe(peer.page);
  peer.proxy.reset();
  await scenario.run(peer);
  await peer.page.waitForTimeout(200);
  const seconds = (performance.now() - before.at) / 1000;
  const counters = await peer.page.evaluate(() => window.__probe.counters.size);
  const times = scenario.measuresKeys ? await keyTimes(peer.page) : [];
  return {
    down: peer.proxy.down,
    up: peer.proxy.up,
    seconds,
    pictures: (counters || (await countChanges(peer.page))) / seconds,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    service: ((await processorSeconds(peer.service())) - before.service) / seconds,
    emulator: ((await sum(emulators)) - before.emulator) / seconds,
  };
}

/** Images of the archive unpacked into a folder, for the peer, which reads no .xz. */
async function unpack(folder) {
  const paths = {};
  for (const [name, machine] of Object.entries(machines)) {
    const path = join(folder, machine.image);
    const packed = options.archive && join(options.archive, `${machine.image}.xz`);
    if (packed && existsSync(packed)) await writeFile(path, spawnSync("xz", ["-dc", packed], { maxBuffer: 1 << 28 }).stdout);
    else if (options.guests && existsSync(join(options.guests, machine.image))) await writeFile(path, await readFile(join(options.guests, machine.image)));
    else continue;
    paths[name] = path;
  }
  return paths;
}

const number = (value, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : "");
const geometricMean = (values) => Math.exp(values.reduce((total, value) => total + Math.log(value), 0) / values.length);

const folder = await mkdtemp("/tmp/preserve-bench-images-");
const images = await unpack(folder);
const service = await startService(options.program, options.archive);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"] });
const rows = [];
try {
  for (const delay of options.delays.split(",").map(Number)) {
    for (const scenario of scenarios.filter((each) => new RegExp(options.only).test(each.name))) {
      const machine = machines[scenario.machine];
      const image = images[scenario.machine];
      if (!image) {
        console.error(`${scenario.name}: left out, ${machine.image} is not at hand`);
        continue;
      }
      const row = { scenario: scenario.name, unit: scenario.unit, count: scenario.count, delay };
      for (const open of [() => openPreserve(browser, service, machine, delay), () => openNoVnc(browser, machine, image, delay)]) {
        const peer = await open();
        try {
          row[peer.name] = await measure(peer, scenario);
        } finally {
          await peer.close();
        }
      }
      rows.push(row);
      if (options.json) await writeFile(options.json, JSON.stringify(rows, null, 2));
      console.error(`${delay} ms, ${scenario.name}: ${row.Preserve.down} bytes against ${row.noVNC.down}`);
    }
  }
} finally {
  await browser.close();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
}

console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model}\n`);
console.log("| delay | scenario | bytes down, ours / noVNC | ratio | pictures/s | key-to-picture p50, p95 (ms) | our service, core | emulator, core |");
console.log("|---|---|---|---|---|---|---|---|");
for (const { delay, scenario, Preserve: ours, noVNC: theirs } of rows) {
  const keys = Number.isFinite(ours.p50) ? `${number(ours.p50)}, ${number(ours.p95)} / ${number(theirs.p50)}, ${number(theirs.p95)}` : "";
  console.log(
    `| ${delay} ms | ${scenario} | ${ours.down} / ${theirs.down} | ${number(ours.down / theirs.down, 2)} | ${number(ours.pictures, 1)} / ${number(theirs.pictures, 1)} ` +
      `| ${keys} | ${number(ours.service * 100, 1)} % | ${number(ours.emulator * 100)} % / ${number(theirs.emulator * 100)} % |`);
}
if (rows.length) console.log(`\nBytes down, geometric mean of the ratios: ${number(geometricMean(rows.map((row) => Math.max(row.Preserve.down, 1) / Math.max(row.noVNC.down, 1))), 2)}`);
