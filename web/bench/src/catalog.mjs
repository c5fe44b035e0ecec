// Pages and API of a service on a big catalog, from request to the last byte of the answer, one after the other. Prints Markdown for docs/benchmarks.md.
//
//   node src/catalog.mjs --program PATH --data FOLDER [--rounds 40]
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { number, percentile, table, where } from "./figures.mjs";
import { processorSeconds } from "./processor.mjs";

const { values: options } = parseArgs({
  options: { program: { type: "string" }, data: { type: "string" }, rounds: { type: "string", default: "40" } },
});
const rounds = Number(options.rounds);
const token = readFileSync(`${options.data}/bench-token`, "utf8");

/** Without work in the background: there is nothing to boot, and a search is measured. */
async function startService() {
  const quiet = ["MakesPosters", "ExaminesMedia", "RehearsesStream", "BootsProofs"].map((name) => [`Preserve__Worker__${name}`, "false"]);
  const service = spawn(options.program, ["run", "--urls", "http://127.0.0.1:0", "--data", options.data], {
    env: { ...process.env, ...Object.fromEntries(quiet) }, stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  const address = await new Promise((resolve, reject) => {
    service.on("exit", () => reject(new Error(`the service ended: ${said}`)));
    service.stdout.on("data", (text) => {
      said += text;
      const found = /open at (http:\S+)/.exec(said);
      if (found) resolve(found[1].replace(/\/$/, ""));
    });
  });
  return { service, address };
}

async function measure(address, pid, [name, path, isCurator]) {
  const times = [];
  let before = 0;
  let length = 0;
  let results = "";
  for (let round = -10; round < rounds; round++) {
    if (round === 0) before = await processorSeconds(pid);
    const began = performance.now();
    const answer = await fetch(address + path, { headers: isCurator ? { authorization: `Bearer ${token}` } : {} });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    // The first ten of each kind compile and fill caches.
    if (round >= 0) times.push(performance.now() - began);
    length = text.length;
    results = path.startsWith("/api") ? String(JSON.parse(text).total) : results;
  }
  const processor = (1000 * ((await processorSeconds(pid)) - before)) / rounds;
  return [name, `\`${path}\``, results, number(length / 1000, 0), ...[0.5, 0.95, 1].map((share) => number(percentile(times, share), 0)), number(processor, 0)];
}

const began = where();
const { service, address } = await startService();
try {
  // A list that is gone through, by its own links.
  const next = (await (await fetch(`${address}/api/objects?limit=200`, { headers: { authorization: `Bearer ${token}` } })).json()).next;
  const acts = [
    ["gallery", "/"],
    ["gallery, search", "/?q=system"],
    ["gallery, decade", "/?era=1990"],
    ["gallery, slip", "/?q=windwos"],
    ["exhibits", "/api/exhibits"],
    ["exhibits, search", "/api/exhibits?q=disk%20win"],
    ["objects, visitor", "/api/objects"],
    ["objects, curator", "/api/objects", true],
    ["objects, curator, frequent word", "/api/objects?q=disk", true],
    ["objects, curator, two words", "/api/objects?q=system%20windows", true],
    ["objects, curator, prefix", "/api/objects?q=di", true],
    ["objects, curator, facets", "/api/objects?era=1990&format=fmt%2F468", true],
    ["objects, curator, slip", "/api/objects?q=windwos", true],
    ["objects, curator, next page of 200", next, true],
  ];
  const rows = [];
  for (const act of acts) rows.push(await measure(address, service.pid, act));
  console.log(`\nOver HTTP, ${began}:\n`);
  console.log(table(["what", "address", "results", "KB", "p50 (ms)", "p95", "most", "processor, mean (ms)"], rows));
} finally {
  service.kill("SIGTERM");
  await new Promise((resolve) => service.on("exit", resolve));
}
