import type { Grammar } from "./record-scanner.ts";

/** When quotes are taken for ordinary characters, all [design]: stray opening quotes, and their share. */
const STRAY = { quotes: 3, share: 0.5 } as const;

/** The grammars worth trying with a delimiter: its quote and escape as the text shows them, and skipped spaces where spaces stand before quotes. */
export function grammarsFor(text: string, delimiter: string): Grammar[] {
  const d = Array.from(delimiter, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
  const quote = quoteOf(text, d);
  const escaping = quote === null ? "double" : escapeOf(text, d, quote);
  const plain: Grammar = { delimiter, quote, escape: escaping, skipSpace: false };
  const spaced = quote !== null && delimiter !== " " && new RegExp(`${d} +${quote}`).test(text);
  return spaced ? [plain, { ...plain, skipSpace: true }] : [plain];
}

function quoteOf(text: string, d: string): string | null {
  const double = quotedCells(text, d, '"');
  const single = quotedCells(text, d, "'");
  if (d !== "\\x7e") {
    const tilde = quotedCells(text, d, "~");
    if (tilde.closed >= 3 && tilde.closed >= tilde.opened * 0.9 && tilde.closed > double.opened * 4) return "~";
  }
  if (single.closed >= 3 && single.closed >= single.opened * 0.9 && single.closed > double.opened * 4) return "'";
  const stray = double.opened - double.closed;
  return stray >= STRAY.quotes && stray > double.opened * STRAY.share ? null : '"';
}

/** Quotes at the beginning of cells, and those of them that close in front of a delimiter or line end; what stands inside a closed cell is no beginning. */
function quotedCells(text: string, d: string, quote: string): { opened: number; closed: number } {
  if (!text.includes(quote)) return { opened: 0, closed: 0 };
  // Spaces that separate cannot be padding too; looking for them would take ages in long runs of them.
  const pad = d === "\\x20" ? "" : " {0,8}";
  const close = `(?= *(?:${d}|\\r|\\n|$(?![\\s\\S])))`;
  const count = (inner: string): { opened: number; closed: number } => {
    let [opened, closed] = [0, 0];
    for (const [, whole] of text.matchAll(new RegExp(`(?:^|${d})${pad}${quote}(${inner}${quote}${close})?`, "gm"))) {
      opened++;
      if (whole !== undefined) closed++;
    }
    return { opened, closed };
  };
  const doubled = count(`[^${quote}]*(?:${quote}${quote}[^${quote}]*)*`);
  if (!text.includes(`\\${quote}`) || text.length >= 65536) return doubled;
  const backslashed = count(`(?:[^${quote}\\\\]|${quote}${quote}|\\\\[\\s\\S])*`);
  return backslashed.closed > doubled.closed ? backslashed : doubled;
}

function escapeOf(text: string, d: string, quote: string): "double" | "backslash" {
  if (!text.includes(`\\${quote}`)) return "double";
  const backslashed = text.match(new RegExp(`\\\\${quote}(?![${quote}${d}\\r\\n]|$(?![\\s\\S]))`, "g"))?.length ?? 0;
  const doubled = text.match(new RegExp(`[^${quote}${d}\\r\\n]${quote}${quote}(?![${d}\\r\\n${quote}]|$)`, "g"))?.length ?? 0;
  return backslashed > 0 && backslashed >= doubled ? "backslash" : "double";
}
