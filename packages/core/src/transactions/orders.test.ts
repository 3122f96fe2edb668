import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderLine } from "../account/facts.ts";
import { incomingLines, shuffled } from "./order-lines.fixture.ts";
import { mergeOrderLines } from "./orders.ts";
import { summarizeOrders } from "./summary.ts";
import type { IncomingLine, StoredOrder } from "./types.ts";

const shop = { list: "shop", version: 1 };
const line = (orderId: string, sku: string | undefined, amount: number): OrderLine => ({
  orderId,
  sku,
  amount,
  status: "placed",
});
const rows = (...lines: OrderLine[]): IncomingLine[] => lines.map((each, i) => ({ row: i + 2, line: each }));
const revenue = (orders: StoredOrder[]): number => summarizeOrders(orders).money[""]?.[2] ?? 0;
const lineCount = (orders: StoredOrder[]): number => orders.flatMap((order) => order.parts.flatMap((part) => part.lines)).length;

describe("mergeOrderLines", () => {
  it("accepts one row of each order, merges the others, and keeps every line", () => {
    fc.assert(
      fc.property(incomingLines, (incoming) => {
        const { orders, classes } = mergeOrderLines([], incoming, shop);
        const accepted = classes.filter((each) => each.class === "accepted").map((each) => each.row);
        expect(classes.map((each) => each.row)).toEqual(incoming.map((each) => each.row));
        expect(accepted.length).toBe(orders.length);
        for (const { row, line: of } of incoming) {
          const first = incoming.find((each) => each.line.orderId === of.orderId)!.row;
          expect(accepted.includes(row)).toBe(row === first);
        }
        expect(lineCount(orders)).toBe(incoming.length);
      }),
    );
  });

  it("does not depend on the order of rows, and the same version again changes nothing", () => {
    fc.assert(
      fc.property(
        incomingLines.chain((incoming) => fc.tuple(fc.constant(incoming), shuffled(incoming))),
        ([incoming, other]) => {
          const once = mergeOrderLines([], incoming, shop);
          expect(JSON.stringify(mergeOrderLines([], other, shop))).toBe(JSON.stringify(once));
          expect(mergeOrderLines(once.orders, other, shop).orders).toEqual(once.orders);
        },
      ),
    );
  });

  it("gives the same orders whichever version or list arrives first", () => {
    fc.assert(
      fc.property(incomingLines, incomingLines, incomingLines, (a, b, c) => {
        const steps = [
          (orders: StoredOrder[]) => mergeOrderLines(orders, a, { list: "shop", version: 1 }).orders,
          (orders: StoredOrder[]) => mergeOrderLines(orders, b, { list: "shop", version: 2 }).orders,
          (orders: StoredOrder[]) => mergeOrderLines(orders, c, { list: "erp", version: 1 }).orders,
        ] as const;
        const forth = steps[2](steps[1](steps[0]([])));
        expect(steps[0](steps[1](steps[2]([])))).toEqual(forth);
        expect(steps[1](steps[2](steps[0]([])))).toEqual(forth);
      }),
    );
  });

  it("adds up a file cut in two inside an order and replaces a corrected line", () => {
    const one = mergeOrderLines([], rows(line("1", "bolt", 100), line("1", "nut", 50)), shop).orders;
    const two = mergeOrderLines(one, rows(line("1", "washer", 7)), { list: "shop", version: 2 }).orders;
    expect(revenue(two)).toBe(157);
    const three = mergeOrderLines(two, rows(line("1", "nut", 60)), { list: "shop", version: 3 }).orders;
    expect(revenue(three)).toBe(167);
    expect(three[0]!.version).toBe(3);
    const late = mergeOrderLines(three, rows(line("1", "nut", 999), line("1", "bolt", 1)), { list: "shop", version: 0 }).orders;
    expect(late).toEqual(three);
  });

  it("keeps equal lines and counts an order that two lists know once", () => {
    const one = mergeOrderLines([], rows(line("1", "bolt", 100), line("1", "bolt", 100)), shop).orders;
    expect(revenue(one)).toBe(200);
    const both = mergeOrderLines(one, rows(line("1", "bolt", 100)), { list: "erp", version: 9 }).orders;
    expect(both.length).toBe(2);
    expect(summarizeOrders(both).orders).toBe(1);
    expect(revenue(both)).toBe(200);
    expect(revenue([...both].reverse())).toBe(200);
  });
});
