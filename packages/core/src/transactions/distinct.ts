/**
 * Counting distinct texts in bounded room: the {@link DISTINCT_CAP} smallest 24-bit hashes, four characters each, ascending, as one
 * string. Below the cap the count is exact (but for a collision: 3 in 100,000 for 32 texts); above, it is estimated from the largest
 * kept hash (k minimum values; standard error about 18 %). Nothing can be read back from a sketch.
 */
export const DISTINCT_CAP = 32;

const ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const WIDTH = 4;
const SPACE = 2 ** 24;

/** The sketch of some texts; depends neither on their order nor on repeats. */
export function distinctOf(texts: Iterable<string>): string {
  const hashes = new Set<number>();
  for (const text of texts) hashes.add(hash24(text));
  const sorted = [...hashes].sort((a, b) => a - b);
  let sketch = "";
  for (let i = 0; i < sorted.length && i < DISTINCT_CAP; i++) sketch += encode(sorted[i]!);
  return sketch;
}

/** The sketch of all texts of both: associative, commutative and idempotent. */
export function mergeDistinct(a: string, b: string): string {
  let sketch = "";
  let i = 0;
  let j = 0;
  while (sketch.length < DISTINCT_CAP * WIDTH && (i < a.length || j < b.length)) {
    const left = i < a.length ? a.slice(i, i + WIDTH) : "~";
    const right = j < b.length ? b.slice(j, j + WIDTH) : "~";
    sketch += left < right ? left : right;
    if (left <= right) i += WIDTH;
    if (right <= left) j += WIDTH;
  }
  return sketch;
}

/** How many distinct texts a sketch stands for. */
export function distinctCount(sketch: string): number {
  const kept = sketch.length / WIDTH;
  if (kept < DISTINCT_CAP) return kept;
  let largest = 0;
  for (let i = sketch.length - WIDTH; i < sketch.length; i++) largest = largest * 64 + ALPHABET.indexOf(sketch[i]!);
  return Math.max(DISTINCT_CAP, Math.round(((DISTINCT_CAP - 1) * SPACE) / (largest + 1)));
}

function encode(hash: number): string {
  return ALPHABET[hash >>> 18]! + ALPHABET[(hash >>> 12) & 63]! + ALPHABET[(hash >>> 6) & 63]! + ALPHABET[hash & 63]!;
}

/** FNV-1a over UTF-16 units with the finaliser of MurmurHash3, upper 24 bits. */
function hash24(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 8;
}
