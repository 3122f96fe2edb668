import { Buffer } from "node:buffer";
import { type LatinEncoding, latinEncoding } from "./latin-encoding.ts";
import { type LegacyEncoding, legacyEncoding } from "./legacy-encoding.ts";

/** The encodings a list may come in. */
export type Encoding = PlainEncoding | "utf-16le" | "utf-16be" | LegacyEncoding | LatinEncoding;

/** The encodings whose bytes are read as they are; files in any other are transcoded to UTF-8 first. */
export type PlainEncoding = "utf-8" | "windows-1252";

/** Whether a file in this encoding is read as it is. */
export function isPlain(encoding: Encoding): encoding is PlainEncoding {
  return encoding === "utf-8" || encoding === "windows-1252";
}

/** The encoding of a file and the length of its byte order mark in bytes (0 when it has none). */
export interface DetectedEncoding {
  encoding: Encoding;
  bomBytes: number;
}

/** Shares that tell the encodings apart, all [design]. */
const ENCODING = {
  /** NUL bytes among all bytes from which UTF-16 without a byte order mark is considered. */
  utf16Nuls: 0.05,
  /** Share of those NULs that stand on one side of the byte pairs. */
  utf16OneSide: 0.95,
  /** Valid multi-byte characters for each invalid byte from which files of both encodings were joined: each record is read by its own then. */
  mixed: 0.2,
  /** Share of the line ends with a NUL beside them: stray NULs in plain text stand elsewhere. */
  utf16LineEnds: 0.5,
} as const;

/** Detects the encoding by byte order mark, by the NUL pattern of UTF-16, else UTF-8 unless its invalid bytes outnumber its valid multi-byte characters: then one of another script or language, or Windows-1252, or a file joined of both. `size`: bytes of the file. */
export function detectEncoding(head: Uint8Array, tail: Uint8Array, size: number): DetectedEncoding {
  const bomBytes = utf8Marks(head);
  if (bomBytes > 0) return { encoding: "utf-8", bomBytes };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", bomBytes: 2 };
  const wide = utf16ByNuls(head);
  if (wide !== null) return { encoding: wide, bomBytes: 0 };
  const inHead = multiByte(head, false, head.length < size);
  const inTail = multiByte(tail, tail.length < size, false);
  const invalid = inHead.invalid + inTail.invalid;
  const valid = inHead.valid + inTail.valid;
  if (invalid <= valid) return { encoding: "utf-8", bomBytes: 0 };
  const mixed = valid >= invalid * ENCODING.mixed ? "utf-8" : "windows-1252";
  return { encoding: legacyEncoding(head) ?? latinEncoding(head) ?? mixed, bomBytes: 0 };
}

/** The whole of `bytes` as text, by any of the encodings; a byte order mark is not removed. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === "windows-1252") return decodeWindows1252(bytes);
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** UTF-16 (or any of the encodings) to UTF-8, chunk by chunk, byte order mark removed; chunks may cut characters. */
export class Utf8Transcoder {
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding);
  }

  /** The UTF-8 bytes that became certain with this chunk. */
  push(chunk: Uint8Array): Uint8Array {
    return Buffer.from(this.#decoder.decode(chunk, { stream: true }), "utf8");
  }

  /** What was left of a cut character. */
  end(): Uint8Array {
    return Buffer.from(this.#decoder.decode(), "utf8");
  }
}

/** Transcodes a stream of chunks to UTF-8 without byte order mark; flat in memory. */
export async function* transcodeToUtf8(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  const transcoder = new Utf8Transcoder(encoding);
  for await (const chunk of chunks) {
    const bytes = transcoder.push(chunk);
    if (bytes.length > 0) yield bytes;
  }
  const rest = transcoder.end();
  if (rest.length > 0) yield rest;
}

/** Windows-1252 text of the bytes; the five undefined bytes stay C1 controls, as in the WHATWG encoding standard. */
export function decodeWindows1252(bytes: Uint8Array): string {
  return mapWindows1252(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
}

/** Turns a Latin-1 reading into the Windows-1252 one; the length stays the same. */
export function mapWindows1252(latin1: string): string {
  return C1.test(latin1) ? latin1.replace(C1_ALL, (c) => HIGH[c.charCodeAt(0) - 0x80]!) : latin1;
}

const HIGH = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
const C1 = /[\x80-\x9f]/;
const C1_ALL = /[\x80-\x9f]/g;

function utf16ByNuls(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(head.length, 65536) & ~1;
  let even = 0;
  let odd = 0;
  let lineEnds = 0;
  let wideLineEnds = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
    if (isLineEnd(head[i]!) || isLineEnd(head[i + 1]!)) lineEnds++;
    if ((isLineEnd(head[i]!) && head[i + 1] === 0) || (isLineEnd(head[i + 1]!) && head[i] === 0)) wideLineEnds++;
  }
  const nuls = even + odd;
  if (length < 4 || nuls < length * ENCODING.utf16Nuls || wideLineEnds < lineEnds * ENCODING.utf16LineEnds) return null;
  if (odd >= nuls * ENCODING.utf16OneSide) return "utf-16le";
  return even >= nuls * ENCODING.utf16OneSide ? "utf-16be" : null;
}

/** UTF-8 byte order marks at the beginning: one, or several where a file was saved again as text that had one, also read as Windows-1252. */
const MARKS = [
  [0xef, 0xbb, 0xbf],
  [0xc3, 0xaf, 0xc2, 0xbb, 0xc2, 0xbf],
];

function utf8Marks(head: Uint8Array): number {
  let at = 0;
  for (let mark: number[] | undefined = []; mark; at += mark?.length ?? 0)
    mark = MARKS.find((bytes) => bytes.every((byte, i) => head[at + i] === byte));
  return at;
}

const isLineEnd = (byte: number): boolean => byte === 10 || byte === 13;

/** Counts multi-byte characters and invalid bytes; a character cut at an end that is not the end of the file is neither. */
function multiByte(bytes: Uint8Array, cutStart: boolean, cutEnd: boolean): { valid: number; invalid: number } {
  let valid = 0;
  let invalid = 0;
  let i = 0;
  if (cutStart) while (i < 3 && i < bytes.length && (bytes[i]! & 0xc0) === 0x80) i++;
  while (i < bytes.length) {
    const c = bytes[i]!;
    if (c < 0x80) {
      i++;
      continue;
    }
    const need = c >= 0xc2 && c <= 0xdf ? 1 : c >= 0xe0 && c <= 0xef ? 2 : c >= 0xf0 && c <= 0xf4 ? 3 : 0;
    let got = 0;
    while (got < need && i + 1 + got < bytes.length && (bytes[i + 1 + got]! & 0xc0) === 0x80) got++;
    if (need > 0 && got === need) {
      valid++;
      i += need + 1;
    } else if (cutEnd && need > 0 && i + 1 + got >= bytes.length) {
      break;
    } else {
      invalid++;
      i++;
    }
  }
  return { valid, invalid };
}
