import { labelWords } from "./label-words.ts";

const US =
  "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|" +
  "IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|" +
  "NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|" +
  "SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico|GU Guam|" +
  "VI Virgin Islands|AS American Samoa|MP Northern Mariana Islands";
const CANADA =
  "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|" +
  "PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon";
/** Other spellings, folded: postal and press abbreviations. */
const ALIASES: Record<"US" | "CA", string> = {
  US: "ala AL|ariz AZ|ark AR|calif CA|cali CA|colo CO|conn CT|del DE|fla FL|ill IL|ind IN|kan KS|kans KS|mass MA|mich MI|minn MN|miss MS|mont MT|neb NE|nebr NE|nev NV|n h NH|n j NJ|n mex NM|n y NY|n c NC|n d ND|okla OK|ore OR|oreg OR|penn PA|penna PA|r i RI|s c SC|s d SD|tenn TN|tex TX|wash WA|washington state WA|w va WV|wis WI|wisc WI|wyo WY|d c DC|washington dc DC|washington d c DC|new york state NY|state of new york NY|u s virgin islands VI|us virgin islands VI",
  CA: "alta AB|b c BC|man MB|n b NB|newfoundland NL|nfld NL|labrador NL|n s NS|ont ON|p e i PE|pei PE|que QC|pq QC|sask SK|yukon territory YT|yk YT|nwt NT|colombie britannique BC|nouveau brunswick NB|nouvelle ecosse NS|terre neuve et labrador NL|ile du prince edouard PE|territoires du nord ouest NT",
};

/** Names and codes that other countries use too, so they place nobody: Georgia, and codes of Australian states and territories. */
const SHARED = new Set([
  "georgia",
  "ga",
  "wa",
  "nt",
  "sa",
  "as",
  "pr",
  "puerto rico",
  "gu",
  "guam",
  "vi",
  "virgin islands",
  "mp",
  "american samoa",
]);

function tableOf(country: "US" | "CA"): Map<string, string> {
  const table = new Map<string, string>();
  for (const entry of (country === "US" ? US : CANADA).split("|")) {
    const code = entry.slice(0, 2);
    table.set(code.toLowerCase(), code);
    table.set(labelWords(entry.slice(3)), code);
  }
  for (const entry of ALIASES[country].split("|")) table.set(entry.slice(0, -3), entry.slice(-2));
  return table;
}

const STATES: Record<"US" | "CA", Map<string, string>> = { US: tableOf("US"), CA: tableOf("CA") };
const ISO_PREFIX = /^(us|ca) (?=[a-z]{2}$)/;

/**
 * The two-letter code of a United States state or territory or a Canadian province from its code, name or usual abbreviation
 * (`California`, `Calif.`, `US-CA`, `Québec`). With `country` (alpha-2) only that country's; without, whichever knows it. Null elsewhere.
 */
export function stateCode(raw: string, country?: string): string | null {
  const words = labelWords(raw);
  const prefix = ISO_PREFIX.exec(words)?.[1];
  const where = prefix === undefined ? country : prefix.toUpperCase();
  const name = prefix === undefined ? words : words.slice(3);
  if (country !== undefined && where !== country) return null;
  if (where === "US" || where === "CA") return STATES[where].get(name) ?? null;
  return where === undefined ? (STATES.US.get(name) ?? STATES.CA.get(name) ?? null) : null;
}

/**
 * The country that a state cell implies: `US` or `CA` for a two-letter code or full name that only one of them (and no Australian state) uses.
 * Other countries' provinces share two-letter codes (`MI` is Milan, `SC` Santa Catarina), so the caller decides whether its list is North
 * American and has no country column before believing this.
 */
export function countryOfState(raw: string): "US" | "CA" | null {
  const words = labelWords(raw);
  const prefix = ISO_PREFIX.exec(words)?.[1];
  if (prefix !== undefined) {
    const country = prefix === "us" ? "US" : "CA";
    return STATES[country].has(words.slice(3)) ? country : null;
  }
  if (SHARED.has(words)) return null;
  const american = STATES.US.has(words);
  return american === STATES.CA.has(words) ? null : american ? "US" : "CA";
}
