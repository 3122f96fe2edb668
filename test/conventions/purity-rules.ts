import { factsOf } from "./syntax.ts";
import { isCode, isTest, type Rule, type Tree } from "./tree.ts";

/** Modules that reach the world, the clock or the threads; core asks its ports instead. */
const WORLD =
  /^(node:)?(fs|net|tls|dgram|dns|http|https|http2|child_process|worker_threads|cluster|sqlite|os|process|timers|readline|perf_hooks|inspector|vm)(\/|$)/;

/** Globals that core must not reach for: the process, the clock, randomness, the network, timers. */
const IMPURE =
  /^(process\..+|Date\.now|Date\(\)|new Date\(\)|Math\.random|performance\.now|crypto\.(randomUUID|randomBytes|randomInt|getRandomValues)|fetch|setTimeout|setInterval|setImmediate)$/;

const RANDOM_NAMES = new Set([
  "randomUUID",
  "randomBytes",
  "randomInt",
  "randomFill",
  "randomFillSync",
  "getRandomValues",
  "webcrypto",
]);

/** The only files of the packages that may read the environment. */
export const READS_ENVIRONMENT: readonly string[] = [
  "packages/aws/src/environment.ts",
  "packages/cli/src/main.ts",
  "packages/cli/src/surroundings.ts",
];

function coreIsPure(tree: Tree): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!path.startsWith("packages/core/src/") || !isCode(path) || isTest(path)) continue;
    const { references, globals } = factsOf(path, text);
    for (const { specifier, names, line } of references) {
      if (WORLD.test(specifier)) found.push(`${path}:${line} core does no I/O (${specifier}); ask a port`);
      const random = /^(node:)?crypto$/.test(specifier) ? names.filter((name) => RANDOM_NAMES.has(name)) : [];
      if (random.length > 0) found.push(`${path}:${line} core has no randomness (${random.join(", ")}); ask a port`);
    }
    for (const { name, line } of globals) {
      if (IMPURE.test(name))
        found.push(`${path}:${line} core has no environment, clock or randomness (${name}); take it as an argument`);
    }
  }
  return found;
}

function environmentInOnePlace(tree: Tree): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!/^packages\/[^/]+\/src\//.test(path) || !isCode(path) || isTest(path) || READS_ENVIRONMENT.includes(path)) continue;
    const { references, globals } = factsOf(path, text);
    const lines = [
      ...globals.filter(({ name }) => /^process\.env(\.|$)/.test(name)).map(({ line }) => line),
      ...references.filter(({ specifier }) => /^(node:)?process$/.test(specifier)).map(({ line }) => line),
    ];
    for (const line of new Set(lines)) {
      found.push(
        `${path}:${line} reads the environment; only ${READS_ENVIRONMENT.join(" and ")} may, take the value as an argument`,
      );
    }
  }
  return found;
}

export const purityRules: readonly Rule[] = [
  {
    id: "core does no I/O and knows no clock",
    check: coreIsPure,
    planted: [
      `import { readFileSync } from "node:fs";`,
      `import { readFile } from "fs/promises";`,
      `import { DatabaseSync } from "node:sqlite";`,
      `const w = await import("node:worker_threads");`,
      `import { randomUUID } from "node:crypto";`,
      `export const home = process.env.HOME;`,
      `const { env } = process;`,
      `export const t = Date.now();`,
      `export const clock = globalThis.Date.now;`,
      `export const t = new Date();`,
      `export const t = Date();`,
      `export const r = Math["random"]();`,
      `const { random } = Math;`,
      `export const id = crypto.randomUUID();`,
      `await fetch("https://example.com");`,
      `setTimeout(() => {}, 1);`,
    ].map((text) => ({ "packages/core/src/a.ts": text })),
    clean: [
      {
        "packages/core/src/a.ts": `import { createHash } from "node:crypto"; export const d = new Date("2026-01-01"); // Date.now()`,
      },
      {
        "packages/core/src/a.ts": `export const f = (clock: { now(): number }) => clock.now() + Math.max(1, 2) + Date.parse("2026");`,
      },
      { "packages/core/src/a.test.ts": `import { readFileSync } from "node:fs"; Date.now();` },
      { "packages/local/src/a.ts": `import { readFileSync } from "node:fs"; Date.now();` },
    ],
  },
  {
    id: "the environment is read in one place",
    check: environmentInOnePlace,
    planted: [
      { "packages/aws/src/queue.ts": `export const q = process.env.QUEUE;` },
      { "packages/local/src/a.ts": `const { env } = process;` },
      { "packages/connectors/src/a.ts": `import { env } from "node:process";` },
      { "packages/cli/src/commands/run.ts": `export const q = process["env"]["QUEUE"];` },
    ],
    clean: [
      { [READS_ENVIRONMENT[0] ?? ""]: `export const q = process.env.QUEUE;` },
      { "packages/aws/src/a.test.ts": `process.env.QUEUE = "x";` },
      { "packages/cli/src/a.ts": `process.exitCode = 1;` },
      { "scripts/a.mjs": `export const q = process.env.QUEUE;` },
    ],
  },
];
