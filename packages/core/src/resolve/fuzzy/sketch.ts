/** Numbers in the sketch of a text [design]. */
export const SKETCHES = 16;
/** Shortest text of which a sketch says anything, in letters [design]. */
const SHORTEST = 5;

/** The smallest of the text's scrambled three-letter pieces by each of {@link SKETCHES} scramblings, into `into`; false, and all zero, where it is too short. */
export function sketch(text: string, into: Int32Array): boolean {
  into.fill(0);
  if (text.length < SHORTEST) return false;
  const least = LEAST.fill(0xffffffff);
  const padded = `^${text}$`;
  for (let i = 0; i + 3 <= padded.length; i++) {
    const piece = (padded.charCodeAt(i) * 961 + padded.charCodeAt(i + 1) * 31 + padded.charCodeAt(i + 2)) | 0;
    for (let k = 0; k < SKETCHES; k++) {
      let hash = Math.imul(piece ^ (k * 0x9e3779b1), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
      hash = (hash ^ (hash >>> 13)) >>> 0;
      if (hash < least[k]!) least[k] = hash;
    }
  }
  into.set(least);
  return true;
}

const LEAST = new Uint32Array(SKETCHES);

/** How many numbers of two sketches in a row of them agree: of two texts that share half of their pieces about half. */
export function agreeing(sketches: Int32Array, a: number, b: number): number {
  let count = 0;
  for (let k = 0, x = a * SKETCHES, y = b * SKETCHES; k < SKETCHES; k++) if (sketches[x + k] === sketches[y + k]) count++;
  return count;
}
