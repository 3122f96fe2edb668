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
