/** Words that people and exports write into a cell that has no value (CSV notes 5.9 trap 11, plus spreadsheet and database dumps). */
const WORDS: ReadonlySet<string> = new Set([
  "-",
  "--",
  "---",
  "–",
  "—",
  ".",
  "?",
  "n/a",
  "n.a.",
  "n.a",
  "n/a.",
  "na",
  "#n/a",
  "#na",
  "#value!",
  "#ref!",
  "#name?",
  "#div/0!",
  "#null!",
  "#num!",
  "none",
  "(none)",
  "null",
  "(null)",
  "<null>",
  "[null]",
  "\\n",
  "nil",
  "nan",
  "nat",
  "unknown",
  "(unknown)",
  "undefined",
  "(blank)",
  "blank",
  "(empty)",
  "empty",
  "not available",
  "not applicable",
  "not set",
  "(not set)",
  "not provided",
  "no data",
  "tbd",
  "k.a.",
  "k. a.",
  "unbekannt",
  "keine angabe",
  "inconnu",
  "desconocido",
  "onbekend",
  // German, French, Spanish, Dutch.
  "keine",
  "k.a",
  "nicht bekannt",
  "nicht verfügbar",
  "nicht angegeben",
  "entfällt",
  "(leer)",
  "aucun",
  "aucune",
  "non renseigné",
  "non disponible",
  "non communiqué",
  "sans objet",
  "s.o.",
  "(vide)",
  "ninguno",
  "ninguna",
  "sin datos",
  "no disponible",
  "no aplica",
  "s/d",
  "(vacío)",
  "geen",
  "n.v.t.",
  "nvt",
  "niet bekend",
  "niet beschikbaar",
  "(leeg)",
]);

const LONGEST = Math.max(...[...WORDS].map((word) => word.length));

const WIDTH = LONGEST + 1;

/** First and last characters of the words, both cases, with the length of the word: two looks tell nearly all cells apart. */
const BEGINNINGS = new Uint8Array(128 * WIDTH);
const ENDINGS = new Uint8Array(128 * WIDTH);
for (const word of WORDS) {
  for (const [table, at] of [[BEGINNINGS, 0] as const, [ENDINGS, word.length - 1] as const]) {
    for (const letter of [word[at]!.toLowerCase(), word[at]!.toUpperCase()]) {
      if (letter.charCodeAt(0) < 128) table[letter.charCodeAt(0) * WIDTH + word.length] = 1;
    }
  }
}

/** Whether a trimmed cell says nothing: empty, `-`, `N/A`, `null`, `#N/A`, `Unknown`, `nan` and the like. */
export function isMissing(text: string): boolean {
  const length = text.length;
  if (length === 0) return true;
  if (length > LONGEST) return false;
  const first = text.charCodeAt(0);
  if (first < 128 && BEGINNINGS[first * WIDTH + length] === 0) return false;
  const last = text.charCodeAt(length - 1);
  if (last < 128 && ENDINGS[last * WIDTH + length] === 0) return false;
  return WORDS.has(text.toLowerCase());
}
