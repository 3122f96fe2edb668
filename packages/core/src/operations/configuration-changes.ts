import { isDeepStrictEqual } from "node:util";
import { readDocument } from "../rules/document.ts";
import type { ConfigurationTexts } from "./configuration.ts";

/** One thing that differs between two rules files. */
export interface SectionChange {
  /** Key at the top of the file: `rules`, `segments`, `audiences`, … */
  section: string;
  /** Id (or name) of the entry; null where the section as a whole differs. */
  id: string | null;
  change: "added" | "removed" | "changed";
}

/** What differs between two configurations in one file. */
export interface FileChange {
  /** With its ending, as it stands in `config/`. */
  file: string;
  status: "same" | "added" | "removed" | "changed";
  /** Empty where only comments or spacing differ. */
  changes: SectionChange[];
}

type Entries = Map<string, unknown>;

/** Entries of a section by id, or by name where they have none; null where it is no list of such. */
function entriesOf(section: unknown): Entries | null {
  if (!Array.isArray(section)) return null;
  const entries: Entries = new Map();
  for (const each of section as unknown[]) {
    const { id, name } = (each ?? {}) as { id?: unknown; name?: unknown };
    const key = id ?? name;
    if (typeof key !== "string" && typeof key !== "number") return null;
    entries.set(String(key), each);
  }
  return entries;
}

function sectionChanges(section: string, before: unknown, after: unknown): SectionChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const was = entriesOf(before ?? []);
  const is = entriesOf(after ?? []);
  if (was === null || is === null)
    return [{ section, id: null, change: before === undefined ? "added" : after === undefined ? "removed" : "changed" }];
  const changes: SectionChange[] = [];
  for (const [id, entry] of is) {
    if (!was.has(id)) changes.push({ section, id, change: "added" });
    else if (!isDeepStrictEqual(was.get(id), entry)) changes.push({ section, id, change: "changed" });
  }
  for (const id of was.keys()) if (!is.has(id)) changes.push({ section, id, change: "removed" });
  // The same entries in another order: rules are read from top to bottom.
  return changes.length > 0 ? changes : [{ section, id: null, change: "changed" }];
}

const topOf = (text: string): Readonly<Record<string, unknown>> => {
  const { value } = readDocument(text);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
};

/** What would change where `after` took the place of `before`: file by file, and within a file by section and id. Files in order of name. */
export function configurationChanges(before: ConfigurationTexts, after: ConfigurationTexts): FileChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.map((name): FileChange => {
    const [was, is] = [before[name], after[name]];
    const file = `${name}.yaml`;
    if (was === is) return { file, status: "same", changes: [] };
    const [old, young] = [topOf(was ?? ""), topOf(is ?? "")];
    const sections = [...new Set([...Object.keys(old), ...Object.keys(young)])];
    return {
      file,
      status: was === undefined ? "added" : is === undefined ? "removed" : "changed",
      changes: sections.flatMap((section) => sectionChanges(section, old[section], young[section])),
    };
  });
}
