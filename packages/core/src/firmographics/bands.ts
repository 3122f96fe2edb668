/** Employee bands as LinkedIn and People Data Labs print them; [lo, hi] inclusive. */
export const EMPLOYEE_BANDS = [
  { id: "1-10", lo: 1, hi: 10 },
  { id: "11-50", lo: 11, hi: 50 },
  { id: "51-200", lo: 51, hi: 200 },
  { id: "201-500", lo: 201, hi: 500 },
  { id: "501-1000", lo: 501, hi: 1_000 },
  { id: "1001-5000", lo: 1_001, hi: 5_000 },
  { id: "5001-10000", lo: 5_001, hi: 10_000 },
  { id: "10001+", lo: 10_001, hi: Number.POSITIVE_INFINITY },
] as const;

/** Size classes by employees, [lo, hi] inclusive; micro, small and medium are the cut-offs of EU Recommendation 2003/361/EC, the rest is ours [design]. */
export const SIZE_CLASSES = [
  { id: "micro", lo: 0, hi: 9 },
  { id: "small", lo: 10, hi: 49 },
  { id: "medium", lo: 50, hi: 249 },
  { id: "large", lo: 250, hi: 999 },
  { id: "enterprise", lo: 1_000, hi: Number.POSITIVE_INFINITY },
] as const;

/** Revenue bands in whole US dollars, lo inclusive, hi exclusive [design]. */
export const REVENUE_BANDS = [
  { id: "<1M", lo: 0, hi: 1e6 },
  { id: "1-10M", lo: 1e6, hi: 1e7 },
  { id: "10-50M", lo: 1e7, hi: 5e7 },
  { id: "50-100M", lo: 5e7, hi: 1e8 },
  { id: "100-250M", lo: 1e8, hi: 2.5e8 },
  { id: "250M-1B", lo: 2.5e8, hi: 1e9 },
  { id: ">1B", lo: 1e9, hi: Number.POSITIVE_INFINITY },
] as const;

export type EmployeeBand = (typeof EMPLOYEE_BANDS)[number]["id"];
export type SizeClass = (typeof SIZE_CLASSES)[number]["id"];
export type RevenueBand = (typeof REVENUE_BANDS)[number]["id"];

/** A count or amount known exactly, or only between two inclusive bounds (hi may be Infinity). */
export type Quantity = number | readonly [lo: number, hi: number];

/** The one band that holds the whole quantity, or "unknown" with every band it may lie in (none where the quantity is unusable). */
export interface Placement<Id extends string> {
  band: Id | "unknown";
  possible: readonly Id[];
}

const NONE: readonly never[] = [];
const UNPLACED: Placement<never> = { band: "unknown", possible: NONE };

function place<Id extends string>(
  bands: readonly { id: Id; lo: number; hi: number }[],
  quantity: Quantity | null,
  least: number,
  hiExclusive: boolean,
): Placement<Id> {
  if (quantity === null) return UNPLACED;
  const lo = typeof quantity === "number" ? quantity : quantity[0];
  const hi = typeof quantity === "number" ? quantity : quantity[1];
  if (!(lo >= least) || !(hi >= lo) || lo === Number.POSITIVE_INFINITY) return UNPLACED;
  const possible: Id[] = [];
  for (const band of bands) {
    const overlaps = hiExclusive ? lo < band.hi && (hi > band.lo || lo === band.lo) : lo <= band.hi && hi >= band.lo;
    if (overlaps) possible.push(band.id);
  }
  const only = possible[0];
  return possible.length === 1 && only !== undefined ? { band: only, possible } : { band: "unknown", possible };
}

/** Whole people: fractions (an export's full-time equivalents) round, never below the least count. */
function people(quantity: Quantity | null): Quantity | null {
  if (quantity === null) return null;
  return typeof quantity === "number" ? Math.round(quantity) : [Math.round(quantity[0]), Math.round(quantity[1])];
}

/** The band of an employee count or range. Zero, negative, NaN and reversed ranges are unusable: 0 employees is a missing answer. */
export function employeeBand(employees: Quantity | null): Placement<EmployeeBand> {
  return place(EMPLOYEE_BANDS, people(employees), 1, false);
}

/** The size class of an employee count or range; "unknown" with the possible classes where a range spans several (`51-200` is medium, `11-50` small or medium). */
export function sizeClass(employees: Quantity | null): Placement<SizeClass> {
  return place(SIZE_CLASSES, people(employees), 1, false);
}

/** The band of an annual revenue in whole US dollars; a range's upper end is its limit (`1M to 10M` is one band). Zero counts as <1M only inside a range: a bare 0 is a missing answer. */
export function revenueBand(usd: Quantity | null): Placement<RevenueBand> {
  return usd === 0 ? UNPLACED : place(REVENUE_BANDS, usd, 0, true);
}
