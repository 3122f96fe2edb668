/** Lines of business that rules speak of; `other` is a known industry outside them, `unknown` none known. */
export type Vertical =
  | "manufacturing"
  | "retail"
  | "wholesale"
  | "hospitality"
  | "healthcare"
  | "construction"
  | "education"
  | "public_admin"
  | "transport"
  | "professional"
  | "information"
  | "finance"
  | "other"
  | "unknown";

/** NAICS-2022 sectors (US Census Bureau), three of which span several two-digit codes, and the vertical of each. */
const SECTORS: readonly (readonly [sector: string, vertical: Vertical])[] = [
  ["11", "other"],
  ["21", "other"],
  ["22", "other"],
  ["23", "construction"],
  ["31-33", "manufacturing"],
  ["42", "wholesale"],
  ["44-45", "retail"],
  ["48-49", "transport"],
  ["51", "information"],
  ["52", "finance"],
  ["53", "other"],
  ["54", "professional"],
  ["55", "other"],
  ["56", "other"],
  ["61", "education"],
  ["62", "healthcare"],
  ["71", "other"],
  ["72", "hospitality"],
  ["81", "other"],
  ["92", "public_admin"],
];

/** Three-digit subsectors of NAICS-2022; a longer code must begin with one. */
const SUBSECTORS: ReadonlySet<string> = new Set(
  (
    "111 112 113 114 115 211 212 213 221 236 237 238 311 312 313 314 315 316 321 322 323 324 325 326 327 331 332 333 334 335 336 337 339 423 424 425 " +
    "441 444 445 449 455 456 457 458 459 481 482 483 484 485 486 487 488 491 492 493 512 513 516 517 518 519 521 522 523 524 525 531 532 533 541 551 561 562 " +
    "611 621 622 623 624 711 712 713 721 722 811 812 813 814 921 922 923 924 925 926 927 928"
  ).split(" "),
);
/** Subsectors of NAICS-2017 and earlier that 2022 renumbered inside the same sector; lists still carry them. */
const RETIRED_SUBSECTORS: ReadonlySet<string> = new Set("442 443 446 447 448 451 452 453 454 511 515".split(" "));

const sectors = new Map<string, string>();
const verticals = new Map<string, Vertical>();
for (const [sector, vertical] of SECTORS) {
  const [from = 0, to = from] = sector.split("-").map(Number);
  for (let code = from; code <= to; code++) sectors.set(String(code), sector);
  verticals.set(sector, vertical);
}

/** The sector (`31-33`, `52`) of a NAICS code of two to six digits or a sector name; null where no such sector or subsector exists. */
export function naicsSector(code: string): string | null {
  if (verticals.has(code)) return code;
  if (!/^\d{2,6}$/.test(code)) return null;
  const subsector = code.slice(0, 3);
  if (code.length > 2 && !SUBSECTORS.has(subsector) && !RETIRED_SUBSECTORS.has(subsector)) return null;
  return sectors.get(code.slice(0, 2)) ?? null;
}

/** The vertical of a NAICS code or sector; "unknown" where the code is none. */
export function verticalOf(code: string): Vertical {
  const sector = naicsSector(code);
  return sector === null ? "unknown" : (verticals.get(sector) ?? "unknown");
}
