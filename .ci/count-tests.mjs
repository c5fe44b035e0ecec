// Adds up the result files of a test run and prints the one line that counts: "N passed, N failed, N skipped".
// Exit code 1 when a test failed, when a test project died without results, or when no test ran.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const total = { passed: 0, failed: 0, skipped: 0 };

for (const name of readdirSync(folder)) {
  const path = join(folder, name);
  if (name.endsWith(".trx")) {
    const counters = /<Counters ([^>]*)\/>/.exec(readFileSync(path, "utf8"))?.[1] ?? "";
    const count = (key) => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(counters)?.[1] ?? 0);
    total.passed += count("passed");
    total.failed += count("failed") + count("error") + count("timeout") + count("aborted");
    total.skipped += count("total") - count("executed");
  } else if (name.endsWith(".json")) {
    const result = JSON.parse(readFileSync(path, "utf8"));
    total.passed += result.numPassedTests;
    total.failed += result.numFailedTests;
    total.skipped += result.numPendingTests;
  } else if (name.endsWith(".died")) {
    console.error(`${name.slice(0, -".died".length)} ended without results.`);
    total.failed += 1;
  }
}

console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
