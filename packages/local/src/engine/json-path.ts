import { BugError, InputError } from "@bullseye/core/errors";

/** What `$$` reads. `Map` is there only while an ItemSelector is evaluated, `Execution` only outside a Map's iterations. */
export interface Context {
  Execution?: { Id: string; Name: string; Input: unknown; StartTime: string };
  Map?: { Item: { Index: number; Value: unknown } };
}

/** A compiled reference path: `$`, `$.a.b[0]`, `$$.Execution.Name`. */
export interface Path {
  readonly text: string;
  readonly context: boolean;
  readonly steps: readonly (string | number)[];
}

/** Which context paths a field may use: none, the execution's, or the execution's and the map item's. */
export type ContextUse = "none" | "execution" | "item";

const PATH = /^\$(\$)?((?:\.[A-Za-z_][A-Za-z0-9_]*(?:\[\d+\])*)*)$/;
const STEP = /\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]/g;
const EXECUTION = /^\$\$\.Execution\.(Id|Name|StartTime|Input(\..+|\[.+)?)$/;
const ITEM = /^\$\$\.Map\.Item\.(Index|Value(\..+|\[.+)?)$/;

/** Compiles a reference path; refuses filters, wildcards, slices, intrinsics and context paths the place does not have. */
export function compilePath(text: unknown, where: string, use: ContextUse): Path {
  if (typeof text !== "string") throw new InputError(`${where}: a path must be a string`);
  const match = PATH.exec(text);
  if (match === null) {
    throw new InputError(`${where}: "${text}" is not supported`, { hint: "Use a plain path such as $.a.b[0]; no intrinsics." });
  }
  const context = match[1] !== undefined;
  const known = (use !== "none" && EXECUTION.test(text)) || (use === "item" && ITEM.test(text));
  if (context && !known) throw new InputError(`${where}: "${text}" can't be read here`);
  const steps: (string | number)[] = [];
  for (const step of match[2]!.matchAll(STEP)) steps.push(step[1] ?? Number(step[2]));
  return { text, context, steps };
}

/** The value at a path, or undefined where there is none (JSON itself has no undefined). */
export function find(path: Path, data: unknown, context: Context): unknown {
  let at: unknown = path.context ? context : data;
  for (const step of path.steps) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    if ((typeof step === "number") !== Array.isArray(at)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

/** The value at a path that has to exist; AWS ends the execution with States.Runtime, which no Catch sees, and so do we. */
export function read(path: Path, data: unknown, context: Context, where: string): unknown {
  const value = find(path, data, context);
  if (value === undefined) throw new BugError(`${where}: nothing at ${path.text}`);
  return value;
}

/** A copy of `data` with `value` at `path`; the objects on the way are made where they are missing. */
export function place(data: unknown, path: Path, value: unknown, where: string): unknown {
  return placeAt(data, path.steps, 0, value, `${where}: ResultPath ${path.text}`);
}

function placeAt(data: unknown, steps: readonly (string | number)[], depth: number, value: unknown, where: string): unknown {
  const step = steps[depth];
  if (step === undefined) return value;
  const base = data ?? {};
  if (typeof base !== "object" || Array.isArray(base)) throw new BugError(`${where} meets a value that is no object`);
  const held = Object.hasOwn(base, step) ? (base as Record<string, unknown>)[step] : undefined;
  return { ...base, [step]: placeAt(held, steps, depth + 1, value, where) };
}
