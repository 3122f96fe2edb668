import { writeSync } from "node:fs";
import { surroundings } from "@bullseye/cli/surroundings";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import type { ListKind } from "@bullseye/core/lists/kinds";
import { Home } from "@bullseye/local";

/** Drops lists into a home, approves what waits and delivers it; tells on standard output how far it is. `node run-lists.ts HOME KIND=FILE…` */
const [path, ...files] = process.argv.slice(2) as [string, ...string[]];
const tell = (what: string): void => void writeSync(1, `${what}\n`);

const home = new Home(path, {
  surroundings,
  surroundingsModule: import.meta.resolve("@bullseye/cli/surroundings"),
  workers: 2,
  settings: { partitionRows: 700, rangeBytes: 100_000 },
  asOf: "2026-11-20",
  onProgress: ({ state, done, total }) => tell(`${state} ${done}/${total}`),
});
for (const each of files) {
  const [kind, file] = each.split("=") as [ListKind, string];
  tell(`drop ${kind}`);
  const { run } = await home.run(await home.prepare({ file, kind, origin: "first-party" }));
  if (run.status !== "done" || !run.balanced) throw new Error(`${kind}: ${run.status} ${run.differences}`);
  tell(`dropped ${kind}`);
}
for (const { planHash } of await waitingPlans(home.ports)) await approvePlan(home.ports, planHash);
tell("approved");
await queueApproved(home.ports);
tell("queued");
const [newest] = await home.ports.runs.runs();
await home.deliver(newest!);
tell("delivered");
await home.close();
