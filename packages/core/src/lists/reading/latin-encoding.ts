/** Encodings of Latin scripts other than Windows-1252, by the names that TextDecoder knows. */
export type LatinEncoding = "windows-1250" | "iso-8859-2" | "windows-1254" | "windows-1257" | "macintosh";

/** Letters beside a to z, lower case, by language or by languages that one file often mixes. */
const WESTERN = [
  "äöüß",
  "àâæçéèêëîïôœùûüÿäöß",
  "àèéìíîòóùú",
  "áéíñóúüçàèïòªº",
  "àáâãçéêíóôõúüªº",
  "åäöæøéüèà",
  "áéíóúýþæöðø",
  "áéíóúàèìòùŵŷâêîôû",
  "ëïéèêüöáóúíç",
];
const OTHERS: ReadonlyArray<{ encodings: readonly LatinEncoding[]; alphabets: readonly string[] }> = [
  {
    encodings: ["windows-1250", "iso-8859-2"],
    alphabets: ["áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "čćđšž", "ăâîşţ", "ëçöüäß"],
  },
  { encodings: ["windows-1254"], alphabets: ["çğıöşüâîûi̇"] },
  { encodings: ["windows-1257"], alphabets: ["ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"] },
  { encodings: ["macintosh"], alphabets: ["äöüß", "àâæçéèêëîïôœùûüäö", "àèéìíòóùú", "áéíñóúü", "àáâãçéêíóôõú", "åäöæøéü"] },
];

/** Numbers of the choice, all [design]. */
const LATIN = {
  /** Bytes above ASCII that tell something, and how many different letters they are, where Windows-1252 makes signs of some of them. */
  bytes: 8,
  letters: 3,
  /** The same where it makes letters of all: of several languages then, as in a list of firms from everywhere. */
  manyBytes: 40,
  manyLetters: 6,
  /** Share of letters from which they are all. */
  all: 0.98,
  /** Share of the characters above ASCII that one alphabet of the encoding has, and most that one of Windows-1252 has. */
  fits: 0.96,
  western: 0.9,
  /** Characters looked at. */
  most: 20_000,
} as const;

/** Signs that texts of every language have and that prove nothing. */
const SIGNS = /[\u00a0«»„“”‚‘’–—…°§©®€£·•²³±½\u00ad]/;

/**
 * The encoding of text that is no UTF-8 and of a Latin script, where all its letters belong to one language as read by that encoding and to
 * none as read by Windows-1252 (`Dvoøák` is nobody's word); null for Windows-1252.
 */
export function latinEncoding(head: Uint8Array): LatinEncoding | null {
  const western = coverage(head, "windows-1252", WESTERN);
  if (western.share > LATIN.western) return null;
  const everywhere = coverage(head, "windows-1252", [`${WESTERN.join("")}šž`]).share >= LATIN.all;
  const [bytes, different] = everywhere ? [LATIN.manyBytes, LATIN.manyLetters] : [LATIN.bytes, LATIN.letters];
  let best: { encoding: LatinEncoding; share: number } | null = null;
  for (const { encodings, alphabets } of OTHERS) {
    for (const encoding of encodings) {
      const { share, characters, letters } = coverage(head, encoding, alphabets);
      if (characters < bytes || letters < different || share < LATIN.fits) continue;
      if (best === null || share > best.share) best = { encoding, share };
    }
  }
  return best?.encoding ?? null;
}

interface Coverage {
  /** Share of the characters above ASCII that belong to the best of the alphabets, signs of every language left out. */
  share: number;
  characters: number;
  /** Different ones. */
  letters: number;
}

function coverage(head: Uint8Array, encoding: string, alphabets: readonly string[]): Coverage {
  const counts = new Map<string, number>();
  let characters = 0;
  const text = new TextDecoder(encoding).decode(head);
  for (let at = 0; at < text.length && characters < LATIN.most; at++) {
    if (text.charCodeAt(at) < 0x80) continue;
    // A letter that is a sign elsewhere (`³` for `ł`) counts where it touches a letter in front.
    if (SIGNS.test(text[at]!) && !/[a-z]/i.test(text[at + 1] ?? "")) continue;
    characters++;
    const letter = text[at]!.toLowerCase();
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  let best = 0;
  for (const alphabet of alphabets) {
    let known = 0;
    for (const [letter, n] of counts) if (alphabet.includes(letter)) known += n;
    best = Math.max(best, known);
  }
  return { share: characters === 0 ? 1 : best / characters, characters, letters: counts.size };
}
