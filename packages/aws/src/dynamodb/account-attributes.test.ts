import type { AccountItem } from "@bullseye/core/account/item";
import { byRank } from "@bullseye/core/queries/accounts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { descending, listingKeys, wantedOfRow, wantRow, wantsCell } from "./account-attributes.ts";

const show = { name: null, domain: null, country: null, industry: null, employees: null, revenue: null };
const account = (id: string, result: Partial<NonNullable<AccountItem["result"]>>): AccountItem => ({
  ...{ v: 1, id, groups: [] },
  result: { score: 1, low: 0, high: 2, tier: "A", segments: [], audiences: [], show, asOf: "2026-11-20", ...result },
});

describe("the listing index", () => {
  test("sorts as accounts are ranked, exactly", () => {
    const score = fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 }));
    fc.assert(
      fc.property(score, score, fc.constantFrom("a", "b"), fc.constantFrom("a", "b"), (one, other, id, otherId) => {
        const first = `${descending(one)}${id}`;
        const second = `${descending(other)}${otherId}`;
        const rank = byRank({ id, score: one }, { id: otherId, score: other });
        expect(Math.sign(first < second ? -1 : first > second ? 1 : 0)).toBe(Math.sign(rank) + 0);
      }),
    );
  });

  test("holds the best tiers alone", () => {
    expect(listingKeys(account("00f", { tier: "A", score: 3 }))).toEqual({ lp: { S: "A#f" }, ls: { S: `${descending(3)}00f` } });
    expect(listingKeys(account("00f", { tier: "C" }))).toEqual({});
    expect(listingKeys({ v: 1, id: "00f", groups: [] })).toEqual({});
  });
});

describe("what planning reads of an account", () => {
  test("is nothing where no audience wants it", () => {
    expect(wantsCell(account("a", {}))).toEqual({});
    expect(wantsCell({ v: 1, id: "a", groups: [] })).toEqual({});
  });

  test("is told apart by platform, and by the account's id where a platform knows no member", () => {
    const item = account("a1", {
      ...{ audiences: ["large", "small"], blocked: ["new: no-consent"], suppressed: "asked" },
      members: { linkedin: ["a1", "p1"], elsewhere: ["k2", "p2"] },
    });
    const cell = wantsCell(item).w!.S!;
    const base = { id: "a1", audiences: ["large", "small"], blocked: ["new: no-consent"], suppressed: ["other"] };
    expect(wantedOfRow(wantRow("a1", cell, "linkedin"))).toEqual({ ...base, key: "a1", fingerprint: "p1" });
    expect(wantedOfRow(wantRow("a1", cell, "elsewhere"))).toEqual({ ...base, key: "k2", fingerprint: "p2" });
    expect(wantedOfRow(wantRow("a1", cell, "else"))).toEqual({ ...base, key: "a1", fingerprint: null });
  });
});
