const NAMES: readonly (readonly string[])[] = [
  ["jan", "january", "januar", "jänner", "janvier", "janv", "enero", "ene", "januari"],
  ["feb", "february", "februar", "février", "fevrier", "févr", "fev", "febrero", "februari"],
  ["mar", "march", "märz", "maerz", "mär", "mrz", "mars", "marzo", "maart", "mrt"],
  ["apr", "april", "avril", "avr", "abril", "abr"],
  ["may", "mai", "mayo", "mei"],
  ["jun", "june", "juni", "juin", "junio"],
  ["jul", "july", "juli", "juillet", "juil", "julio"],
  ["aug", "august", "août", "aout", "agosto", "ago", "augustus"],
  ["sep", "sept", "september", "septembre", "septiembre"],
  ["oct", "october", "okt", "oktober", "octobre", "octubre"],
  ["nov", "november", "novembre", "noviembre"],
  ["dec", "december", "dez", "dezember", "décembre", "decembre", "déc", "dic", "diciembre"],
];

/** Lower-case month names and abbreviations (en, de, fr, es, nl) -> 1..12. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.map((name): [string, number] => [name, index + 1])),
);
