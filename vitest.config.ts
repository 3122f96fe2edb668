import { defineConfig } from "vitest/config";
import { NODE_FLAGS } from "./scripts/node24.mjs";
import SlowFirst from "./scripts/slow-first.ts";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts", "stacks/**/*.test.ts", "scripts/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two workers: the machines this runs on have two cores, and the workflow tests start workers of their own.
    maxWorkers: 2,
    pool: "forks",
    sequence: { sequencer: SlowFirst },
    execArgv: NODE_FLAGS,
    reporters: ["default", "./scripts/count-reporter.ts"],
  },
});
