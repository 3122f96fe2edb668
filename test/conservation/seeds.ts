// Many worlds of random lists, with random faults: `npm run conserve -- --seeds 10000 --from 1`, or one of them: `npm run conserve -- --seed N`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Conservation } from "./conserve.ts";
import { runSeeds, type SeedReport } from "./shards.ts";

/** How often it is told how far it is, in seeds. */
const TELL_EVERY = 100;
/** Breaches of one seed that are spelled out, and characters of each. */
const MOST_BREACHES = 6;
const MOST_CHARACTERS = 500;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    files: { type: "string" },
  },
});

function tellFailure({ seed, breaches }: SeedReport): void {
  console.log(`seed ${seed} (npm run conserve -- --seed ${seed}): ${breaches.length} breaches`);
  for (const each of breaches.slice(0, MOST_BREACHES)) console.log(`  ${each.slice(0, MOST_CHARACTERS)}`);
}

/** One seed with its world, whose files go to a folder where one is named. */
async function one(seed: number, folder: string | undefined): Promise<boolean> {
  const { world, plan, deaths, breaches } = await new Conservation().try(seed);
  console.log(`seed ${seed}: world ${world.number}, on a ${world.where}, ${deaths} deaths`);
  console.log(`settings ${JSON.stringify(world.settings)}; faults ${JSON.stringify(plan)}`);
  for (const [number, { kind, list, mode, name, bytes, fates }] of world.files.entries()) {
    console.log(`file ${number}: ${kind}/${list}/${name}, ${mode}, ${fates.length} rows, ${bytes.length} bytes`);
    if (folder === undefined) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${number} ${list} ${name}`), bytes);
  }
  for (const command of world.commands) console.log(`  ${Object.values(command).join(" ")}`);
  if (breaches.length > 0) tellFailure({ seed, deaths, breaches });
  return breaches.length === 0;
}

async function many(from: number, seeds: number): Promise<boolean> {
  let done = 0;
  let failed = 0;
  const began = performance.now();
  const tally = await runSeeds(from, seeds, (report) => {
    done++;
    if (report.breaches.length > 0) {
      failed++;
      tellFailure(report);
    }
    if (done % TELL_EVERY === 0) console.log(`${done} of ${seeds} seeds, ${failed} failed`);
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${tally.seeds} seeds from ${from}: ${tally.failed.length} failed; ${tally.deaths} deaths; ${seconds} s, ${Math.round(tally.cpuSeconds)} s of CPU`,
  );
  return tally.failed.length === 0;
}

const sound = values.seed ? await one(Number(values.seed), values.files) : await many(Number(values.from), Number(values.seeds));
process.exitCode = sound ? 0 : 1;
