import { isAscii } from "node:buffer";
import { InputError } from "../../errors.ts";
import { type DetectedEncoding, decodeText, isPlain } from "./encoding.ts";

interface Signature {
  bytes: readonly number[];
  looksLike: string;
  hint: string;
}

const SAVE_AS_CSV = "open it in the program that made it and save it as CSV (UTF-8).";
const UNPACK = "unpack it and give the CSV file inside.";
const ascii = (text: string): number[] => Array.from(text, (c) => c.charCodeAt(0));

/** Magic numbers, from the formats' own specifications. */
const SIGNATURES: readonly Signature[] = [
  {
    bytes: [0x50, 0x4b, 3, 4],
    looksLike: "a zip archive or an Excel workbook (.xlsx)",
    hint: `${SAVE_AS_CSV} If it is an archive, unpack it first.`,
  },
  { bytes: [0x50, 0x4b, 5, 6], looksLike: "an empty zip archive", hint: UNPACK },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], looksLike: "an old Excel workbook (.xls)", hint: SAVE_AS_CSV },
  { bytes: [0x1f, 0x8b], looksLike: "a gzip file", hint: UNPACK },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], looksLike: "a zstd file", hint: UNPACK },
  { bytes: [...ascii("BZh"), -1, 0x31, 0x41, 0x59], looksLike: "a bzip2 file", hint: UNPACK },
  { bytes: [0xfd, ...ascii("7zXZ"), 0], looksLike: "an xz file", hint: UNPACK },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], looksLike: "a 7-Zip archive", hint: UNPACK },
  { bytes: [...ascii("Rar!"), 0x1a], looksLike: "a RAR archive", hint: UNPACK },
  { bytes: ascii("%PDF-"), looksLike: "a PDF document", hint: "ask for the table itself and save it as CSV." },
  { bytes: [0x89, ...ascii("PNG")], looksLike: "a PNG picture", hint: "ask for the table itself and save it as CSV." },
  { bytes: [0xff, 0xd8, 0xff], looksLike: "a JPEG picture", hint: "ask for the table itself and save it as CSV." },
  { bytes: ascii("GIF8"), looksLike: "a GIF picture", hint: "ask for the table itself and save it as CSV." },
  { bytes: ascii("PAR1"), looksLike: "a Parquet file", hint: "export it as CSV." },
  { bytes: ascii("ARROW1"), looksLike: "an Arrow file", hint: "export it as CSV." },
  { bytes: [...ascii("Obj"), 1], looksLike: "an Avro file", hint: "export it as CSV." },
  { bytes: ascii("SQLite format 3"), looksLike: "an SQLite database", hint: "export the table as CSV." },
];

const MARKUP: readonly { pattern: RegExp; looksLike: string; hint?: string }[] = [
  { pattern: /^\s*(?:<!doctype html|<html|<head|<body|<table)/i, looksLike: "a web page" },
  { pattern: /^\s*<\?xml/i, looksLike: "an XML file" },
  { pattern: /^\s*\{\\rtf/i, looksLike: "a rich text document" },
  {
    pattern: /^\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*(?:\{\s*"|\[|\]|"[^"\n]*"\s*(?:,|\])))/,
    looksLike: "a JSON file",
    hint: "write one object a line and name it .jsonl, or export the list as CSV (UTF-8).",
  },
];

/** Shares of bytes from which a file is no text, all [design]: names with a stray control character in every row still pass. */
const BINARY = { nuls: 0.1, controls: 0.25, controlsWhenNotUtf8: 0.03 } as const;

/** Throws the InputError that says what the file is when it cannot be delimited text: empty, a known binary format, markup, or not text at all. */
export function refuseUnreadable(head: Uint8Array, size: number, detected: DetectedEncoding): void {
  if (size === 0 || head.length === 0) throw empty("The file is empty.");
  for (const { bytes, looksLike, hint } of SIGNATURES) {
    if (bytes.every((byte, i) => byte < 0 || head[i] === byte))
      throw new InputError(`The file is ${looksLike}, not delimited text.`, { hint });
  }
  if (isEbcdic(head)) throw foreign("EBCDIC, as mainframes write it", "IBM037");
  if (isUtf7(head)) throw foreign("UTF-7", "UTF-7");
  const text = decodeText(head.subarray(detected.bomBytes, 4096), detected.encoding);
  if (!isPlain(detected.encoding)) refuseBinary(new TextEncoder().encode(text), detected.encoding);
  else refuseBinary(head, detected.encoding);
  for (const { pattern, looksLike, hint } of MARKUP) {
    if (pattern.test(text)) throw new InputError(`The file is ${looksLike}, not delimited text.`, { hint: hint ?? SAVE_AS_CSV });
  }
}

/** The error of a file in which no cell has text. */
export function empty(message: string): InputError {
  return new InputError(message, { hint: "export the list again and check that it has a header and rows." });
}

/** The error of a file whose first line has no end in its first `bytes` bytes: more columns than a list has, or no line ends. */
export function endlessLine(bytes: number): InputError {
  return new InputError(`The first line is longer than ${Math.floor(bytes / 1024)} KiB, so its columns cannot be told.`, {
    hint: "Save the file again with one record a line, and with the columns that a list needs.",
  });
}

function foreign(looksLike: string, name: string): InputError {
  return new InputError(`The text is in ${looksLike}, which is not read.`, {
    hint: `Turn it into UTF-8 first: iconv -f ${name} -t UTF-8.`,
  });
}

/** Shares of the first bytes that are letters and digits of EBCDIC, and those with its blanks and marks, all [design]. */
const EBCDIC = { bytes: 4096, letters: 0.5, all: 0.95 } as const;

/** Blank, tab, line ends, `. < ( + | ! $ * ) ; - / , % _ > ? : # @ ' = "` as EBCDIC has them. */
const EBCDIC_MARKS = new Set([
  0x40, 0x05, 0x0d, 0x15, 0x25, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x60, 0x61, 0x6b, 0x6c, 0x6d, 0x6e,
  0x6f, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f,
]);

/** Whether the bytes are text of EBCDIC: no blank and no line feed of ASCII, and nearly all of them its letters, digits and marks. */
function isEbcdic(head: Uint8Array): boolean {
  const bytes = head.subarray(0, EBCDIC.bytes);
  if (bytes.length < 16 || bytes.includes(0x20) || bytes.includes(0x0a)) return false;
  let letters = 0;
  let marks = 0;
  for (const byte of bytes) {
    const low = byte & 0x0f;
    const row = byte >> 4;
    if (row === 0xf ? low < 10 : row >= 8 && row <= 0xe && low > 0 && low < 10) letters++;
    else if (EBCDIC_MARKS.has(byte)) marks++;
  }
  return letters >= bytes.length * EBCDIC.letters && letters + marks >= bytes.length * EBCDIC.all;
}

/** Accented letters as UTF-7 writes them (`K+APY-ln`); this many are no chance [design]. */
const UTF7_LETTER = /\+A[A-P][AEIMQUYcgkosw048]-(?=\p{L})/gu;
const UTF7_LETTERS = 3;

function isUtf7(head: Uint8Array): boolean {
  if (!head.includes(0x2b) || !isAscii(head)) return false;
  return (LATIN1.decode(head.subarray(0, 65_536)).match(UTF7_LETTER)?.length ?? 0) >= UTF7_LETTERS;
}

const LATIN1 = new TextDecoder("latin1");

function refuseBinary(head: Uint8Array, encoding: DetectedEncoding["encoding"]): void {
  let nuls = 0;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) nuls++;
    else if (byte < 32 ? byte < 9 || byte > 13 : byte === 127) controls++;
  }
  const tooMany = encoding === "utf-8" ? BINARY.controls : BINARY.controlsWhenNotUtf8;
  if (nuls > head.length * BINARY.nuls || controls > head.length * tooMany)
    throw new InputError("The file is binary data, not delimited text.", { hint: SAVE_AS_CSV });
}
