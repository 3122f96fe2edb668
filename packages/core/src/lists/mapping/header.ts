import { kindOf } from "../reading/cell-kind.ts";

const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/gu;
const CAMEL = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;
const MARKS = /\p{M}/gu;
const PUNCTUATION = /[^\p{L}\p{N}#%()]+/gu;
const SQUEEZED = /[^\p{L}\p{N}#%]/gu;

/**
 * A header in plain words: NFKC, invisible characters removed, camel case split, lower case, punctuation to spaces. Keeps `#`, `%` and
 * brackets: ` CompanyNumber` -> `company number`, `Revenue (in 000s USD)` -> `revenue (in 000s usd)`, `# Employees` -> `# employees`.
 */
export function normalizeHeader(header: string): string {
  return header.normalize("NFKC").replace(INVISIBLE, "").replace(CAMEL, " ").toLowerCase().replace(PUNCTUATION, " ").trim();
}

/** What headers are compared by: the plain words without accents, spaces and brackets, so that `CompanyName`, `company_name` and `companyname` are one. */
export function headerKey(header: string): string {
  return normalizeHeader(header).replaceAll("ß", "ss").normalize("NFKD").replace(MARKS, "").replace(SQUEEZED, "");
}

/** The name of an unmapped column among the attributes: `Market Cap` -> `market-cap`; `column-3` where the header has no letters. */
export function headerSlug(header: string, position: number): string {
  const words = normalizeHeader(header)
    .normalize("NFKD")
    .replace(MARKS, "")
    .replaceAll("#", " number ")
    .replaceAll("%", " percent ")
    .match(/[\p{L}\p{N}]+/gu);
  return words === null ? `column-${position + 1}` : words.join("-");
}

/**
 * The ordered normalised headers as one string; the same string means the same mapping. The caller hashes it. Tables without a header are
 * told apart by the kinds of their columns in the sample, so that what was decided about one is never taken for all of that width.
 */
export function headerSignature(header: readonly string[], sample: readonly (readonly string[])[]): string {
  const names = header.map(normalizeHeader);
  if (names.some((name) => name !== "")) return names.join("\u001f");
  return names.map((_, position) => usualKind(sample, position)).join("\u001f");
}

function usualKind(sample: readonly (readonly string[])[], position: number): string {
  const counts = new Map<string, number>();
  for (const row of sample) {
    const kind = kindOf(row[position] ?? "");
    if (kind !== "empty" && kind !== "missing") counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), ["empty", 0] as [string, number])[0];
}
