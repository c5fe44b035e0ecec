// Processor time of processes, as the system counts it.
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";

const ticksPerSecond = Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout);

/** Processor seconds that a process has used so far; 0 for none. */
export async function processorSeconds(pid) {
  // A machine may have ended since it was listed.
  const stat = pid ? await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null) : null;
  if (stat === null) return 0;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export async function sumOfProcessorSeconds(pids) {
  let seconds = 0;
  for (const pid of pids) seconds += await processorSeconds(pid);
  return seconds;
}

/** Memory of a process that is in RAM, in megabytes. */
export async function residentMegabytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}
