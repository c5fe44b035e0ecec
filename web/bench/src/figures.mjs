// Numbers and tables.
import { cpus, loadavg } from "node:os";

export const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] : NaN;
};

export const number = (value, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : "");

export const geometricMean = (values) => Math.exp(values.reduce((total, value) => total + Math.log(value), 0) / values.length);

/** Date, processor and what else the machine was doing: the load that others made, as far as the system tells. */
export const where = () =>
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0].model.trim()}, load ${number(loadavg()[0], 1)} when it began`;

export function table(heads, rows) {
  return [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
