import { isMissing } from "./missing.ts";

/** A multi-select cell: `a;b;c`, else `a|b`, else the commas of `a, b`; trimmed, without repeats and missing words. Undefined when nothing is left. */
export function parseItems(raw: string): string[] | undefined {
  const text = raw.trim();
  if (isMissing(text)) return undefined;
  const mark = text.includes(";") ? ";" : text.includes("|") ? "|" : text.includes("\n") ? "\n" : ",";
  if (!text.includes(mark)) return [text];
  const items: string[] = [];
  for (const part of text.split(mark)) {
    const item = part.trim();
    if (!isMissing(item) && !items.includes(item)) items.push(item);
  }
  return items.length === 0 ? undefined : items;
}
