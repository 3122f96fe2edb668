/** Bits of a character at a length: a word of that length begins with it, or ends with it. */
const BEGINS = 1;
const ENDS = 2;
const ASCII = 128;

/** Tells most texts that are none of some words by their length, first and last character: cheaper than to ask a set for a text it does not have. */
export class WordFilter {
  readonly #width: number;
  readonly #marks: Uint8Array;

  constructor(words: Iterable<string>) {
    const all = [...words];
    this.#width = Math.max(0, ...all.map((word) => word.length)) + 1;
    this.#marks = new Uint8Array(ASCII * this.#width);
    for (const word of all) {
      this.#mark(word.charCodeAt(0), word.length, BEGINS);
      this.#mark(word.charCodeAt(word.length - 1), word.length, ENDS);
    }
  }

  /** False where `text` is none of the words; true says nothing. */
  mayBe(text: string): boolean {
    const length = text.length;
    if (length >= this.#width) return false;
    const first = text.charCodeAt(0);
    if (first < ASCII && (this.#marks[first * this.#width + length]! & BEGINS) === 0) return false;
    const last = text.charCodeAt(length - 1);
    return !(last < ASCII && (this.#marks[last * this.#width + length]! & ENDS) === 0);
  }

  #mark(code: number, length: number, bit: number): void {
    if (code < ASCII) this.#marks[code * this.#width + length]! |= bit;
  }
}
