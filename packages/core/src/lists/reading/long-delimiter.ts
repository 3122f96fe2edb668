/** Delimiters of two or three characters that read the same both ways: `||`, `~|~`, a bar between tabs. A value may end in a mark (`60%|`). */
const LONG = /\t\|\t|([|:^~#@$&%*!])(?:\1{1,2}|[|^~#@$&%*!]\1)/g;

/** Numbers of the search, all [design]. */
const LIMITS = {
  /** Lines looked at, and fewest that make a table. */
  lines: 200,
  fewest: 3,
  /** Share of the lines that hold the delimiter equally often. */
  even: 0.9,
  /** Fewest columns. */
  columns: 3,
} as const;

/**
 * The delimiter of several characters that cuts nearly every line alike, if there is one. A mark that stands alone as well separates by
 * itself, and two in a row are an empty cell, unless it does so unevenly: then it belongs to the texts.
 */
export function longDelimiters(text: string): string[] {
  const lines = text
    .slice(0, text.length)
    .split(/[\r\n]+/, LIMITS.lines + 1)
    .slice(0, LIMITS.lines)
    .filter((line) => line.trim() !== "");
  if (lines.length < LIMITS.fewest) return [];
  const seen = new Map<string, number>();
  for (const [token] of lines[lines.length >> 1]!.matchAll(LONG)) seen.set(token, (seen.get(token) ?? 0) + 1);
  return [...seen]
    .filter(([, count]) => count + 1 >= LIMITS.columns)
    .map(([token]) => token)
    .filter((token) => even(lines, token, LIMITS.even) && (aloneIn(lines, token) === 0 || !even(lines, token[0]!, 1)));
}

function even(lines: readonly string[], delimiter: string, share: number): boolean {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const n = line.split(delimiter).length;
    counts.set(n, (counts.get(n) ?? 0) + 1);
  }
  const [cells, most] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  return cells >= LIMITS.columns && most >= lines.length * share;
}

/** How often the marks of the delimiter stand outside of it. */
function aloneIn(lines: readonly string[], delimiter: string): number {
  let alone = 0;
  for (const line of lines) for (const c of line.split(delimiter).join("")) if (delimiter.includes(c)) alone++;
  return alone;
}
