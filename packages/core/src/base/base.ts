import type { Day } from "../account/attribute.ts";
import { MIN_BASE_ACCOUNTS } from "../transactions/config.ts";
import { dayNumber } from "../transactions/day-number.ts";
import { viewOrders } from "../transactions/order-view.ts";
import { addCounts, keysOf, sortedRecord } from "../transactions/records.ts";
import type { Cuts } from "../transactions/rfm.ts";
import { medianUnitsPerLine } from "../transactions/summary.ts";
import type { OrderSummary } from "../transactions/types.ts";
import { countOf, type Histogram, HistogramBuilder, mergeHistograms, quantile } from "./histogram.ts";

/** What a partition's accounts look like as of one day, as mergeable JSON. Money by currency, minor units. */
export interface BaseSketch {
  v: 1;
  accounts: number;
  /** Whatever else the caller counts, e.g. `sizeClass.medium`. */
  counts: Record<string, number>;
  /** One value for each account with a dated order: days since the last; orders of all time. */
  recency: Histogram;
  frequency: Histogram;
  /** One value for each account with known money: revenue of all time; average order value; revenue of 12 months where positive. */
  monetary: Record<string, Histogram>;
  aov: Record<string, Histogram>;
  revenue12m: Record<string, Histogram>;
  /** The median units per line of each account that states quantities. */
  unitsPerLine: Histogram;
}

/** The cut points of the base that classify and score read: immutable and dated. Absent = fewer than `MIN_BASE_ACCOUNTS` to cut. */
export interface BasePins {
  readonly v: 1;
  readonly asOf: Day;
  readonly accounts: number;
  /** Accounts with a dated order. */
  readonly n: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Of days since the last order. */
  readonly recency?: Cuts;
  /** Of orders of all time. */
  readonly frequency?: Cuts;
  /** By currency, minor units: of revenue of all time, of the average order value. */
  readonly monetary: Readonly<Record<string, Cuts>>;
  readonly aov: Readonly<Record<string, Cuts>>;
  /** By currency, minor units. */
  readonly medianAov: Readonly<Record<string, number>>;
  readonly medianRevenue12m: Readonly<Record<string, number>>;
  readonly unitsPerLineMedian?: number;
  readonly unitsPerLineP75?: number;
}

/** Collects the {@link BaseSketch} of one partition; the result does not depend on the order of the accounts. */
export class BaseObserver {
  #accounts = 0;
  readonly #counts: Record<string, number> = {};
  readonly #recency = new HistogramBuilder();
  readonly #frequency = new HistogramBuilder();
  readonly #monetary = new Map<string, HistogramBuilder>();
  readonly #aov = new Map<string, HistogramBuilder>();
  readonly #revenue12m = new Map<string, HistogramBuilder>();
  readonly #unitsPerLine = new HistogramBuilder();

  /** Counts one account; all accounts of a base with the same `asOf`. */
  observe(orders: OrderSummary | null, asOf: Day): void {
    this.#accounts++;
    if (orders === null || orders.orders === 0) return;
    const view = viewOrders(orders, dayNumber(asOf));
    if (view.days.length > 0) {
      this.#recency.add(view.asOf - view.days[view.days.length - 1]!);
      this.#frequency.add(view.orders);
    }
    if (view.priced > 0) {
      addTo(this.#monetary, view.currency, view.revenue);
      addTo(this.#aov, view.currency, Math.round(view.revenue / view.priced));
      if (view.revenue12m > 0) addTo(this.#revenue12m, view.currency, view.revenue12m);
    }
    const units = medianUnitsPerLine(orders);
    if (units !== null) this.#unitsPerLine.add(units.median);
  }

  /** Counts under a name of the caller's. */
  count(name: string, times = 1): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + times;
  }

  /** The sketch of everything observed so far. */
  build(): BaseSketch {
    return {
      v: 1,
      accounts: this.#accounts,
      counts: sortedRecord(this.#counts),
      recency: this.#recency.build(),
      frequency: this.#frequency.build(),
      monetary: built(this.#monetary),
      aov: built(this.#aov),
      revenue12m: built(this.#revenue12m),
      unitsPerLine: this.#unitsPerLine.build(),
    };
  }
}

/** The sketch of the accounts of both: associative and commutative, byte for byte. */
export function mergeSketches(a: BaseSketch, b: BaseSketch): BaseSketch {
  return {
    v: 1,
    accounts: a.accounts + b.accounts,
    counts: addCounts(a.counts, b.counts),
    recency: mergeHistograms(a.recency, b.recency),
    frequency: mergeHistograms(a.frequency, b.frequency),
    monetary: mergeByCurrency(a.monetary, b.monetary),
    aov: mergeByCurrency(a.aov, b.aov),
    revenue12m: mergeByCurrency(a.revenue12m, b.revenue12m),
    unitsPerLine: mergeHistograms(a.unitsPerLine, b.unitsPerLine),
  };
}

/** The cut points of a whole base as of the day on which it was observed. */
export function pinBase(sketch: BaseSketch, asOf: Day): BasePins {
  const enoughUnits = countOf(sketch.unitsPerLine) >= MIN_BASE_ACCOUNTS;
  const recency = cutsOf(sketch.recency);
  const frequency = cutsOf(sketch.frequency);
  return deepFreeze({
    v: 1,
    asOf,
    accounts: sketch.accounts,
    n: countOf(sketch.recency),
    counts: { ...sketch.counts },
    ...(recency === null ? {} : { recency }),
    ...(frequency === null ? {} : { frequency }),
    monetary: byCurrency(sketch.monetary, cutsOf),
    aov: byCurrency(sketch.aov, cutsOf),
    medianAov: byCurrency(sketch.aov, medianOf),
    medianRevenue12m: byCurrency(sketch.revenue12m, medianOf),
    ...(enoughUnits
      ? { unitsPerLineMedian: quantile(sketch.unitsPerLine, 0.5)!, unitsPerLineP75: quantile(sketch.unitsPerLine, 0.75)! }
      : {}),
  });
}

/** The base of nobody, in which every quintile abstains. */
export function emptyPins(asOf: Day): BasePins {
  return pinBase(new BaseObserver().build(), asOf);
}

/**
 * Whether accounts that nothing else touched keep their classes and scores from one base to the other: every cut point and median is the
 * same. The day and the counts may differ (what the clock changes, `expiresAt` of the cells says).
 */
export function basePinsEqual(a: BasePins, b: BasePins): boolean {
  return JSON.stringify(cutPoints(a)) === JSON.stringify(cutPoints(b));
}

function cutPoints(pins: BasePins): unknown[] {
  const { recency, frequency, monetary, aov, medianAov, medianRevenue12m, unitsPerLineMedian, unitsPerLineP75 } = pins;
  const records = [monetary, aov, medianAov, medianRevenue12m].map((record) => sortedRecord<Record<string, unknown>>(record));
  return [recency, frequency, unitsPerLineMedian, unitsPerLineP75, ...records];
}

function cutsOf(histogram: Histogram): Cuts | null {
  if (countOf(histogram) < MIN_BASE_ACCOUNTS) return null;
  return [quantile(histogram, 0.2)!, quantile(histogram, 0.4)!, quantile(histogram, 0.6)!, quantile(histogram, 0.8)!];
}

function medianOf(histogram: Histogram): number | null {
  return countOf(histogram) < MIN_BASE_ACCOUNTS ? null : quantile(histogram, 0.5);
}

function byCurrency<T>(histograms: Record<string, Histogram>, read: (histogram: Histogram) => T | null): Record<string, T> {
  const pins: Record<string, T> = {};
  for (const currency of Object.keys(histograms).sort()) {
    const pin = read(histograms[currency]!);
    if (pin !== null) pins[currency] = pin;
  }
  return pins;
}

function mergeByCurrency(a: Record<string, Histogram>, b: Record<string, Histogram>): Record<string, Histogram> {
  const merged: Record<string, Histogram> = {};
  for (const currency of keysOf(a, b)) merged[currency] = mergeHistograms(a[currency] ?? [], b[currency] ?? []);
  return merged;
}

function addTo(histograms: Map<string, HistogramBuilder>, currency: string, value: number): void {
  let histogram = histograms.get(currency);
  if (histogram === undefined) {
    histogram = new HistogramBuilder();
    histograms.set(currency, histogram);
  }
  histogram.add(value);
}

function built(histograms: Map<string, HistogramBuilder>): Record<string, Histogram> {
  const record: Record<string, Histogram> = {};
  for (const currency of [...histograms.keys()].sort()) record[currency] = histograms.get(currency)!.build();
  return record;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
