import type { NameParts, NameWord } from "./name-parts.ts";
import { ROLE_WEIGHT } from "./options.ts";
import { BACKGROUND_COUNTS, BACKGROUND_NAMES } from "./word-counts.ts";

/** Natural-log rarity that weighs 1: a word of one name in eight thousand. */
const FULL_RARITY = 9;
/** Names in the file that make a word one that is meant, and no slip of another. */
const KNOWN_IN_FILE = 3;
/** As {@link KNOWN_IN_FILE}, of names in the background. */
const KNOWN_IN_BACKGROUND = 4;
/** What the background is taken to hold of a word that it does not list. */
const UNLISTED = 0.7;

/** How rare the words of a file's names are, against a background of company names at large. */
export class Vocabulary {
  readonly #counts = new Map<string, number>();
  readonly #initials = new Map<string, number>();
  readonly #names: number;
  readonly #known = new Map<string, boolean>();
  readonly #weights = new Map<string, number>();

  /** `names`: the different names of the file, each once. */
  constructor(names: Iterable<NameParts>) {
    let count = 0;
    for (const { words, initials } of names) {
      count++;
      for (const stem of new Set(words.map((word) => word.stem))) this.#counts.set(stem, (this.#counts.get(stem) ?? 0) + 1);
      for (const letters of initials) this.#initials.set(letters, (this.#initials.get(letters) ?? 0) + 1);
    }
    this.#names = count;
  }

  /** Different names of the file that hold the word. */
  count(stem: string): number {
    return this.#counts.get(stem) ?? 0;
  }

  /** Different names of the file with these first letters. */
  namesOfInitials(letters: string): number {
    return this.#initials.get(letters) ?? 0;
  }

  /** Whether several names hold the word, so that another spelling is another word. */
  isKnown(stem: string): boolean {
    let known = this.#known.get(stem);
    if (known === undefined) {
      known = this.count(stem) >= KNOWN_IN_FILE || (BACKGROUND_COUNTS.get(stem) ?? 0) >= KNOWN_IN_BACKGROUND;
      this.#known.set(stem, known);
    }
    return known;
  }

  /** What the word tells: 1 where hardly any name has it, near 0 for `Group`. */
  weight(word: NameWord): number {
    let weight = this.#weights.get(word.stem);
    if (weight === undefined) {
      const share = ((BACKGROUND_COUNTS.get(word.stem) ?? UNLISTED) + this.count(word.stem)) / (BACKGROUND_NAMES + this.#names);
      const { factor, most } = ROLE_WEIGHT[word.role];
      weight = Math.min(most, (factor * Math.max(0, -Math.log(share))) / FULL_RARITY);
      this.#weights.set(word.stem, weight);
    }
    return weight;
  }
}
