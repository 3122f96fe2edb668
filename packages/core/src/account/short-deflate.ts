/**
 * Deflate (RFC 1951) of short texts against a preset dictionary, in one block of fixed codes. Node's own makes a stream object with some
 * hundred kilobytes for each text, which costs more than the text itself; here the dictionary is indexed once. Any inflate reads it.
 */

/** Bytes of text that fit beside the dictionary within reach of {@link MOST_DISTANCE}. */
export const SHORT_BYTES = 3_500;

/** How far back a copy reaches: a window of 8 KB, as `windowBits: 13` reads it. */
const MOST_DISTANCE = 8_192 - 262;
/** A copy of less takes as many bits as its letters. */
const LEAST_COPY = 4;
const MOST_COPY = 258;
/** Places that are looked at for the longest copy, and the length that ends the search [design]. */
const CANDIDATES = 12;
const GOOD_COPY = 48;
const HASH_BITS = 13;
const NONE = 0xffff;

/** Codes with their extra bits in front, the bits in the order in which they are written: value and number of bits. */
interface Codes {
  bits: Uint32Array;
  sizes: Uint8Array;
}

function reversed(code: number, size: number): number {
  let bits = 0;
  for (let at = 0; at < size; at++) bits |= ((code >> at) & 1) << (size - 1 - at);
  return bits;
}

/** The fixed code of a letter, of the end (256) or of a length symbol (RFC 1951, 3.2.6). */
function fixedCode(symbol: number): [bits: number, size: number] {
  if (symbol < 144) return [reversed(0x30 + symbol, 8), 8];
  if (symbol < 256) return [reversed(0x190 + symbol - 144, 9), 9];
  if (symbol < 280) return [reversed(symbol - 256, 7), 7];
  return [reversed(0xc0 + symbol - 280, 8), 8];
}

/** The codes of all values that symbols with extra bits stand for: each symbol covers `2 ** extra` values from where the last one ended. */
function rangedCodes(
  most: number,
  first: number,
  extraOf: (index: number) => number,
  codeOf: (index: number) => [number, number],
): Codes {
  const codes = { bits: new Uint32Array(most + 1), sizes: new Uint8Array(most + 1) };
  for (let index = 0, value = first; value <= most; index++) {
    const extra = extraOf(index);
    const [bits, size] = codeOf(index);
    for (let within = 0; within < 1 << extra && value <= most; within++, value++) {
      codes.bits[value] = bits | (within << size);
      codes.sizes[value] = size + extra;
    }
  }
  return codes;
}

const LETTERS: Codes = { bits: new Uint32Array(257), sizes: new Uint8Array(257) };
for (let symbol = 0; symbol <= 256; symbol++)
  [LETTERS.bits[symbol], LETTERS.sizes[symbol]] = fixedCode(symbol) as [number, number];

const LENGTHS = rangedCodes(
  MOST_COPY,
  3,
  (index) => (index < 8 ? 0 : (index >> 2) - 1),
  (index) => fixedCode(257 + index),
);
// The longest length has a symbol of its own.
[LENGTHS.bits[MOST_COPY], LENGTHS.sizes[MOST_COPY]] = fixedCode(285) as [number, number];

const DISTANCES = rangedCodes(
  MOST_DISTANCE,
  1,
  (index) => (index < 4 ? 0 : (index >> 1) - 1),
  (index) => [reversed(index, 5), 5],
);

/** Deflates short texts against one dictionary. */
export class ShortDeflate {
  /** The dictionary, and behind it the text at hand. */
  readonly #window: Uint8Array;
  readonly #start: number;
  /** By hash of four bytes: the last place where they stand, and before each place the one before it. */
  readonly #indexed: Uint16Array;
  readonly #last: Uint16Array;
  readonly #before: Uint16Array;
  readonly #out: Uint8Array;

  constructor(dictionary: Uint8Array) {
    this.#start = dictionary.length;
    this.#window = new Uint8Array(dictionary.length + SHORT_BYTES + 8);
    this.#window.set(dictionary);
    this.#last = new Uint16Array(1 << HASH_BITS).fill(NONE);
    this.#before = new Uint16Array(this.#window.length).fill(NONE);
    for (let at = 0; at + LEAST_COPY <= this.#start; at++) this.#index(at);
    this.#indexed = this.#last.slice();
    // A letter takes nine bits at most.
    this.#out = new Uint8Array(Math.ceil((SHORT_BYTES * 9) / 8) + 8);
  }

  /** The raw deflate stream behind `head`; null for a text that is too long. */
  deflate(text: string, head: number): Uint8Array | null {
    // A letter of UTF-16 takes three bytes at most.
    if (text.length > SHORT_BYTES) return null;
    const { read, written } = ENCODER.encodeInto(text, this.#window.subarray(this.#start, this.#start + SHORT_BYTES));
    if (read < text.length) return null;
    this.#last.set(this.#indexed);
    this.#out[0] = head;
    return this.#out.slice(0, this.#write(this.#start + written));
  }

  /** Writes one block from the second byte on; answers with where it ends. */
  #write(end: number): number {
    const window = this.#window;
    const out = this.#out;
    let to = 1;
    // The last block, of fixed codes.
    let bits = 0b011;
    let size = 3;
    let at = this.#start;
    while (at < end) {
      const copy = at + LEAST_COPY <= end ? this.#longest(at, end) : 0;
      const length = copy & 0xffff;
      if (length >= LEAST_COPY) {
        bits |= LENGTHS.bits[length]! << size;
        size += LENGTHS.sizes[length]!;
        for (; size >= 8; size -= 8, bits >>>= 8) out[to++] = bits;
        const distance = copy >>> 16;
        bits |= DISTANCES.bits[distance]! << size;
        size += DISTANCES.sizes[distance]!;
        for (const after = at + length; at < after; at++) if (at + LEAST_COPY <= end) this.#index(at);
      } else {
        const letter = window[at]!;
        bits |= LETTERS.bits[letter]! << size;
        size += LETTERS.sizes[letter]!;
        if (at + LEAST_COPY <= end) this.#index(at);
        at++;
      }
      for (; size >= 8; size -= 8, bits >>>= 8) out[to++] = bits;
    }
    // The end is seven zeros.
    for (size += LETTERS.sizes[256]!; size > 0; size -= 8, bits >>>= 8) out[to++] = bits;
    return to;
  }

  #hash(at: number): number {
    const window = this.#window;
    const four = window[at]! | (window[at + 1]! << 8) | (window[at + 2]! << 16) | (window[at + 3]! << 24);
    return Math.imul(four, 0x9e3779b1) >>> (32 - HASH_BITS);
  }

  #index(at: number): void {
    const hash = this.#hash(at);
    this.#before[at] = this.#last[hash]!;
    this.#last[hash] = at;
  }

  /** The longest copy for a place: its distance in the upper half, its length in the lower. */
  #longest(at: number, end: number): number {
    const window = this.#window;
    const most = Math.min(MOST_COPY, end - at);
    let best = 0;
    let distance = 0;
    let from = this.#last[this.#hash(at)]!;
    for (let left = CANDIDATES; left > 0 && from !== NONE && at - from <= MOST_DISTANCE; left--, from = this.#before[from]!) {
      if (best > 0 && window[from + best] !== window[at + best]) continue;
      let length = 0;
      while (length < most && window[from + length] === window[at + length]) length++;
      if (length <= best) continue;
      best = length;
      distance = at - from;
      if (best >= GOOD_COPY || best === most) break;
    }
    return (distance << 16) | best;
  }
}

const ENCODER = new TextEncoder();
