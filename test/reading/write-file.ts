import { Buffer } from "node:buffer";

/** How a file is written; what is left out is RFC 4180 with commas. */
export interface Style {
  delimiter?: string;
  quote?: '"' | "'";
  /** Which cells are quoted: those that must, all, or all that are no numbers. `never` writes cells bare (they must not need quotes). */
  quoting?: "minimal" | "all" | "text" | "never";
  /** How a quote inside a quoted cell is written. `none` leaves it bare. */
  escape?: "double" | "backslash" | "none";
  /** Written before and behind each delimiter. */
  padding?: [before: string, behind: string];
  /** Written behind the last cell of each record. */
  trailing?: string;
  /** Line ends, taken in turn. */
  lineEnds?: readonly string[];
  finalLineEnd?: boolean;
  /** Each record as a whole once more in quotes. */
  wrapped?: boolean;
}

/** One record as text without its line end. */
export function writeRecord(cells: readonly string[], style: Style): string {
  const { delimiter = ",", padding = ["", ""] } = style;
  const text = cells.map((cell) => writeCell(cell, style)).join(padding[0] + delimiter + padding[1]) + (style.trailing ?? "");
  return style.wrapped ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of text (records and anything else) with line ends as the style has them. */
export function writeLines(lines: readonly string[], style: Style): string {
  const ends = style.lineEnds ?? ["\n"];
  const last = style.finalLineEnd === false ? lines.length - 1 : lines.length;
  return lines.map((line, i) => (i < last ? line + ends[i % ends.length]! : line)).join("");
}

function writeCell(cell: string, style: Style): string {
  const { delimiter = ",", quote = '"', quoting = "minimal", escape: escaping = "double" } = style;
  if (quoting === "never") return cell;
  const needs =
    cell.includes(delimiter) || /[\r\n]/.test(cell) || cell.startsWith(quote) || (escaping !== "none" && cell.includes(quote));
  const wants = quoting === "all" || (quoting === "text" && !/^-?\d*\.?\d*$/.test(cell));
  if (!needs && !wants) return cell;
  const inner =
    escaping === "double"
      ? cell.replaceAll(quote, quote + quote)
      : escaping === "backslash"
        ? cell.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`)
        : cell;
  return quote + inner + quote;
}

/** The text in an encoding that spreadsheets write. */
export function encode(
  text: string,
  encoding: "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16le-bom" | "utf-16be-bom" | "windows-1252",
): Buffer {
  if (encoding === "windows-1252") return Buffer.from(text, "latin1");
  const marked = encoding.endsWith("-bom") ? `\uFEFF${text}` : text;
  if (encoding.startsWith("utf-8")) return Buffer.from(marked);
  const wide = Buffer.from(marked, "utf16le");
  return encoding === "utf-16be-bom" ? wide.swap16() : wide;
}
