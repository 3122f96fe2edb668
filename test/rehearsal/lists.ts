import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { ListKind } from "@bullseye/core/lists/kinds";
import { ROOT } from "../../scripts/node24.mjs";

/** A list to drop, on this disk with its sidecar beside it. */
export interface RehearsedList {
  kind: ListKind;
  name: string;
  path: string;
  /** Its key in the inbox. */
  key: string;
}

/**
 * The first lines of a sample list, as a file in a folder. Not all of it: moto sorts the whole table for every query, so that twice the rows
 * take four times as long.
 */
export function cutList(folder: string, kind: ListKind, file: string, lines: number): RehearsedList {
  const from = join(ROOT, "events", "lists", kind, file);
  const path = join(folder, file);
  writeFileSync(path, readFileSync(from, "utf8").split("\n").slice(0, lines).join("\n"));
  writeFileSync(`${path}.list.json`, readFileSync(`${from}.list.json`));
  const name = basename(file, ".csv");
  return { kind, name, path, key: `inbox/${kind}/${name}/${file}` };
}
