import type { NameParts, NameWord } from "./name-parts.ts";
import { knownInBackground, wordWeight } from "./word-weight.ts";

/** Names in the file that make a word one that is meant, and no slip of another [design]. */
const KNOWN_IN_FILE = 3;

/** Names in which a company's own word may stand, spelt in several ways, before it is taken for a word that companies share [design]. */
const OWN_SPELLINGS = 2;

/** How rare the words of a file's names are, against a background of company names at large. */
export class Vocabulary {
  readonly #counts = new Map<string, number>();
  readonly #initials = new Map<string, number>();
  readonly #names: number;
  readonly #words = new Map<string, NameWord>();

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

  /** Different names of the file with these first letters. */
  namesOfInitials(letters: string): number {
    return this.#initials.get(letters) ?? 0;
  }

  /** The name with its words weighed by the file too. */
  weigh(name: NameParts): NameParts {
    return {
      ...name,
      words: name.words.map((word) => this.#weighed(word)),
      qualifiers: name.qualifiers.map((word) => this.#weighed(word)),
      others: name.others.map((other) => this.weigh(other)),
    };
  }

  #weighed(word: NameWord): NameWord {
    let weighed = this.#words.get(word.text);
    if (weighed === undefined) {
      const count = this.#counts.get(word.stem) ?? 0;
      weighed = {
        ...word,
        weight: wordWeight(word.stem, word.role, count > OWN_SPELLINGS ? count - OWN_SPELLINGS : Math.min(count, 1), this.#names),
        known: count >= KNOWN_IN_FILE || knownInBackground(word.stem),
      };
      this.#words.set(word.text, weighed);
    }
    return weighed;
  }
}
