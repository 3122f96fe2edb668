/** What a place is among those of its company. */
export const LOCATION_TYPES = ["headquarters", "branch", "single"] as const;
export type LocationType = (typeof LOCATION_TYPES)[number];

/** Words of headers' languages for each; compared without accents, case and punctuation. */
const WORDS: Readonly<Record<LocationType, string>> = {
  headquarters:
    "headquarters|headquarter|hq|global hq|global headquarters|regional hq|head office|main office|corporate headquarters|corporate office|hauptsitz|zentrale|hauptniederlassung|stammhaus|siege|siege social|sede|sede central|sede principal|casa matriz|hoofdkantoor|hoofdvestiging",
  branch:
    "branch|branch office|branch location|division|division location|satellite|satellite office|regional office|store|plant|niederlassung|zweigniederlassung|filiale|zweigstelle|werk|etablissement|etablissement secondaire|succursale|agence|sucursal|delegacion|nevenvestiging|filiaal|bijkantoor",
  single:
    "single|single location|single site|independent|stand alone|standalone|single entity|einzelstandort|einziger standort|site unique|etablissement unique|sede unica|ubicacion unica|enige vestiging|enkele vestiging",
};

const TYPES: ReadonlyMap<string, LocationType> = new Map(
  LOCATION_TYPES.flatMap((type) => WORDS[type].split("|").map((word): [string, LocationType] => [word, type])),
);

/** `Headquarters`, `Branch`, `Single Location` (also de, fr, es, nl); undefined for anything else. */
export function parseLocationType(raw: string): LocationType | undefined {
  const words = raw
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return TYPES.get(words);
}
