import { factsOf, targetOf } from "./syntax.ts";
import { areaOf, isCode, isTest, type Rule, type Tree } from "./tree.ts";

/** Which areas the code of an area may import, besides itself. Arrows run one way; siblings in the middle never meet. */
const MAY_IMPORT: Readonly<Record<string, readonly string[] | "all">> = {
  core: [],
  connectors: ["core"],
  aws: ["core", "events"],
  local: ["core", "events"],
  "platform-sandbox": ["core"],
  functions: ["core", "connectors", "aws", "local", "events"],
  console: ["core", "connectors", "aws", "local", "events"],
  cli: ["core", "connectors", "aws", "local", "events", "platform-sandbox"],
  events: ["core"],
  stacks: [],
  test: "all",
  bench: "all",
  scripts: "all",
  "": "all",
};

/** What tests beside the code may import on top of their area's line. */
const TESTS_ALSO = ["platform-sandbox", "test", "events"];

/** The machine's Node starts the command through the same script as npm's scripts, so that Node's flags stand in one place. */
const STARTERS: Readonly<Record<string, string>> = { "packages/cli/bin/bullseye.mjs": "scripts/node24.mjs" };

function targetArea(path: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return areaOf(targetOf(path, specifier));
  return /^@bullseye\/([^/]+)/.exec(specifier)?.[1];
}

function mayImport(path: string, area: string, target: string): boolean {
  const allowed = MAY_IMPORT[area];
  if (allowed === undefined) return false;
  return allowed === "all" || target === area || allowed.includes(target) || (isTest(path) && TESTS_ALSO.includes(target));
}

function arrows(tree: Tree): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path)) continue;
    const area = areaOf(path);
    for (const { specifier, line } of factsOf(path, text).references) {
      const target = targetArea(path, specifier);
      if (target === undefined || mayImport(path, area, target)) continue;
      const leadsTo = targetOf(path, specifier);
      if (STARTERS[path] === leadsTo || (area === "stacks" && leadsTo.endsWith(".json"))) continue;
      // The workflow file is data that every engine runs; names are data on both sides.
      if (/^stacks\/[^/]+\.json$/.test(leadsTo)) continue;
      found.push(`${path}:${line} ${area} must not import ${target} (${specifier})`);
    }
  }
  return found;
}

function acrossPackages(tree: Tree): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path) || !path.startsWith("packages/")) continue;
    for (const { specifier, line } of factsOf(path, text).references) {
      const target = specifier.startsWith(".") ? targetOf(path, specifier) : path;
      if (target.startsWith("packages/") && areaOf(target) !== areaOf(path)) {
        found.push(`${path}:${line} imports another package by path; write @bullseye/${areaOf(target)}/… (${specifier})`);
      }
    }
  }
  return found;
}

function extensions(tree: Tree): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path)) continue;
    for (const { specifier, line, kind } of factsOf(path, text).references) {
      if (kind === "url" || !specifier.startsWith(".")) continue;
      if (!/\.(ts|tsx|mjs|json|css)$/.test(specifier)) found.push(`${path}:${line} write the extension: ${specifier}.ts`);
    }
  }
  return found;
}

export const importRules: readonly Rule[] = [
  {
    id: "imports run one way",
    check: arrows,
    planted: [
      { "packages/core/src/a.ts": `import { x } from "@bullseye/local/store";` },
      { "packages/connectors/src/a.ts": `import type { X } from "@bullseye/aws";` },
      { "packages/local/src/a.ts": `export * from "../../connectors/src/registry.ts";` },
      { "packages/aws/src/a.ts": `const m = await import("@bullseye/cli/main");` },
      { "packages/functions/src/a.ts": `import "@bullseye/platform-sandbox";` },
      { "packages/local/src/a.ts": `new Worker(new URL("../../connectors/src/worker.ts", import.meta.url));` },
      { "packages/core/src/a.ts": `type X = import("@bullseye/local").X;` },
      { "packages/core/src/a.ts": `import { x } from "../../../test/contracts/suite.ts";` },
      { "stacks/workflow.ts": `import { plan } from "@bullseye/core/plan";` },
      { "stacks/workflow.ts": `import { plan } from "../packages/connectors/src/registry.ts";` },
      { "packages/newcomer/src/a.ts": `import "@bullseye/core";` },
    ],
    clean: [
      { "packages/connectors/src/a.ts": `import { x } from "@bullseye/core/ports"; import y from "../manifest.json";` },
      { "packages/core/src/a.ts": `// import "@bullseye/local"\nconst s = 'import "@bullseye/local"';` },
      { "packages/connectors/src/a.test.ts": `import { start } from "@bullseye/platform-sandbox";` },
      { "packages/cli/src/a.ts": `import { start } from "@bullseye/platform-sandbox/start";` },
      {
        "stacks/workflow.ts": `import m from "../packages/connectors/src/ads/x/manifest.json" with { type: "json" }; import "aws-cdk-lib";`,
      },
      { "packages/cli/bin/bullseye.mjs": `import { runNode24 } from "../../../scripts/node24.mjs";` },
    ],
  },
  {
    id: "packages meet by name, not by path",
    check: acrossPackages,
    planted: [{ "packages/cli/src/a.ts": `import { x } from "../../core/src/ports.ts";` }],
    clean: [{ "packages/cli/src/a.ts": `import { x } from "@bullseye/core/ports"; import "./b.ts";` }],
  },
  {
    id: "relative imports carry their extension",
    check: extensions,
    planted: [
      { "packages/core/src/a.ts": `import { x } from "./b";` },
      { "packages/core/src/a.ts": `export { x } from "../b.js";` },
      { "test/a.ts": `await import("./b");` },
    ],
    clean: [{ "packages/core/src/a.ts": `import "./b.ts"; import "zod"; new URL("./data/", import.meta.url);` }],
  },
];
