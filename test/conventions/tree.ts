import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A source tree: path from the root, with forward slashes, to the file's text. */
export type Tree = ReadonlyMap<string, string>;

/** One convention. `check` names each breach as "path:line what is wrong"; `planted` are trees that break it, `clean` are trees that look similar and keep it. */
export interface Rule {
  readonly id: string;
  readonly check: (tree: Tree) => string[];
  readonly planted: ReadonlyArray<Record<string, string>>;
  readonly clean: ReadonlyArray<Record<string, string>>;
}

const READ = /\.(ts|tsx|mts|mjs|js|json)$/;
const NOT_OURS = new Set(["node_modules", "dist", "coverage", "cdk.out"]);

/** Reads the code and the JSON of the checkout at `root`; folders with a leading dot and what tools wrote are left out. */
export function readTree(root: string): Tree {
  const tree = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && !NOT_OURS.has(entry.name)) visit(path);
      } else if (READ.test(entry.name)) tree.set(path, readFileSync(join(root, path), "utf8"));
    }
  };
  visit("");
  return tree;
}

export const isCode = (path: string): boolean => /\.(ts|tsx|mts|mjs|js)$/.test(path);
export const isTest = (path: string): boolean =>
  path.startsWith("test/") || /\.(?:test|fixture|testing)\.tsx?$/.test(path) || path.includes("/fixtures/");

/** The folder that the import table speaks of: a package's name, or a top-level folder's; "" for a file at the root. */
export function areaOf(path: string): string {
  const parts = path.split("/");
  if (parts[0] === "packages") return parts[1] ?? "";
  return parts.length > 1 ? (parts[0] ?? "") : "";
}
