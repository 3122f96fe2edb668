import { crc32 } from "node:zlib";
import { InputError } from "../../errors.ts";
import { type ByteSource, chunksOf, UNPACKING_LIMITS } from "./byte-source.ts";
import { inflated } from "./inflate.ts";

/** One file of a zip archive, as its directory has it (APPNOTE.TXT 6.3.10, 4.3.12). */
export interface ZipEntry {
  name: string;
  encrypted: boolean;
  /** 0 stored, 8 deflate; others are refused when opened. */
  method: number;
  crc: number;
  /** Bytes. */
  packed: number;
  size: number;
  /** Where its local header begins. */
  at: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** End record and the longest comment behind it. */
const END_BYTES = 22 + 65_535;
const DAMAGED = { hint: "fetch it again, or unpack it and give the table inside." };

/** The files of an archive in the order of its directory, folders left out. Zip64 is understood; archives in several volumes are not. */
export async function zipEntries(source: ByteSource): Promise<ZipEntry[]> {
  const tailAt = Math.max(0, source.size - END_BYTES);
  const tail = Buffer.from(await source.range(tailAt, source.size));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new InputError("The zip archive is damaged or cut off: it has no directory.", DAMAGED);
  let size = tail.readUInt32LE(end + 12);
  let at = tail.readUInt32LE(end + 16);
  if (end >= 20 && tail.readUInt32LE(end - 20) === LOCATOR64) {
    const place = Number(tail.readBigUInt64LE(end - 12));
    const record = Buffer.from(await source.range(place, Math.min(source.size, place + 56)));
    if (record.length === 56 && record.readUInt32LE(0) === END64) {
      size = Number(record.readBigUInt64LE(40));
      at = Number(record.readBigUInt64LE(48));
    }
  }
  if (at + size > source.size)
    throw new InputError("The zip archive is damaged or cut off: its directory lies outside.", DAMAGED);
  if (size > UNPACKING_LIMITS.maxDirectoryBytes)
    throw new InputError("The zip archive holds too many files to be a list.", { hint: "unpack it and give the table inside." });
  return readDirectory(Buffer.from(await source.range(at, at + size)));
}

function readDirectory(bytes: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === CENTRAL) {
    const flags = bytes.readUInt16LE(at + 8);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const entry: ZipEntry = {
      name: name.includes("\uFFFD") ? bytes.toString("latin1", at + 46, at + 46 + nameLength) : name,
      encrypted: (flags & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    };
    widen(entry, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
    if (!entry.name.endsWith("/")) entries.push(entry);
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** Takes the 64-bit numbers of the extra field for those that did not fit. */
function widen(entry: ZipEntry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    for (const field of ["size", "packed", "at"] as const) {
      if (entry[field] !== 0xffffffff || next + 8 > extra.length) continue;
      entry[field] = Number(extra.readBigUInt64LE(next));
      next += 8;
    }
    return;
  }
}

/** The bytes of one file of an archive, in flat memory and checked by their checksum; InputError for what cannot be unpacked. */
export async function* openEntry(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const what = `${entry.name} in the zip archive`;
  if (entry.encrypted)
    throw new InputError(`${what} has a password.`, { hint: "unpack it with the password and give the table inside." });
  if (entry.method !== 0 && entry.method !== 8)
    throw new InputError(`${what} is packed by a method (${entry.method}) other than deflate.`, {
      hint: "unpack it and give the table inside.",
    });
  const head = Buffer.from(await source.range(entry.at, Math.min(source.size, entry.at + 30)));
  if (head.length < 30 || head.readUInt32LE(0) !== LOCAL) throw new InputError(`${what} is damaged.`, DAMAGED);
  const start = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = chunksOf(source, start, Math.min(source.size, start + entry.packed));
  let crc = 0;
  let size = 0;
  for await (const chunk of entry.method === 0 ? packed : inflated(packed, what)) {
    crc = crc32(chunk, crc);
    size += chunk.length;
    yield chunk;
  }
  if (crc !== entry.crc || size !== entry.size) throw new InputError(`${what} is damaged: its checksum is another.`, DAMAGED);
}
