import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ACCOUNT_FIELDS } from "../account/fields.ts";
import { createCatalogue, DERIVED_ATTRIBUTES } from "./catalogue.ts";

const root = new URL("../", import.meta.url);

/** All code that could state an attribute: not the rules, their examples or tests. */
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter(
    (path) =>
      path.endsWith(".ts") && !/\.(?:test|fixture|testing)\.ts$/.test(path) && !/^(?:rules|icp)\/|blank-attributes/.test(path),
  )
  .map((path) => readFileSync(new URL(path, root), "utf8"))
  .join("\n");

test.each(Object.keys(DERIVED_ATTRIBUTES))("%s is stated by some classifier, so that a rule on it can hold", (name) => {
  const last = name
    .replace(/\.score$/, "")
    .split(".")
    .at(-1)!;
  expect(new RegExp(`[\`"'.]${last}\\b`).test(sources)).toBe(true);
});

test("every field of a list may be named in a rule", () => {
  const known = createCatalogue();
  for (const field of ACCOUNT_FIELDS) expect(known.find(field), field).toBeDefined();
});
