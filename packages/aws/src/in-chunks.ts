import { BugError } from "@bullseye/core/errors";

/** Cuts texts into batches, in order, of so many texts and bytes at most. BugError where one alone is too large. */
export function* inChunks(
  texts: readonly string[],
  { most, bytes }: { most: number; bytes: number },
  what: string,
): Generator<string[]> {
  let chunk: string[] = [];
  let size = 0;
  for (const text of texts) {
    const length = Buffer.byteLength(text);
    if (length > bytes) throw new BugError(`${what} has ${length} bytes; pass a pointer instead`);
    if (chunk.length === most || size + length > bytes) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(text);
    size += length;
  }
  if (chunk.length > 0) yield chunk;
}
