import { Buffer } from "node:buffer";
import { InputError, isKnownError } from "../../errors.ts";
import { csvLine } from "../csv.ts";
import { type ByteSource, bytesOf, chunksOf, UNPACKING_LIMITS } from "./byte-source.ts";
import { openEntry, type ZipEntry } from "./zip.ts";

/** The cell of a sheet as a workbook reader gives it: numbers as the text that the file holds, null where it is empty. */
export type SheetCell = string | boolean | Date | null;

/** Reads one sheet of a workbook given in one piece: rows from the first one, cells by column. Any reader of .xlsx fits behind this. */
export type ReadSheet = (workbook: Uint8Array, sheet: string) => Promise<readonly (readonly SheetCell[])[]>;

const CHOOSE = (names: readonly string[]): string =>
  `Sheets: ${names.map((name) => `"${name}"`).join(", ")}; name one with --sheet.`;

/** Reads with the package read-excel-file, loaded when the first workbook comes. */
export const readWithLibrary: ReadSheet = async (workbook, sheet) => {
  const { readSheet } = await import("read-excel-file/universal");
  const bytes = Uint8Array.from(workbook).buffer;
  return readSheet(bytes, sheet, { trim: false, parseNumber: numberText }) as ReturnType<ReadSheet>;
};

/**
 * One sheet of a workbook (the first that is not hidden, or the one named) as a CSV table. Dates come out in ISO form, truth values as TRUE and FALSE, formulas
 * as the result that was saved with them, merged cells as a value in their first cell. InputError for an unknown or empty sheet.
 */
export async function tableOfWorkbook(
  source: ByteSource,
  entries: readonly ZipEntry[],
  sheet: string | undefined,
  read: ReadSheet = readWithLibrary,
): Promise<AsyncGenerator<Uint8Array>> {
  const sheets = await sheetsOf(source, entries);
  const names = sheets.map((each) => each.name);
  const name =
    sheet === undefined
      ? (sheets.find((each) => !each.hidden) ?? sheets[0])?.name
      : names.find((each) => each.toLowerCase() === sheet.toLowerCase());
  if (name === undefined) throw new InputError(`The workbook has no sheet "${sheet ?? ""}".`, { hint: CHOOSE(names) });
  const unpacked = entries.reduce((sum, entry) => sum + (entry.name.startsWith("xl/") ? entry.size : 0), 0);
  if (source.size > UNPACKING_LIMITS.maxWorkbookBytes || unpacked > UNPACKING_LIMITS.maxWorkbookXmlBytes)
    throw new InputError(
      `The workbook is larger than ${UNPACKING_LIMITS.maxWorkbookBytes / 1024 / 1024} MiB (or its sheets are).`,
      {
        hint: "save the sheet as CSV (UTF-8): that can be of any size.",
      },
    );
  let rows: Awaited<ReturnType<ReadSheet>>;
  try {
    rows = await read(await bytesOf(chunksOf(source)), name);
  } catch (error) {
    if (isKnownError(error)) throw error;
    throw new InputError(`The sheet "${name}" cannot be read: ${error instanceof Error ? error.message : String(error)}.`, {
      hint: "open the workbook in a spreadsheet program and save the sheet as CSV (UTF-8).",
      cause: error,
    });
  }
  if (!rows.some((cells) => cells.some((cell) => cell !== null && cell !== "")))
    throw new InputError(`The sheet "${name}" is empty.`, {
      hint: names.length > 1 ? CHOOSE(names) : "Save the workbook with its data.",
    });
  return lines(rows);
}

async function sheetsOf(source: ByteSource, entries: readonly ZipEntry[]): Promise<{ name: string; hidden: boolean }[]> {
  const book = entries.find(({ name }) => name === "xl/workbook.xml");
  const xml = book ? (await bytesOf(openEntry(source, book))).toString("utf8") : "";
  const sheets = Array.from(xml.matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"[^>]*>/g), ([tag, name]) => ({
    name: unescapeXml(name!),
    hidden: /\bstate="(?:hidden|veryHidden)"/.test(tag),
  }));
  if (sheets.length === 0)
    throw new InputError("The workbook has no sheets.", { hint: "save it again as .xlsx or as CSV (UTF-8)." });
  return sheets;
}

async function* lines(rows: readonly (readonly SheetCell[])[]): AsyncGenerator<Uint8Array> {
  let text = "";
  for (const cells of rows) {
    text += csvLine(cells.map(textOf));
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = "";
  }
  yield Buffer.from(text);
}

/** Spreadsheets calculate with 15 digits; what binary fractions leave behind them (`0.1` + `0.2`) is no value. */
const DIGITS = 15;
const NUMBER = /^-?\d+(?:\.\d+)?(?:E[+-]?\d+)?$/i;
/** Days before this are times of a day: spreadsheets count from the end of 1899. */
const FIRST_DAY = Date.UTC(1900, 0, 2);

function textOf(cell: SheetCell): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  if (typeof cell === "string") return cell;
  const iso = cell.toISOString();
  const time = iso.slice(11, 19);
  if (cell.getTime() < FIRST_DAY) return time;
  return time === "00:00:00" ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}

/** The number of a cell as people see it: plain digits, without the noise of binary fractions. */
export function numberText(raw: string): string {
  if (!NUMBER.test(raw)) return raw;
  const value = Number(raw);
  if (Number.isInteger(value) && /^-?\d+$/.test(raw)) return raw;
  return String(Number(value.toPrecision(DIGITS)));
}

function unescapeXml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_all, hex?: string, decimal?: string) =>
      String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
    )
    .replaceAll("&amp;", "&");
}
