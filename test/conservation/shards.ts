import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { findNode24, NODE_FLAGS } from "../../scripts/node24.mjs";
import { Conservation, SEEDS_OF_A_WORLD } from "./conserve.ts";

/** What is told of a seed. */
export interface SeedReport {
  seed: number;
  deaths: number;
  breaches: string[];
}

/** What came of many seeds. */
export interface Tally {
  seeds: number;
  deaths: number;
  /** CPU seconds of all processes together. */
  cpuSeconds: number;
  failed: SeedReport[];
}

/** Seeds that one process runs [design]: a process that "died" in it leaves its journal open. A multiple of the seeds of a world. */
const SHARD = 40 * SEEDS_OF_A_WORLD;

const SHARD_SCRIPT = fileURLToPath(new URL("shard.ts", import.meta.url));

/** Runs seeds `from` … `from + seeds - 1` in processes of their own, one for each core. */
export async function runSeeds(from: number, seeds: number, onSeed: (report: SeedReport) => void = () => {}): Promise<Tally> {
  const tally: Tally = { seeds: 0, deaths: 0, cpuSeconds: 0, failed: [] };
  const ends = from + seeds;
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < ends) {
      const first = next;
      next = Math.min(ends, first + SHARD);
      await shard(first, next - first, (line) => {
        if ("cpuSeconds" in line) {
          tally.cpuSeconds += line.cpuSeconds;
          return;
        }
        tally.seeds++;
        tally.deaths += line.deaths;
        if (line.breaches.length > 0) tally.failed.push(line);
        onSeed(line);
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  if (tally.seeds !== seeds) throw new Error(`${tally.seeds} of ${seeds} seeds were run`);
  tally.failed.sort((a, b) => a.seed - b.seed);
  return tally;
}

async function shard(from: number, seeds: number, onLine: (line: SeedReport | { cpuSeconds: number }) => void): Promise<void> {
  const child = spawn(findNode24()!, [...NODE_FLAGS, SHARD_SCRIPT, String(from), String(seeds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) onLine(JSON.parse(line) as SeedReport);
  const code = await ended;
  if (code !== 0) throw new Error(`the process of seeds ${from} and on ended with ${code}`);
}

/** The work of one of these processes. */
export async function runShard(from: number, seeds: number, tell: (line: object) => void): Promise<void> {
  const conservation = new Conservation();
  for (let seed = from; seed < from + seeds; seed++) {
    const { deaths, breaches } = await conservation.try(seed);
    tell({ seed, deaths, breaches } satisfies SeedReport);
  }
  const { user, system } = process.cpuUsage();
  tell({ cpuSeconds: (user + system) / 1e6 });
}
