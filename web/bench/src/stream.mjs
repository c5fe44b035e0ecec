// Drives Preserve and noVNC through the same acts in headless Chromium and prints bytes, pictures a second,
// key-to-picture times and processor time, side by side, as Markdown for docs/benchmarks.md.
//
//   node src/stream.mjs --program PATH [--archive FOLDER] [--guests FOLDER] [--only REGEXP] [--delays 0,50] [--peer NAME] [--json FILE] [--screens FOLDER]
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { geometricMean, number, percentile, table, where } from "./figures.mjs";
import { limitedHeads, limitedRow, limitedScenarios, measureLimited } from "./limited.mjs";
import { machines } from "./machines.mjs";
import { openNoVnc } from "./novnc.mjs";
import { openPreserve, startService } from "./preserve.mjs";
import { clearProbe, probeSource, readProbe, waitUntilCalm } from "./probe.mjs";
import { processorSeconds, sumOfProcessorSeconds } from "./processor.mjs";
import { scenarios } from "./scenarios.mjs";

const { values: options } = parseArgs({
  options: {
    program: { type: "string" },
    archive: { type: "string" },
    guests: { type: "string" },
    only: { type: "string", default: "" },
    delays: { type: "string", default: "0,50" },
    peer: { type: "string", default: "" },
    json: { type: "string" },
    screens: { type: "string" },
  },
});
const only = new RegExp(options.only);
const delays = options.delays.split(",").map(Number);

async function measure(peer, scenario, delay) {
  peer.proxy.delay = delay;
  await peer.enter();
  await scenario.prepare?.(peer);
  await peer.page.waitForTimeout(500);
  const emulators = await peer.processes();
  const before = { service: await processorSeconds(peer.service()), emulator: await sumOfProcessorSeconds(emulators), at: performance.now() };
  await clearProbe(peer.page);
  peer.proxy.reset();
  const times = (await scenario.run(peer)) ?? [];
  await peer.page.waitForTimeout(200);
  const seconds = (performance.now() - before.at) / 1000;
  const down = peer.proxy.down;
  const { changes, counts } = await readProbe(peer.page);
  return {
    down, seconds,
    pictures: (counts.length || changes) / seconds,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    service: ((await processorSeconds(peer.service())) - before.service) / seconds,
    emulator: ((await sumOfProcessorSeconds(emulators)) - before.emulator) / seconds,
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

/** Every scenario of a machine, at every delay, on one peer. */
async function run(peer, name, rows, limitedRows) {
  await peer.page.evaluate(probeSource);
  if (!machines[name].isNeverCalm) await waitUntilCalm(peer.page, machines[name].width);
  for (const delay of delays) {
    for (const scenario of scenarios.filter((each) => each.machine === name && only.test(each.name) && each.delays.includes(delay))) {
      const id = `${delay} ms, ${scenario.name}`;
      const row = (rows[id] ??= { scenario: scenario.name, delay });
      row[peer.name] = await measure(peer, scenario, delay);
      if (options.screens) await peer.page.screenshot({ path: join(options.screens, `${id.replace(/\W+/g, "-")}-${peer.name}.png`) });
      const { down, pictures, p50, service } = row[peer.name];
      console.error(`${peer.name}, ${id}: ${down} bytes, ${number(pictures, 1)} pictures/s ${number(p50)} ${number(service * 100, 1)} %`);
    }
  }

  peer.proxy.delay = 0;
  for (const scenario of name === "balls" ? limitedScenarios.filter((each) => only.test(`limited ${each.name}`)) : []) {
    const row = (limitedRows[scenario.name] ??= { scenario: scenario.name });
    row[peer.name] = await measureLimited(peer, scenario);
    console.error(`${peer.name}, limited, ${scenario.name}: ${JSON.stringify(row[peer.name])}`);
  }
}

const isWanted = (name) =>
  scenarios.some((each) => each.machine === name && only.test(each.name)) || (name === "balls" && limitedScenarios.some((each) => only.test(`limited ${each.name}`)));

const began = where();
const folder = await mkdtemp("/tmp/preserve-bench-images-");
const images = await unpack(folder);
const service = await startService(options.program, options.archive);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"] });
const rows = {};
const limitedRows = {};
try {
  for (const name of Object.keys(machines).filter(isWanted)) {
    if (!images[name]) {
      console.error(`${name}: left out, ${machines[name].image} is not at hand`);
      continue;
    }
    for (const open of [() => openPreserve(browser, service, machines[name]), () => openNoVnc(browser, machines[name], images[name])]) {
      const peer = await open();
      try {
        if (peer.name.startsWith(options.peer)) await run(peer, name, rows, limitedRows);
      } finally {
        await peer.close();
      }
    }
    if (options.json) await writeFile(options.json, JSON.stringify({ rows, limitedRows }, null, 2));
  }
} finally {
  await browser.close();
  await service.stop();
  await rm(folder, { recursive: true, force: true });
}

const whole = (row) => row.Preserve && row.noVNC;
const lines = Object.values(rows).filter(whole).sort((a, b) => a.delay - b.delay);
console.log(`${began}\n`);
console.log(table(
  ["one way", "scenario", "bytes down, ours / noVNC", "ratio", "pictures/s", "key-to-picture p50, p95 (ms)", "our service, core", "emulator, core"],
  lines.map(({ delay, scenario, Preserve: ours, noVNC: theirs }) => [
    `${delay} ms`, scenario, `${ours.down} / ${theirs.down}`, number(ours.down / theirs.down, 2), `${number(ours.pictures, 1)} / ${number(theirs.pictures, 1)}`,
    Number.isFinite(ours.p50) ? `${number(ours.p50)}, ${number(ours.p95)} / ${number(theirs.p50)}, ${number(theirs.p95)}` : "",
    `${number(ours.service * 100, 1)} %`, `${number(ours.emulator * 100)} % / ${number(theirs.emulator * 100)} %`,
  ])));
if (lines.length) console.log(`\nBytes down, geometric mean of the ratios: ${number(geometricMean(lines.map((row) => Math.max(row.Preserve.down, 1) / Math.max(row.noVNC.down, 1))), 2)}`);
const slow = Object.values(limitedRows).filter(whole);
if (slow.length) console.log(`\n${table(limitedHeads, slow.map(limitedRow))}`);
