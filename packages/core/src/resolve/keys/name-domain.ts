import { fold } from "./fold.ts";

/** Words too common to identify a company by themselves. */
const GENERIC: ReadonlySet<string> = new Set(
  (
    "first national american general united global international world universal central northern southern eastern western north south east west new great " +
    "standard premier advanced applied modern royal federal state city bank banco banque group groupe grupo holding holdings company services service solutions systems " +
    "technologies technology tech consulting partners capital financial finance insurance energy health healthcare medical media digital data software network networks " +
    "industries industrial university college school hospital institute center centre society association foundation ministry department office agency county " +
    "community trust management marketing design studio store shop foods food auto motor motors air blue green red black white gold silver star sun smart pro one best top " +
    "universidad universidade universita universite deutsche british canadian australian indian national home real estate"
  ).split(" "),
);
/** What companies add to their name to find a free domain. */
const ADDED_AFTER: ReadonlySet<string> = new Set(
  (
    "inc corp co company group grp hq usa us uk eu global intl international online web app apps io hq ltd llc gmbh ag sa holdings holding tech technologies software systems " +
    "solutions services consulting partners bank health energy foods media digital labs lab studio shop store world corporate corporation careers auto biz"
  ).split(" "),
);
const ADDED_BEFORE: readonly string[] = [
  "get",
  "go",
  "my",
  "try",
  "use",
  "join",
  "we",
  "weare",
  "hello",
  "team",
  "grupo",
  "groupe",
  "group",
  "bank",
  "banco",
];
const SMALL_WORDS: ReadonlySet<string> = new Set("and of the de di da do du des der die del la le for in at".split(" "));
const CONNECTOR_SPELLINGS: readonly string[] = ["and", "", "n", "und", "et", "y"];
/** Shortest single word that may stand for a longer name. */
const MIN_WORD = 3;
const MIN_CLIPPED = 5;
const DIGIT = /^[a-z]\d|^\d[a-z]/;
const UMLAUT_DIGRAPH = /[aou]e/;
const UMLAUT_DIGRAPHS = /([aou])e/g;

/** The Unicode form of one punycode label without its `xn--`, null where it is malformed (RFC 3492). */
function decodePunycode(encoded: string): string | null {
  const hyphen = encoded.lastIndexOf("-");
  const output = Array.from(hyphen > 0 ? encoded.slice(0, hyphen) : "", (character) => character.charCodeAt(0));
  let point = 128;
  let bias = 72;
  let index = 0;
  for (let at = hyphen > 0 ? hyphen + 1 : 0; at < encoded.length; ) {
    const before = index;
    for (let weight = 1, k = 36; ; k += 36) {
      const code = encoded.charCodeAt(at++);
      const digit = code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 57 ? code - 22 : 36;
      if (digit >= 36) return null;
      index += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    let delta = before === 0 ? Math.floor((index - before) / 700) : (index - before) >> 1;
    delta += Math.floor(delta / (output.length + 1));
    let k = 0;
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
    bias = k + Math.floor((36 * delta) / (delta + 38));
    point += Math.floor(index / (output.length + 1));
    index %= output.length + 1;
    if (point > 0x10ffff) return null;
    output.splice(index++, 0, point);
  }
  return String.fromCodePoint(...output);
}

/** The label before the suffix, hyphens out, punycode decoded and folded. */
function labelOf(domain: string): string {
  const label = domain.slice(0, domain.indexOf(".") < 0 ? domain.length : domain.indexOf("."));
  if (!label.startsWith("xn--")) return label.replaceAll("-", "");
  const text = decodePunycode(label.slice(4));
  return text === null ? label : fold(text).replaceAll("-", "");
}

/**
 * Whether `label` is a chain of word beginnings in order, of two words or more, small words skipped: every piece has two letters or more
 * (`fedex`: federal express) or one has four (`upenn`: university of pennsylvania).
 */
function isClipped(
  label: string,
  words: readonly string[],
  word: number,
  at: number,
  used: number,
  shortest: number,
  longest: number,
): boolean {
  if (at === label.length) return used >= 2 && (shortest >= 2 || longest >= 4);
  const text = words[word];
  if (text === undefined) return false;
  let shared = 0;
  while (shared < text.length && at + shared < label.length && text[shared] === label[at + shared]) shared++;
  for (let take = shared; take >= 1; take--) {
    if (isClipped(label, words, word + 1, at + take, used + 1, Math.min(shortest, take), Math.max(longest, take))) return true;
  }
  return SMALL_WORDS.has(text) && isClipped(label, words, word + 1, at, used, shortest, longest);
}

function agrees(label: string, words: readonly string[]): boolean {
  const plain = words.filter((word) => word !== "and");
  const first = plain[0] ?? "";
  for (const spelling of CONNECTOR_SPELLINGS) {
    const whole = words.map((word) => (word === "and" ? spelling : word)).join("");
    if (whole === label) return true;
    if (whole.length < MIN_WORD || GENERIC.has(whole)) continue;
    if (label.startsWith(whole) && (whole.length > MIN_CLIPPED || ADDED_AFTER.has(label.slice(whole.length)))) return true;
    if (label.endsWith(whole) && ADDED_BEFORE.includes(label.slice(0, -whole.length))) return true;
  }
  let joined = "";
  for (const word of plain) {
    joined += word;
    if ((joined.length >= MIN_WORD || DIGIT.test(joined)) && !GENERIC.has(joined)) {
      if (joined === label) return true;
      if (label.startsWith(joined) && ADDED_AFTER.has(label.slice(joined.length))) return true;
    }
  }
  if (first.length > MIN_CLIPPED && !GENERIC.has(first) && label.startsWith(first)) return true;
  if (label.length > MIN_CLIPPED && !GENERIC.has(label) && first.startsWith(label)) return true;
  const initials = plain.map((word) => word[0]).join("");
  const allInitials = words.map((word) => word[0]).join("");
  if (plain.length >= 2 && (label === initials || label === allInitials)) return true;
  if (plain.length >= MIN_WORD && label.startsWith(initials) && ADDED_AFTER.has(label.slice(initials.length))) return true;
  return label.length >= MIN_CLIPPED && isClipped(label, plain, 0, 0, 0, label.length, 0);
}

/**
 * Whether a canonical domain looks like the name behind a normalised name key: whole name, its distinctive first words, its initials or
 * its clipped words (`fedex`). Evidence for a match, never proof: short initials agree by chance.
 */
export function nameAgreesWithDomain(nameKey: string, domain: string): boolean {
  if (nameKey === "" || domain === "") return false;
  const words = nameKey.split(" ");
  const label = labelOf(domain);
  if (words.length > 1 && (words[0] as string).length <= 2 && words[1] !== "and" && agrees(label, words.slice(1))) return true;
  if (label.startsWith("the") && label.length > MIN_CLIPPED + 1 && agrees(label.slice(3), words)) return true;
  return agrees(label, words) || (UMLAUT_DIGRAPH.test(label) && agrees(label.replace(UMLAUT_DIGRAPHS, "$1"), words));
}
