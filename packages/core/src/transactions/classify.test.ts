import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attributes, CONFIDENCE_CAP } from "../account/attribute.ts";
import type { Deal, OrderLine } from "../account/facts.ts";
import { BaseObserver, type BasePins, emptyPins, pinBase } from "../base/base.ts";
import { classifyTransactions } from "./classify.ts";
import { dayNumber, dayOf } from "./day-number.ts";
import { emptyDealSummary, mergeDeals, summarizeDeals } from "./deals.ts";
import { incomingLines } from "./order-lines.fixture.ts";
import { mergeOrderLines } from "./orders.ts";
import { emptyOrderSummary, summarizeOrders } from "./summary.ts";
import type { DealSummary, OrderSummary } from "./types.ts";

const AS_OF = "2024-12-31";
const summarize = (lines: readonly OrderLine[]): OrderSummary =>
  summarizeOrders(
    mergeOrderLines(
      [],
      lines.map((line, i) => ({ row: i + 2, line })),
      { list: "shop", version: 1 },
    ).orders,
  );
const ago = (days: number): string => dayOf(dayNumber(AS_OF) - days);
const every = (days: readonly number[], more: Partial<OrderLine> = {}): OrderLine[] =>
  days.map((day, i) => ({
    orderId: String(i),
    status: "placed",
    date: ago(day),
    currency: "EUR",
    quantity: 2,
    unitPrice: 50_000,
    ...more,
  }));
const deals = (list: readonly Deal[]): DealSummary =>
  summarizeDeals(
    mergeDeals(
      [],
      list.map((deal, i) => ({ row: i, deal })),
      { list: "crm", version: 1 },
    ).deals,
  );
const values = (cells: Attributes): Record<string, unknown> =>
  Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name.replace("transactions.", ""), cell!.value]));
const none = emptyPins(AS_OF);

function base(): BasePins {
  const observer = new BaseObserver();
  for (let i = 0; i < 50; i++) {
    observer.observe(
      summarize(every([10 + i * 12, 40 + i * 12].slice(0, 1 + (i % 2)), { unitPrice: 2000 * (i + 1), quantity: i + 1 })),
      AS_OF,
    );
  }
  return pinBase(observer.build(), AS_OF);
}

describe("classifyTransactions", () => {
  it("says nothing without evidence", () => {
    expect(classifyTransactions(null, null, base(), AS_OF)).toEqual({});
    expect(classifyTransactions(emptyOrderSummary(), emptyDealSummary(), base(), AS_OF)).toEqual({});
    expect(classifyTransactions(summarize(every([-5])), null, base(), AS_OF)).toEqual({});
  });

  it("describes a monthly buyer", () => {
    const lines = every([370, 340, 310, 280, 250, 220, 190, 160, 130, 100, 70, 40, 10], {
      paymentTerms: "net 30",
      category: "tools",
      channel: "web",
    });
    const cells = classifyTransactions(summarize(lines), null, none, AS_OF);
    expect(values(cells)).toEqual({
      orders: 13,
      revenue: 1_300_000,
      currency: "EUR",
      firstOrderAt: ago(370),
      lastOrderAt: ago(10),
      orders12m: 12,
      revenue12m: 1_200_000,
      clv: 1_200_000,
      cadence: "recurring",
      usageFrequency: "monthly",
      loyalty: "loyal",
      nextOrderBy: expect.any(String),
      aov: 100_000,
      aovBand: "500-5k",
      categories: 1,
      paymentTerms: "net30",
      channel: "self_serve_online",
    });
    expect(cells["transactions.revenue12m"]).toEqual({
      value: 1_200_000,
      confidence: 1,
      method: "observed",
      source: "rule:transactions.revenue12m@1",
      asOf: AS_OF,
      evidence: ["revenue12m 12,000 EUR (12 orders)"],
      expiresAt: ago(340 - 365),
    });
    expect(cells["transactions.loyalty"]!.evidence![0]).toMatch(
      /^last order 10 days ago \(at risk after 65, lapsed after 142\); 13 order days/,
    );
  });

  it("abstains where a fact is missing, and only there", () => {
    const undated = classifyTransactions(summarize([{ orderId: "1", status: "placed", amount: 500 }]), null, none, AS_OF);
    expect(values(undated)).toEqual({ orders: 1, revenue: 500, aov: 500 });
    const unpriced = classifyTransactions(summarize([{ orderId: "1", status: "placed", date: ago(3) }]), null, none, AS_OF);
    expect(values(unpriced)).toEqual({
      orders: 1,
      firstOrderAt: ago(3),
      lastOrderAt: ago(3),
      orders12m: 1,
      cadence: "one_off",
      loyalty: "new",
    });
    const cancelled = classifyTransactions(summarize([{ orderId: "1", status: "cancelled" }]), null, none, AS_OF);
    expect(values(cancelled)).toEqual({ orders: 0, cadence: "none", loyalty: "prospect" });
  });

  it("widens the window count by orders without a date", () => {
    const lines = [...every([10, 20]), { orderId: "x", status: "placed", currency: "EUR", amount: 100 } as const];
    const cells = classifyTransactions(summarize(lines), null, none, AS_OF);
    expect(cells["transactions.orders12m"]).toMatchObject({ value: 2, range: [2, 3], confidence: 0.667 });
    expect(cells["transactions.cadence"]).toBeUndefined();
  });

  it("moves a silent buyer from loyal to at risk to lapsed exactly when the cells expire", () => {
    const summary = summarize(every([120, 90, 60, 30, 0]));
    let day = AS_OF;
    const seen: unknown[] = [];
    for (let step = 0; step < 3; step++) {
      const cell = classifyTransactions(summary, null, none, day)["transactions.loyalty"]!;
      seen.push(cell.value);
      if (cell.expiresAt === undefined) break;
      const before = dayOf(dayNumber(cell.expiresAt) - 1);
      expect(classifyTransactions(summary, null, none, before)["transactions.loyalty"]!.value).toBe(cell.value);
      day = cell.expiresAt;
    }
    expect(seen).toEqual(["loyal", "at_risk", "lapsed"]);
  });

  it("places an account in the fifths of its base", () => {
    const pins = base();
    const best = values(
      classifyTransactions(summarize(every([5, 30, 60, 90], { unitPrice: 90_000, quantity: 90 })), null, pins, AS_OF),
    );
    expect(best).toMatchObject({ recency: 5, frequency: 5, monetary: 5, rfm: "champions", aovQuintile: 5, bulkBuyer: "yes" });
    const worst = values(classifyTransactions(summarize(every([890], { unitPrice: 10, quantity: 1 })), null, pins, AS_OF));
    expect(worst).toMatchObject({ recency: 1, monetary: 1, rfm: "lost", aovQuintile: 1 });
    expect(worst.bulkBuyer).toBeUndefined();
    const dollars = values(classifyTransactions(summarize(every([5], { currency: "USD" })), null, pins, AS_OF));
    expect(dollars).toMatchObject({ recency: 5 });
    expect(Object.keys(dollars)).not.toContain("rfm");
  });

  it("reads terms, payment and channel", () => {
    const paid = (late: number): Partial<OrderLine> => ({
      paymentTerms: "net30",
      dueAt: ago(50),
      paidAt: ago(50 - late),
      channel: "EDI",
    });
    const behaviour = (late: number): unknown => {
      const cells = classifyTransactions(summarize(every([100, 90, 80], paid(late))), null, none, AS_OF);
      return cells["transactions.paymentBehaviour"]?.value;
    };
    expect([-3, 0, 1, 15, 16, 30, 31].map(behaviour)).toEqual([
      "early",
      "on_time",
      "late_1_15",
      "late_1_15",
      "late_16_30",
      "late_16_30",
      "late_30_plus",
    ]);
    const two = [
      ...every([9], { channel: "web" }),
      ...every([8], { channel: "phone" }).map((line) => ({ ...line, orderId: "z" })),
    ];
    expect(values(classifyTransactions(summarize(two), null, none, AS_OF))).toMatchObject({ channel: "mixed" });
  });

  it("gives no absolute band to currencies that it cannot compare", () => {
    const yen = values(classifyTransactions(summarize(every([5], { currency: "JPY" })), null, none, AS_OF));
    expect(yen.aov).toBe(100_000);
    expect(yen.aovBand).toBeUndefined();
  });

  it("describes deals", () => {
    const won = (id: string, days: number): Deal => ({
      dealId: id,
      outcome: "won",
      createdAt: ago(100),
      closedAt: ago(100 - days),
      amount: 200_000,
      currency: "EUR",
    });
    const open: Deal = { dealId: "o", outcome: "open", createdAt: ago(45), amount: 900_000, currency: "EUR" };
    const summary = deals([
      won("1", 20),
      won("2", 30),
      won("3", 25),
      { dealId: "4", outcome: "lost", lostReason: "price" },
      open,
    ]);
    const cells = classifyTransactions(null, summary, none, AS_OF);
    expect(values(cells)).toEqual({
      "deals.won": 3,
      "deals.lost": 1,
      "deals.open": 1,
      "deals.winRate": 0.75,
      "deals.medianCycleDays": 25,
      "deals.openAmount": 900_000,
      "deals.wonAmount": 600_000,
      "deals.currency": "EUR",
      "deals.lastWonAt": ago(70),
      "deals.medianOpenAgeDays": 45,
      "deals.lostOnPriceShare": 1,
    });
    const [low, high] = cells["deals.winRate"]!.range as [number, number];
    expect(low).toBeLessThan(0.75);
    expect(high).toBeGreaterThan(0.75);
    expect(classifyTransactions(null, deals([won("1", 20), won("2", 30)]), none, AS_OF)["deals.winRate"]).toBeUndefined();
  });

  it("gives sound cells for whatever the lists say", () => {
    const pins = base();
    fc.assert(
      fc.property(incomingLines, fc.integer({ min: 18_900, max: 21_000 }), (incoming, number) => {
        const asOf = dayOf(number);
        const cells = classifyTransactions(summarize(incoming.map(({ line }) => line)), null, pins, asOf);
        for (const [name, cell] of Object.entries(cells)) {
          expect(name).toMatch(/^transactions\.[a-zA-Z0-9]+$/);
          expect(cell!.confidence).toBeGreaterThanOrEqual(0);
          expect(cell!.confidence).toBeLessThanOrEqual(CONFIDENCE_CAP[cell!.method]);
          expect(cell!.value === "" || Number.isNaN(cell!.value)).toBe(false);
          expect(cell!.evidence![0]).not.toMatch(/NaN|undefined|null|Infinity/);
          expect(cell!.asOf).toBe(asOf);
          if (cell!.expiresAt !== undefined) expect(cell!.expiresAt > asOf).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("does not change before a cell expires, as far as the orders are known", () => {
    const pins = base();
    const days = fc.uniqueArray(fc.nat({ max: 900 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 1500 }), (list, later) => {
        const summary = summarize(every(list));
        const now = classifyTransactions(summary, null, pins, AS_OF);
        const then = classifyTransactions(summary, null, pins, dayOf(dayNumber(AS_OF) + later));
        for (const [name, cell] of Object.entries(now)) {
          const expires = cell!.expiresAt;
          if (expires === undefined || expires > dayOf(dayNumber(AS_OF) + later))
            expect([name, then[name]?.value]).toEqual([name, cell!.value]);
        }
      }),
      { numRuns: 400 },
    );
  });
});
