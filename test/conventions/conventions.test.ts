import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { handlerRules } from "./handler-rules.ts";
import { importRules } from "./import-rules.ts";
import { layoutRules } from "./layout-rules.ts";
import { packageRules } from "./package-rules.ts";
import { purityRules } from "./purity-rules.ts";
import { readTree, type Tree } from "./tree.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tree = readTree(root);
const treeOf = (files: Record<string, string>): Tree => new Map(Object.entries(files));

describe.each([...importRules, ...purityRules, ...layoutRules, ...handlerRules, ...packageRules])(
  "$id",
  ({ check, planted, clean }) => {
    test("holds in this tree", () => {
      expect(check(tree)).toEqual([]);
    });

    test.each(planted.map((files) => ({ files, paths: Object.keys(files).join(", ") })))(
      "catches a planted breach in $paths",
      ({ files }) => {
        expect(check(treeOf(files))).not.toEqual([]);
      },
    );

    test.each(clean.map((files) => ({ files, paths: Object.keys(files).join(", ") })))(
      "lets a clean tree be: $paths",
      ({ files }) => {
        expect(check(treeOf(files))).toEqual([]);
      },
    );
  },
);

test("the tree that the rules read is this checkout's", () => {
  expect(tree.has("package.json")).toBe(true);
  expect(tree.has("packages/core/src/errors.ts")).toBe(true);
  expect([...tree.keys()].filter((path) => path.includes("node_modules"))).toEqual([]);
});
