import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deal } from "../account/facts.ts";
import { dayNumber, dayOf } from "./day-number.ts";
import { lostOnPriceShare, mainAmountCurrency, openAges, typicalWonAmount, wonCycleDays, wonDealRoles } from "./deal-summary.ts";
import { emptyDealSummary, mergeDealSummaries, mergeDeals, summarizeDeals } from "./deals.ts";
import { shuffled } from "./order-lines.fixture.ts";
import type { DealSummary, IncomingDeal, StoredDeal } from "./types.ts";

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const day = fc.integer({ min: 19_000, max: 19_900 }).map(dayOf);
const deal: fc.Arbitrary<Deal> = fc.record({
  dealId: fc.constantFrom("d1", "d2", "d3", "d4"),
  stage: optional(fc.constantFrom("demo", "quote")),
  outcome: fc.constantFrom("open", "won", "lost"),
  amount: optional(fc.integer({ min: 0, max: 5_000_000 })),
  currency: optional(fc.constantFrom("EUR", "USD")),
  createdAt: optional(day),
  closedAt: optional(day),
  lostReason: optional(fc.constantFrom("price", "went dark", "??")),
  roles: optional(fc.subarray(["champion", "decider", "buyer"])),
});
const incomingDeals: fc.Arbitrary<IncomingDeal[]> = fc
  .array(deal, { maxLength: 10 })
  .map((deals) => deals.map((each, i) => ({ row: i + 2, deal: each })));
const crm = { list: "crm", version: 1 };
const stored = (...deals: Deal[]): StoredDeal[] => deals.map((each) => ({ ...crm, dealId: each.dealId, deal: each }));
const summary = incomingDeals.map((incoming) => summarizeDeals(mergeDeals([], incoming, crm).deals));

describe("mergeDeals", () => {
  it("accepts one row of each deal and does not depend on the order of rows", () => {
    fc.assert(
      fc.property(
        incomingDeals.chain((incoming) => fc.tuple(fc.constant(incoming), shuffled(incoming))),
        ([incoming, other]) => {
          const { deals, classes } = mergeDeals([], incoming, crm);
          expect(JSON.stringify(mergeDeals([], other, crm))).toBe(JSON.stringify({ deals, classes }));
          expect(classes.length).toBe(incoming.length);
          expect(classes.filter((each) => each.class === "accepted").length).toBe(deals.length);
          expect(mergeDeals(deals, other, crm).deals).toEqual(deals);
        },
      ),
    );
  });

  it("lets the higher version stand, whichever arrives first, and leaves other lists alone", () => {
    fc.assert(
      fc.property(incomingDeals, incomingDeals, incomingDeals, (a, b, c) => {
        const erp = mergeDeals([], c, { list: "erp", version: 1 }).deals;
        const forth = mergeDeals(mergeDeals(erp, a, crm).deals, b, { list: "crm", version: 2 }).deals;
        const back = mergeDeals(mergeDeals(erp, b, { list: "crm", version: 2 }).deals, a, crm).deals;
        expect(back).toEqual(forth);
        expect(forth.filter((each) => each.list !== "crm")).toEqual(erp);
        const latest = forth.filter((each) => each.list === "crm" && each.version >= 2);
        expect(latest).toEqual(mergeDeals([], b, { list: "crm", version: 2 }).deals);
      }),
    );
  });

  it("joins the rows of one deal: the closed one decides, roles add up, nothing is counted twice", () => {
    const rows: Deal[] = [
      { dealId: "1", outcome: "open", stage: "quote", amount: 100, createdAt: "2024-01-01", roles: ["buyer"] },
      { dealId: "1", outcome: "won", amount: 100, closedAt: "2024-03-01", roles: ["decider", "buyer"] },
    ];
    const { deals } = mergeDeals(
      [],
      rows.map((each, i) => ({ row: i, deal: each })),
      crm,
    );
    expect(deals).toEqual(
      stored({
        dealId: "1",
        outcome: "won",
        stage: "quote",
        amount: 100,
        createdAt: "2024-01-01",
        closedAt: "2024-03-01",
        roles: ["buyer", "decider"],
      }),
    );
  });
});

describe("deal summaries", () => {
  it("merge associatively and commutatively, byte for byte, and with nothing to themselves", () => {
    fc.assert(
      fc.property(summary, summary, summary, (a, b, c) => {
        const text = (value: DealSummary): string => JSON.stringify(value);
        expect(text(mergeDealSummaries(a, b))).toBe(text(mergeDealSummaries(b, a)));
        expect(text(mergeDealSummaries(mergeDealSummaries(a, b), c))).toBe(text(mergeDealSummaries(a, mergeDealSummaries(b, c))));
        expect(text(mergeDealSummaries(a, emptyDealSummary()))).toBe(text(a));
        expect(JSON.parse(text(a))).toEqual(a);
      }),
    );
  });

  it("count every deal once with its money, and are the sum of the summaries of separate deals", () => {
    fc.assert(
      fc.property(incomingDeals, (incoming) => {
        const { deals } = mergeDeals([], incoming, crm);
        const all = summarizeDeals(deals);
        expect(all.won.deals + all.lost.deals + all.open.deals).toBe(deals.length);
        for (const outcome of ["won", "lost", "open"] as const) {
          const exact = deals.reduce(
            (sum, { deal: each }) => sum + BigInt(each.outcome === outcome ? (each.amount ?? 0) : 0),
            0n,
          );
          expect(BigInt(Object.values(all[outcome].amount).reduce((sum, [, amount]) => sum + amount, 0))).toBe(exact);
        }
        const merged = mergeDealSummaries(summarizeDeals(deals.slice(0, 2)), summarizeDeals(deals.slice(2)));
        expect(JSON.stringify(merged)).toBe(JSON.stringify(all));
        expect(JSON.stringify(summarizeDeals([...deals].reverse()))).toBe(JSON.stringify(all));
      }),
    );
  });

  it("count a deal that two lists know once, closed before open", () => {
    const open: StoredDeal = {
      dealId: "1",
      list: "a",
      version: 1,
      deal: { dealId: "1", outcome: "open", amount: 5, stage: "demo" },
    };
    const won: StoredDeal = { dealId: "1", list: "b", version: 1, deal: { dealId: "1", outcome: "won" } };
    expect(summarizeDeals([open, won])).toMatchObject({ won: { deals: 1 }, open: { deals: 0 } });
    expect(summarizeDeals([won, open])).toEqual(summarizeDeals([open, won]));
  });

  it("give cycles, roles, ages, reasons and amounts, null where nothing is stated", () => {
    const none = summarizeDeals(stored({ dealId: "1", outcome: "won" }));
    for (const read of [wonCycleDays, wonDealRoles, lostOnPriceShare, typicalWonAmount]) expect(read(none)).toBeNull();
    expect(openAges(none, 20_000)).toEqual([]);
    const all = summarizeDeals(
      stored(
        {
          dealId: "1",
          outcome: "won",
          createdAt: "2024-01-01",
          closedAt: "2024-01-21",
          amount: 1000,
          currency: "EUR",
          roles: ["a", "b"],
        },
        {
          dealId: "2",
          outcome: "won",
          createdAt: "2024-02-01",
          closedAt: "2024-02-11",
          amount: 3000,
          currency: "EUR",
          roles: ["a"],
        },
        { dealId: "3", outcome: "won", createdAt: "2024-05-01", closedAt: "2024-04-01" },
        { dealId: "4", outcome: "lost", lostReason: "Too expensive", closedAt: "2024-03-03" },
        { dealId: "5", outcome: "lost", lostReason: "ghosted" },
        { dealId: "6", outcome: "open", createdAt: "2024-06-01", amount: 700, currency: "USD" },
        { dealId: "7", outcome: "open", createdAt: "2024-06-01", amount: 900, currency: "USD" },
        { dealId: "8", outcome: "open", createdAt: "2024-09-01" },
      ),
    );
    expect(wonCycleDays(all)).toEqual({ median: 10, low: 10, high: 20, deals: 2 });
    expect(wonDealRoles(all)).toEqual({ roles: 3, deals: 2 });
    expect(typicalWonAmount(all)).toEqual({ amount: 2000, currency: "EUR", deals: 2 });
    expect(lostOnPriceShare(all)).toBe(0.5);
    expect(openAges(all, dayNumber("2024-07-01"))).toEqual([30, 30]);
    expect(all.largestOpen).toEqual({ USD: 900 });
    expect(mainAmountCurrency(all.open)).toBe("USD");
    expect([all.lastWon, all.lastLost].map((number) => dayOf(number!))).toEqual(["2024-04-01", "2024-03-03"]);
  });
});
