import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderLine } from "../account/facts.ts";
import { countOf } from "../base/histogram.ts";
import { dayNumber, dayOf } from "./day-number.ts";
import { incomingLines, shuffled } from "./order-lines.fixture.ts";
import { viewOrders } from "./order-view.ts";
import { mergeOrderLines } from "./orders.ts";
import {
  categoryCount,
  discountShare,
  distinctBuyers,
  distinctShipTo,
  emptyOrderSummary,
  mainCurrencyOf,
  medianUnitsPerLine,
  mergeSummaries,
  orderDays,
  poShare,
  quoteShare,
  returnsShare,
  revenueByCurrency,
  selfServeShare,
  skuCount,
  summarizeOrders,
  termsShare,
  textSignals,
} from "./summary.ts";
import type { IncomingLine, OrderSummary } from "./types.ts";

const summarize = (lines: readonly OrderLine[], list = "shop"): OrderSummary =>
  summarizeOrders(
    mergeOrderLines(
      [],
      lines.map((line, i) => ({ row: i + 2, line })),
      { list, version: 1 },
    ).orders,
  );
const placed = (orderId: string, more: Partial<OrderLine>): OrderLine => ({ orderId, status: "placed", ...more });
const summary = incomingLines.map((incoming) => summarize(incoming.map(({ line }) => line)));

describe("summaries", () => {
  it("do not depend on the order of rows or orders", () => {
    fc.assert(
      fc.property(
        incomingLines.chain((incoming) => fc.tuple(fc.constant(incoming), shuffled(incoming), incomingLines)),
        ([incoming, other, erp]) => {
          const of = (lines: IncomingLine[]) =>
            mergeOrderLines(mergeOrderLines([], lines, { list: "shop", version: 1 }).orders, erp, { list: "erp", version: 1 })
              .orders;
          const expected = JSON.stringify(summarizeOrders(of(incoming)));
          expect(JSON.stringify(summarizeOrders(of(other)))).toBe(expected);
          expect(JSON.stringify(summarizeOrders(of(incoming).reverse()))).toBe(expected);
        },
      ),
    );
  });

  it("merge associatively and commutatively, byte for byte, and with nothing to themselves", () => {
    fc.assert(
      fc.property(summary, summary, summary, (a, b, c) => {
        const text = (value: OrderSummary): string => JSON.stringify(value);
        expect(text(mergeSummaries(a, b))).toBe(text(mergeSummaries(b, a)));
        expect(text(mergeSummaries(mergeSummaries(a, b), c))).toBe(text(mergeSummaries(a, mergeSummaries(b, c))));
        expect(text(mergeSummaries(a, emptyOrderSummary()))).toBe(text(a));
        expect(JSON.parse(text(a))).toEqual(a);
      }),
    );
  });

  it("of separate orders are the sum of their summaries", () => {
    fc.assert(
      fc.property(incomingLines, (incoming) => {
        const lines = incoming.map(({ line }) => line);
        const [some, others] = [lines.filter((line) => line.orderId < "1003"), lines.filter((line) => line.orderId >= "1003")];
        expect(JSON.stringify(mergeSummaries(summarize(some), summarize(others)))).toBe(JSON.stringify(summarize(lines)));
      }),
    );
  });

  it("account for every line and every cent", () => {
    fc.assert(
      fc.property(incomingLines, (incoming) => {
        const lines = incoming.map(({ line }) => line);
        const all = summarize(lines);
        const apart = all.apart;
        const aside = apart === undefined ? 0 : apart.cancelledLines + apart.returnedLines + apart.zeroLines;
        expect(all.lines + aside).toBe(lines.length);
        let days = 0;
        for (const currency in all.money) {
          const undated = all.undated?.[currency] ?? [0, 0, 0];
          const dated = orderDays(all, currency);
          expect(dated.reduce((sum, tuple) => sum + tuple[3], undated[2])).toBe(all.money[currency]![2]);
          expect(dated.reduce((sum, tuple) => sum + tuple[1], undated[0])).toBe(all.money[currency]![0]);
          days += all.money[currency]![0];
        }
        expect(days).toBe(all.orders);
      }),
    );
  });

  it("sum lines of integer amounts as exact integers would", () => {
    const simple = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.integer({ min: 1, max: 2 ** 39 }), fc.integer({ min: 1, max: 99 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(simple, (lines) => {
        const exact = lines.reduce((sum, [, unitPrice, quantity]) => sum + BigInt(unitPrice) * BigInt(quantity), 0n);
        const stated = lines.map(([order, unitPrice, quantity]) =>
          placed(String(order), { currency: "EUR", unitPrice, quantity }),
        );
        fc.pre(exact <= BigInt(Number.MAX_SAFE_INTEGER));
        expect(revenueByCurrency(summarize(stated))).toEqual({ EUR: Number(exact) });
      }),
    );
  });

  it("give exact windows at any asOf", () => {
    const orders = fc.array(fc.tuple(fc.integer({ min: 18_000, max: 20_000 }), fc.integer({ min: 1, max: 1_000_000 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(orders, orders, fc.integer({ min: 17_900, max: 20_800 }), (a, b, asOf) => {
        const home = (prefix: string, list: typeof a): OrderSummary =>
          summarize(list.map(([day, amount], i) => placed(`${prefix}${i}`, { date: dayOf(day), currency: "EUR", amount })));
        const view = viewOrders(mergeSummaries(home("a", a), home("b", b)), asOf);
        const until = [...a, ...b].filter(([day]) => day <= asOf);
        const inside = until.filter(([day]) => day > asOf - 365);
        expect(view.orders).toBe(until.length);
        expect(view.revenue).toBe(until.reduce((sum, [, amount]) => sum + amount, 0));
        expect(view.orders12m).toBe(inside.length);
        expect(view.revenue12m).toBe(inside.reduce((sum, [, amount]) => sum + amount, 0));
        expect(view.days).toEqual([...new Set(until.map(([day]) => day))].sort((x, y) => x - y));
        expect(view.first12m).toBe(inside.length === 0 ? Number.NaN : Math.min(...inside.map(([day]) => day)));
      }),
    );
  });
});

describe("summarizeOrders", () => {
  it("counts the day itself and 364 before it as twelve months", () => {
    const asOf = 20_000;
    const window = (day: number): number => viewOrders(summarize([placed("1", { date: dayOf(day), amount: 7 })]), asOf).orders12m;
    const revenue = (day: number): number =>
      viewOrders(summarize([placed("1", { date: dayOf(day), amount: 7 })]), asOf).revenue12m;
    expect([asOf - 365, asOf - 364, asOf, asOf + 1].map(window)).toEqual([0, 1, 1, 0]);
    expect([asOf - 365, asOf - 364, asOf, asOf + 1].map(revenue)).toEqual([0, 7, 7, 0]);
  });

  it("takes the list whose id sorts first where two lists say as much of an order", () => {
    const of = (list: string, amount: number) =>
      mergeOrderLines([], [{ row: 2, line: placed("1", { amount }) }], { list, version: 1 }).orders;
    expect(summarizeOrders([...of("shop", 5), ...of("erp", 6)]).money[""]).toEqual([1, 1, 6]);
    expect(summarizeOrders([...of("erp", 6), ...of("shop", 5)]).money[""]).toEqual([1, 1, 6]);
  });

  it("takes an order's total where a line has no money, and what is known where there is no total", () => {
    const shopify = [placed("1", { orderTotal: 900, sku: "a" }), placed("1", { sku: "b", amount: 100 })];
    expect(revenueByCurrency(summarize(shopify))).toEqual({ "": 900 });
    expect(revenueByCurrency(summarize([placed("1", { sku: "a" }), placed("1", { sku: "b", amount: 100 })]))).toEqual({
      "": 100,
    });
    const silent = summarize([placed("1", { sku: "a" })]);
    expect(revenueByCurrency(silent)).toEqual({});
    expect(silent.money[""]).toEqual([1, 0, 0]);
  });

  it("keeps cancellations, returns and empty lines apart", () => {
    const all = summarize([
      placed("1", { amount: 1000, currency: "EUR", refunded: 50 }),
      placed("1", { amount: -200, currency: "EUR" }),
      placed("1", { quantity: 0, unitPrice: 5 }),
      { orderId: "2", status: "cancelled", amount: 700 },
      { orderId: "3", status: "returned", amount: 300, currency: "EUR" },
      placed("4", { quantity: -1, unitPrice: 25, currency: "EUR" }),
      placed("5", { orderTotal: 0 }),
    ]);
    expect(all.orders).toBe(1);
    expect(all.money).toEqual({ EUR: [1, 1, 1000] });
    expect(all.apart).toEqual({
      cancelledOrders: 1,
      cancelledLines: 1,
      returnedLines: 3,
      zeroLines: 2,
      returnedAmount: { EUR: 575 },
    });
    expect(returnsShare(all)).toBe(0.75);
  });

  it("counts an order in two currencies once, in the one that most lines name", () => {
    const all = summarize([
      placed("1", { currency: "USD", amount: 10, date: "2024-03-01" }),
      placed("1", { currency: "EUR", amount: 20 }),
      placed("1", { currency: "EUR", amount: 30 }),
      placed("1", { amount: 5 }),
    ]);
    expect(all.money).toEqual({ EUR: [1, 1, 55], USD: [0, 0, 10] });
    expect(mainCurrencyOf(all)).toBe("EUR");
    expect(viewOrders(all, dayNumber("2024-03-05"))).toMatchObject({ orders: 1, orders12m: 1, revenue: 55, currency: "EUR" });
  });

  it("takes the richer statement of an order that two lists know, and its day from the other", () => {
    const erp = mergeOrderLines([], [{ row: 2, line: placed("1", { date: "2024-05-02", orderTotal: 400 }) }], {
      list: "erp",
      version: 1,
    }).orders;
    const lines = [
      placed("1", { sku: "a", quantity: 2, unitPrice: 100 }),
      placed("1", { sku: "b", quantity: 1, unitPrice: 200 }),
    ];
    const both = mergeOrderLines(
      erp,
      lines.map((line, i) => ({ row: i, line })),
      { list: "shop", version: 1 },
    ).orders;
    const all = summarizeOrders(both);
    expect(all.lines).toBe(2);
    expect(orderDays(all, "")).toEqual([[dayNumber("2024-05-02"), 1, 1, 400, 2, 3]]);
  });

  it("reads shares, sketches and signals, null where nothing is stated", () => {
    const nothing = summarize([placed("1", { amount: 5 })]);
    for (const read of [
      discountShare,
      quoteShare,
      poShare,
      termsShare,
      selfServeShare,
      textSignals,
      distinctShipTo,
      distinctBuyers,
      categoryCount,
      skuCount,
    ]) {
      expect(read(nothing)).toBeNull();
    }
    const all = summarize([
      placed("1", {
        amount: 5,
        discount: 0,
        channel: "web",
        paymentTerms: "net 30",
        poNumber: true,
        buyer: "x",
        shipTo: "DE|1|a",
        category: "c",
        quantity: 4,
      }),
      placed("1", { amount: 5, discount: 0.1, text: "custom oem part", shipTo: "DE|2|b", sku: "s", quantity: 10 }),
      placed("2", {
        amount: 5,
        channel: "phone",
        paymentTerms: "card",
        poNumber: false,
        text: "as per quote 7, same day",
        quantity: 0.4,
      }),
      placed("3", { amount: 5, channel: "online" }),
    ]);
    expect(discountShare(all)).toBe(0.5);
    expect(quoteShare(all)).toBeCloseTo(1 / 3);
    expect(poShare(all)).toBe(0.5);
    expect(termsShare(all)).toBe(0.5);
    expect(selfServeShare(all)).toBeCloseTo(2 / 3);
    expect(textSignals(all)).toEqual({ lines: 2, customisation: 1, service: 1, price: 0 });
    expect([distinctShipTo(all), distinctBuyers(all), categoryCount(all), skuCount(all)]).toEqual([2, 1, 1, 1]);
    expect(medianUnitsPerLine(all)).toEqual({ median: 4, lines: 3 });
  });

  it("survives misread columns", () => {
    const all = summarize([
      placed("1", { date: "0000-01-02", quantity: 1e300, amount: 5, currency: "EUR" }),
      placed("2", { date: "soon", amount: 1e300, orderTotal: 0.5, dueAt: "never", paidAt: "2024-01-01" }),
      placed("3", { date: "9999-12-31", quantity: Number.NaN, unitPrice: Number.NaN }),
    ]);
    expect(all.orders).toBe(3);
    expect(revenueByCurrency(all)).toEqual({ EUR: 5 });
    expect(all.unitsPerLine).toBeUndefined();
  });

  it("derives the due day from net terms", () => {
    const terms = { amount: 5, date: "2024-01-01", paymentTerms: "net30" };
    const all = summarize([
      placed("1", { ...terms, paidAt: "2024-02-05" }),
      placed("2", { ...terms, dueAt: "2024-01-10", paidAt: "2024-01-08" }),
      placed("3", terms),
    ]);
    expect(all.daysBeyondDue).toEqual([-2, 1, 5, 1]);
    expect(countOf(all.daysBeyondDue!)).toBe(2);
  });

  it("fits 100 orders of a busy account into 1.5 KB", () => {
    const packs = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 25, 36, 40, 48, 50, 60, 100, 120];
    const lines = Array.from({ length: 300 }, (_, i) =>
      placed(String(i % 100), {
        date: dayOf(19_000 + (i % 100) * 7 + (i % 3)),
        currency: "EUR",
        sku: `sku-${i % 60}`,
        category: `category-${i % 9}`,
        quantity: packs[(i * 37) % packs.length]!,
        unitPrice: 995 + ((i * 7919) % 20_000),
        discount: i % 4 === 0 ? 0.05 : 0,
        channel: i % 5 === 0 ? "phone" : "web",
        paymentTerms: "net 30",
        buyer: `buyer-${i % 6}`,
        shipTo: `DE|${i % 4}|x`,
      }),
    );
    const size = JSON.stringify(summarize(lines)).length;
    expect(size).toBeLessThanOrEqual(1536);
  });
});
