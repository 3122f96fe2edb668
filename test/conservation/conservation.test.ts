import { expect, test } from "vitest";
import { runSeeds } from "./shards.ts";

/** The same seeds every time; nightly all of them. */
const SEEDS = process.env.BULLSEYE_LONG ? 10_000 : 600;

test(`${SEEDS} worlds of random lists end as without their random faults, and every row is accounted for`, async () => {
  const { seeds, deaths, failed } = await runSeeds(1, SEEDS);
  expect(failed.map(({ seed, breaches }) => `npm run conserve -- --seed ${seed}: ${breaches[0]}`)).toEqual([]);
  expect(seeds).toBe(SEEDS);
  expect(deaths).toBeGreaterThan(SEEDS / 5);
}, 7_200_000);
