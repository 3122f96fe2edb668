import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { InputError } from "../errors.ts";
import { didYouMean } from "./nearest.ts";

/** Where in a rules file: keys and positions, `["rules", 2, "weight"]`. */
export type Path = readonly PropertyKey[];

/** One thing wrong in a rules file. `path` reads `rules[2].weight`, `line` counts from 1. */
export interface Problem {
  path: string;
  line: number;
  message: string;
}

/** A rules file as read: plain values, and a way to say where something is wrong. */
export interface RulesDocument {
  value: unknown;
  problems: Problem[];
  place(path: Path): Pick<Problem, "path" | "line">;
  report(path: Path, message: string): void;
}

const words = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text}${text && "."}${String(part)}`),
    "",
  );

/** Reads YAML 1.2 text. Syntax errors and repeated keys become problems; `value` is then undefined. */
export function readDocument(text: string): RulesDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: Problem[] = [];
  const lineOf = (path: Path): number => {
    let node = document.contents as Node | null;
    let offset = node?.range?.[0] ?? 0;
    for (const part of path) {
      if (isAlias(node)) node = node.resolve(document) ?? null;
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
        if (pair === undefined) break;
        offset = (pair.key as Node).range?.[0] ?? offset;
        node = pair.value as Node | null;
      } else if (isSeq(node)) {
        node = (node.items[Number(part)] as Node | undefined) ?? null;
        offset = node?.range?.[0] ?? offset;
      } else break;
    }
    return lines.linePos(offset).line || 1;
  };
  const place = (path: Path) => ({ path: words(path), line: lineOf(path) });
  const report = (path: Path, message: string): void => {
    problems.push({ ...place(path), message });
  };
  for (const error of document.errors)
    problems.push({
      path: "",
      line: lines.linePos(error.pos[0]).line || 1,
      message: `this is not readable YAML: ${error.message}`,
    });
  let value: unknown;
  if (problems.length === 0) {
    try {
      value = document.toJS();
    } catch (error) {
      report([], `this is not readable YAML: ${(error as Error).message}`);
    }
  }
  return { value, problems, place, report };
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a block of settings",
  record: "a block of settings",
};

/** What is wrong with a value in plain words, for people who never saw its schema; `names` are the settings that a mistyped one may mean. */
export function sentence(issue: z.core.$ZodIssue, names: readonly string[]): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "this is missing" : `this must be ${KINDS[issue.expected] ?? issue.expected}`;
    case "unrecognized_keys":
      return issue.keys.map((key) => `"${key}" is not a setting known here.${didYouMean(key, names)}`).join(" ");
    case "invalid_value":
      return `this must be one of: ${issue.values.map(String).join(", ")}`;
    default:
      return issue.message;
  }
}

/** Checks the shape of `value` and reports what is wrong in plain words; null when it does not fit. `names` feed "did you mean". */
export function readShape<T>(
  document: RulesDocument,
  schema: z.ZodType<T>,
  value: unknown,
  names: readonly string[],
  at: Path = [],
): T | null {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const key = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
    document.report([...at, ...issue.path, ...key], sentence(issue, names));
  }
  return null;
}

/** Throws an InputError with the first problems when there is any. `what` names the file: "profile", "audiences file". */
export function refuse(what: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const shown = problems
    .slice(0, 3)
    .map((problem) => `line ${problem.line}${problem.path && ` (${problem.path})`}: ${problem.message}`);
  const more = problems.length > 3 ? ` (and ${problems.length - 3} more)` : "";
  throw new InputError(`The ${what} is not valid: ${shown.join("; ")}${more}`, { hint: `correct the ${what} and try again.` });
}
