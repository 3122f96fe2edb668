import { BoundedCache } from "../resolve/keys/bounded-cache.ts";
import { ALPHA3, COUNTRY_ALIASES, COUNTRY_REGIONS, EEA_COUNTRIES, type Region } from "./country-codes.ts";
import { labelWords } from "./label-words.ts";

export { countryOfState, stateCode } from "./state.ts";
export type { Region };

/** Languages whose country names are understood, besides each country's own below. */
const LANGUAGES = ["en", "de", "fr", "es", "nl", "it", "pt"];
/** Country -> languages in which it names itself. */
const NATIVE =
  "DK:da SE:sv FI:fi,sv NO:nb IS:is PL:pl CZ:cs SK:sk HU:hu RO:ro BG:bg GR:el HR:hr RS:sr,sr-Latn SI:sl EE:et LV:lv LT:lt UA:uk RU:ru BY:be TR:tr IL:he JP:ja CN:zh TW:zh-Hant " +
  "HK:zh-Hant KR:ko TH:th VN:vi ID:id MY:ms IN:hi BD:bn PK:ur IR:fa SA:ar AE:ar EG:ar MA:ar QA:ar KW:ar JO:ar LB:ar TN:ar DZ:ar IQ:ar OM:ar BH:ar GE:ka AM:hy AZ:az KZ:kk UZ:uz " +
  "AL:sq MK:mk BA:bs ME:sr-Latn IE:ga MT:mt LU:lb KE:sw TZ:sw ET:am NP:ne LK:si KH:km LA:lo MM:my MN:mn PH:fil CH:rm ES:ca,eu,gl";

/** Two-letter cells that people write for another code. */
const TWO_LETTERS: ReadonlyMap<string, string> = new Map([
  ["UK", "GB"],
  ["EL", "GR"],
]);

let names: Map<string, string> | undefined;
const answers = new BoundedCache<string>(4_096);

/** Folded name -> alpha-2 in all languages; own aliases win, and a name that two countries share in some language belongs to neither. */
function countryNames(): Map<string, string> {
  if (names !== undefined) return names;
  const table = new Map<string, string>();
  const learn = (language: string, codes: Iterable<string>) => {
    const display = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    for (const code of codes) {
      const name = display.of(code);
      if (name === undefined) continue;
      const words = labelWords(name);
      const taken = table.get(words);
      table.set(words, taken === undefined || taken === code ? code : "");
    }
  };
  for (const language of LANGUAGES) learn(language, COUNTRY_REGIONS.keys());
  for (const entry of NATIVE.split(" ")) {
    const [code = "", languages = ""] = entry.split(":");
    for (const language of languages.split(",")) learn(language, [code]);
  }
  for (const line of COUNTRY_ALIASES.trim().split("\n")) {
    const [code = "", aliases = ""] = line.split(":");
    for (const alias of aliases.split(",")) table.set(alias.trim(), code);
  }
  names = table;
  return table;
}

function readCountry(raw: string): string {
  const cell = raw.trim();
  const upper = cell.toUpperCase();
  if (upper === "NA") return "";
  if (upper.length === 2) {
    const code = TWO_LETTERS.get(upper) ?? upper;
    if (COUNTRY_REGIONS.has(code)) return code;
  }
  if (upper.length === 3) {
    const code = ALPHA3.get(upper);
    if (code !== undefined) return code;
  }
  const words = labelWords(cell);
  if (words === "") return "";
  const table = countryNames();
  const named = table.get(words) ?? table.get(words.replace(/^the /, ""));
  if (named !== undefined) return named;
  const subdivision = /^([A-Za-z]{2})-[A-Za-z0-9]{1,3}$/.exec(cell);
  if (subdivision !== null && COUNTRY_REGIONS.has((subdivision[1] as string).toUpperCase()))
    return (subdivision[1] as string).toUpperCase();
  const marked = /^(.+?)\s*[([]([A-Za-z]{2,3})[)\]]$/.exec(cell);
  return marked === null ? "" : (table.get(labelWords(marked[1] as string)) ?? "");
}

/**
 * ISO 3166-1 alpha-2 (and `XK`) of a country cell: alpha-2, alpha-3, names in English, German, French, Spanish, Dutch, Italian, Portuguese
 * and the country's own language, usual aliases (`UK`, `U.S.`, `England`, `Holland`), an ISO 3166-2 code, `Germany (DE)`. Null where unknown.
 * `NA` is a missing answer or a region far more often than Namibia, so it is unknown. Names come from the runtime's ICU data on the first name asked for.
 */
export function countryCode(raw: string): string | null {
  const known = answers.get(raw);
  if (known !== undefined) return known === "" ? null : known;
  const answer = readCountry(raw);
  answers.set(raw, answer);
  return answer === "" ? null : answer;
}

/** The region of an alpha-2 code; `EU` is the continent (Switzerland, Norway, Ukraine too) without the United Kingdom. Null for unknown codes. */
export function regionOf(alpha2: string): Region | null {
  return COUNTRY_REGIONS.get(alpha2) ?? null;
}

/** Whether an alpha-2 code lies in the European Economic Area (Switzerland and the United Kingdom do not). */
export function isEea(alpha2: string): boolean {
  return EEA_COUNTRIES.has(alpha2);
}
