import { Buffer } from "node:buffer";
import { InputError } from "../../errors.ts";
import { csvLine } from "../csv.ts";
import { UNPACKING_LIMITS } from "./byte-source.ts";

/**
 * JSON lines as a CSV table: keys become columns in the order in which they first appear (so the lines are read twice), a blank line stays
 * a blank record. Numbers stay as they are written, lists of plain values are joined by semicolons, other objects stay JSON, null is empty.
 * A line that is no JSON object is an InputError that names it.
 */
export async function* tableOfJsonLines(open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const keys = new Map<string, number>();
  for await (const { record } of objectsOf(open())) {
    for (const key of Object.keys(record ?? {})) if (!keys.has(key)) keys.set(key, keys.size);
    if (keys.size > UNPACKING_LIMITS.maxKeys)
      throw new InputError(`The objects have more than ${UNPACKING_LIMITS.maxKeys} different keys: that is no table.`, {
        hint: "export the list with one key a column.",
      });
  }
  if (keys.size === 0)
    throw new InputError("The file has no text in any cell.", { hint: "export the list again and check that it has rows." });
  const columns = [...keys.keys()];
  let text = csvLine(columns);
  for await (const { record } of objectsOf(open())) {
    text += record === null ? "\n" : csvLine(columns.map((key) => cellOf(record[key])));
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = "";
  }
  yield Buffer.from(text);
}

/** Whether a file is JSON lines, by its first line; `named` says that its name ends so. */
export function looksLikeJsonLines(head: Uint8Array, named: boolean): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 1024 * 1024))
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (!text.startsWith("{")) return false;
  const [first, ...rest] = text.split(/\r?\n/, 3);
  try {
    JSON.parse(first!);
    return named || rest.every((line) => line.trim() === "" || line.trimStart().startsWith("{"));
  } catch {
    return named;
  }
}

async function* objectsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<{ record: Record<string, unknown> | null }> {
  let line = 0;
  for await (const text of linesOf(chunks)) {
    line++;
    const trimmed = (line === 1 ? text.replace(/^\uFEFF/, "") : text).trim();
    yield { record: trimmed === "" ? null : parseObject(trimmed, line) };
  }
}

function parseObject(text: string, line: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text, numbersAsWritten);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw new InputError(`Line ${line} is not JSON.`, { hint: "write one complete object a line.", cause });
  }
  throw new InputError(`Line ${line} is JSON, and no object.`, { hint: "write one complete object a line." });
}

function numbersAsWritten(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" ? (context?.source ?? value) : value;
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== "object"))
    return value.map((item) => item ?? "").join(";");
  return JSON.stringify(value);
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let bytes = Buffer.concat([rest, chunk]);
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10)) {
      yield bytes.toString("utf8", 0, at);
      bytes = bytes.subarray(at + 1);
    }
    if (bytes.length > UNPACKING_LIMITS.maxLineBytes)
      throw new InputError("A line is longer than 8 MiB.", { hint: "write one complete object a line." });
    rest = Buffer.from(bytes);
  }
  if (rest.length > 0) yield rest.toString("utf8");
}
