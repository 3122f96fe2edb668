import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunctions } from "../stacks/bundles.ts";
import { FUNCTION_IDS } from "../stacks/functions.ts";

/**
 * How long a new container of each function takes to load its bundle: a child process imports it and tells the milliseconds, without those
 * that Node itself takes to start. `node scripts/node24.mjs bench/cold-start.ts`. Lambda adds its own time; its processors are slower.
 */
const TRIES = 5;

const folder = mkdtempSync(join(tmpdir(), "bullseye-cold-start-"));
try {
  const bundles = bundleFunctions(folder);
  const child = join(folder, "start.mjs");
  writeFileSync(
    child,
    `const began = performance.now();
    await import(process.argv[2]);
    process.stdout.write(String(performance.now() - began));`,
  );
  const env = { PATH: process.env.PATH, POWERTOOLS_TRACE_ENABLED: "false" };
  console.log("function                 KB    ms (median of", `${TRIES})`);
  const all: number[] = [];
  for (const id of FUNCTION_IDS) {
    const bundle = join(bundles[id], "index.mjs");
    const times = Array.from({ length: TRIES }, () =>
      Number(execFileSync(process.execPath, [child, bundle], { env, encoding: "utf8" })),
    );
    const median = times.sort((a, b) => a - b)[Math.floor(TRIES / 2)]!;
    all.push(median);
    console.log(id.padEnd(20), String(Math.round(statSync(bundle).size / 1000)).padStart(6), median.toFixed(0).padStart(6));
  }
  console.log(
    "slowest".padEnd(20),
    "".padStart(6),
    Math.max(...all)
      .toFixed(0)
      .padStart(6),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
