// A viewer behind a slow line: how far behind the machine is what it sees? A second viewer next door tells when the
// machine drew each picture, by the count that the guest shows.
import { number, percentile } from "./figures.mjs";
import { clearProbe, probeSource, readProbe } from "./probe.mjs";
import { residentMegabytes } from "./processor.mjs";

const bytesPerSecond = 30_000;
const seconds = 12;

export const limitedScenarios = [
  { name: "animation, 640 x 480", key: null },
  { name: "plasma, 640 x 480, full motion", key: "p" },
];

/** @returns bytes and pictures a second, how far behind (ms), and how the server's memory grew (MB) */
export async function measureLimited(peer, scenario) {
  await peer.page.evaluate(probeSource);
  await peer.enter();
  if (scenario.key) await peer.page.keyboard.press(scenario.key);
  const second = await peer.openSecond();
  await second.evaluate(probeSource);
  for (const page of [peer.page, second]) await page.evaluate(() => { window.__probe.countLine = 232; });
  peer.proxy.rate = bytesPerSecond;
  // The rate is learnt, and what was on the way when the line became slow arrives.
  await peer.page.waitForTimeout(6000);
  await Promise.all([clearProbe(peer.page), clearProbe(second)]);
  peer.proxy.reset();
  const before = await residentMegabytes(peer.server());
  await peer.page.waitForTimeout(seconds * 1000);
  const growth = (await residentMegabytes(peer.server())) - before;
  const [limited, direct] = [(await readProbe(peer.page)).counts, (await readProbe(second)).counts];
  const down = peer.proxy.down;
  await second.close();
  peer.proxy.rate = Infinity;
  const drawnAt = new Map(direct.map(([at, count]) => [count, at]));
  const behind = limited.filter(([, count]) => drawnAt.has(count)).map(([at, count]) => at - drawnAt.get(count));
  return {
    bytesPerSecond: down / seconds, pictures: limited.length / seconds, growth,
    p50: percentile(behind, 0.5), p95: percentile(behind, 0.95), worst: Math.max(...behind, -Infinity),
  };
}

export const limitedHeads = [`viewer of ${bytesPerSecond / 1000} KB/s`, "KB/s", "pictures/s", "behind, p50, p95, most (ms)", "server's memory grew (MB)"];

export function limitedRow({ scenario, Preserve: ours, noVNC: theirs }) {
  const both = (show) => `${show(ours)} / ${show(theirs)}`;
  return [
    scenario, both((one) => number(one.bytesPerSecond / 1000, 1)), both((one) => number(one.pictures, 1)),
    both((one) => `${number(one.p50)}, ${number(one.p95)}, ${number(one.worst)}`), both((one) => number(one.growth, 1)),
  ];
}
