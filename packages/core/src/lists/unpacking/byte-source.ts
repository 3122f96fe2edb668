/** Bytes that can be read from any place: a file on disk, an object in a store. */
export interface ByteSource {
  /** Bytes. */
  size: number;
  /** Bytes `[start, end)`. */
  range(start: number, end: number): Promise<Uint8Array>;
}

/** Numbers that bound the unpacking, all [design]. */
export const UNPACKING_LIMITS = {
  /** Bytes read at a time. */
  chunkBytes: 1024 * 1024,
  /** Most bytes that a packed file may hold unpacked: more is a bomb or no list. */
  maxBytes: 32 * 1024 * 1024 * 1024,
  /** Most unpacked bytes for each packed one, looked at past `ratioFrom`; deflate gives 1,032 at most, lists 3 to 40. */
  maxRatio: 500,
  ratioFrom: 64 * 1024 * 1024,
  /** Most bytes of the directory of a zip archive: some hundred thousand files. */
  maxDirectoryBytes: 32 * 1024 * 1024,
  /** A workbook is read in one piece: most bytes of it packed and of its sheets unpacked. */
  maxWorkbookBytes: 64 * 1024 * 1024,
  maxWorkbookXmlBytes: 512 * 1024 * 1024,
  /** Longest line of JSON, in bytes, and most columns that its keys may make. */
  maxLineBytes: 8 * 1024 * 1024,
  maxKeys: 5_000,
} as const;

/** The bytes `[start, end)` of a source as a stream of chunks. */
export async function* chunksOf(source: ByteSource, start = 0, end = source.size): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += UNPACKING_LIMITS.chunkBytes)
    yield await source.range(at, Math.min(end, at + UNPACKING_LIMITS.chunkBytes));
}

/** All bytes in one piece; for what is known to be small. */
export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(Uint8Array.from(chunk));
  return Buffer.concat(parts);
}

/** A source over bytes at hand. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, range: async (start, end) => bytes.subarray(start, end) };
}
