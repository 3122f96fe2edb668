import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, dayOf } from "../transactions/day-number.ts";
import { mergeOrderLines } from "../transactions/orders.ts";
import { summarizeOrders } from "../transactions/summary.ts";
import type { OrderSummary } from "../transactions/types.ts";
import { BaseObserver, type BaseSketch, basePinsEqual, emptyPins, mergeSketches, pinBase } from "./base.ts";
import { HISTOGRAM_RELATIVE_ERROR } from "./histogram.ts";

const AS_OF = "2024-12-31";
const account = (days: readonly number[], amount: number, currency = "EUR", quantity = 1): OrderSummary => {
  const incoming = days.map((day, i) => ({
    row: i + 2,
    line: {
      orderId: String(i),
      status: "placed" as const,
      date: dayOf(dayNumber(AS_OF) - day),
      currency,
      quantity,
      unitPrice: amount,
    },
  }));
  return summarizeOrders(mergeOrderLines([], incoming, { list: "shop", version: 1 }).orders);
};
const summary = fc
  .tuple(
    fc.uniqueArray(fc.nat({ max: 900 }), { maxLength: 6 }),
    fc.integer({ min: 1, max: 900_000 }),
    fc.constantFrom("EUR", "USD"),
  )
  .map(([days, amount, currency]) => (days.length === 0 ? null : account(days, amount, currency)));
const sketchOf = (accounts: ReadonlyArray<OrderSummary | null>): BaseSketch => {
  const observer = new BaseObserver();
  for (const each of accounts) {
    observer.observe(each, AS_OF);
    observer.count(each === null ? "orders.none" : "orders.some");
  }
  return observer.build();
};

describe("sketches", () => {
  it("merge to the sketch of all accounts, in any order and grouping, byte for byte", () => {
    const accounts = fc.array(summary, { maxLength: 12 });
    fc.assert(
      fc.property(accounts, accounts, accounts, (x, y, z) => {
        const [a, b, c] = [x, y, z].map(sketchOf) as [BaseSketch, BaseSketch, BaseSketch];
        const all = JSON.stringify(sketchOf([...z, ...y, ...x]));
        expect(JSON.stringify(mergeSketches(mergeSketches(a, b), c))).toBe(all);
        expect(JSON.stringify(mergeSketches(c, mergeSketches(b, a)))).toBe(all);
        expect(JSON.stringify(JSON.parse(all))).toBe(all);
      }),
    );
  });
});

describe("pins", () => {
  const accounts = Array.from({ length: 100 }, (_, i) =>
    account(i % 2 === 0 ? [i * 3] : [i * 3, i * 3 + 40], 1000 * (i + 1), "EUR", i + 1),
  );

  it("cut the base where the values of nearest rank lie, within the error of the histogram", () => {
    const pins = pinBase(sketchOf([...accounts, null]), AS_OF);
    const near = (answer: number, exact: number): void => {
      expect(Math.abs(answer - exact)).toBeLessThanOrEqual(exact * HISTOGRAM_RELATIVE_ERROR);
    };
    expect(pins).toMatchObject({ accounts: 101, n: 100, asOf: AS_OF, counts: { "orders.none": 1, "orders.some": 100 } });
    for (const [i, rank] of [20, 40, 60, 80].entries()) near(pins.recency![i]!, (rank - 1) * 3);
    expect(pins.frequency).toEqual([1, 1, 2, 2]);
    near(pins.medianAov.EUR!, 50 * 1000 * 50);
    near(pins.unitsPerLineMedian!, 50);
    near(pins.unitsPerLineP75!, 75);
  });

  it("abstain below twenty accounts, currency by currency", () => {
    const few = pinBase(sketchOf([...accounts.slice(0, 19), null, null]), AS_OF);
    expect(few).toEqual({ ...emptyPins(AS_OF), accounts: 21, n: 19, counts: { "orders.none": 2, "orders.some": 19 } });
    const dollars = Array.from({ length: 5 }, () => account([3], 50, "USD"));
    const mixed = pinBase(sketchOf([...accounts.slice(0, 20), ...dollars]), AS_OF);
    expect(Object.keys(mixed.monetary)).toEqual(["EUR"]);
    expect(mixed.recency).toBeDefined();
  });

  it("are equal while the cut points are, whatever the day and the counts", () => {
    const pins = pinBase(sketchOf(accounts), AS_OF);
    const later = pinBase(sketchOf([...accounts, null]), "2025-01-01");
    expect(later).not.toEqual(pins);
    expect(basePinsEqual(pins, later)).toBe(true);
    const grown = pinBase(sketchOf([...accounts, ...Array.from({ length: 60 }, () => account([1], 9_000_000))]), AS_OF);
    expect(basePinsEqual(pins, grown)).toBe(false);
    expect(basePinsEqual(pins, { ...pins, aov: { EUR: [1, 2, 3, 4] } })).toBe(false);
    expect(basePinsEqual(pins, { ...pins, monetary: {} })).toBe(false);
    expect(basePinsEqual(pins, { ...pins, unitsPerLineP75: 1 })).toBe(false);
    expect(basePinsEqual(JSON.parse(JSON.stringify(pins)), pins)).toBe(true);
  });

  it("cannot be changed", () => {
    const pins = pinBase(sketchOf(accounts), AS_OF);
    expect(Object.isFrozen(pins) && Object.isFrozen(pins.recency) && Object.isFrozen(pins.monetary.EUR)).toBe(true);
  });
});
