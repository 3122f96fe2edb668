import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AliasRow, RANK, type Rank, VOUCHER, type VoucherRank } from "../account/item.ts";
import { redirectOf } from "./redirect.ts";

const alias = (target: string, rank: VoucherRank, countries: string[] = [""], list = "l"): AliasRow => ({
  key: "k",
  target,
  list,
  version: 1,
  rank,
  countries,
});
const ask = (
  aliases: AliasRow[],
  country: string | null = null,
  siblings: Array<{ id: string; country: string }> = [],
  own: AliasRow[] = [],
): string | null => redirectOf({ id: "self", isName: country !== null, country: country ?? "", aliases, own, siblings }).target;

describe("what a person decided and what names say", () => {
  const domain = alias("d1", RANK.domain);
  const person = (target: string): AliasRow => alias(target, VOUCHER.person);
  const similar = (target: string): AliasRow => alias(target, VOUCHER.similar);

  test.each([
    ["a decision goes before every key", [domain], [person("p")], "p"],
    ["a decision for itself keeps it alone, whatever keys say", [domain], [person("self")], null],
    ["a similar name joins what no key has joined", [], [similar("s")], "s"],
    ["a key goes before a similar name", [domain], [similar("s")], "d1"],
    ["two similar names join nothing", [], [similar("s"), similar("t")], null],
    ["of two decisions the first in text order counts", [], [person("q"), person("p")], "p"],
    ["a decision of another rank among the keys is no key", [person("p")], [], null],
  ])("%s", (_, aliases, own, expected) => {
    expect(ask(aliases, null, [], own)).toBe(expected);
  });
});

describe("a key that is no name", () => {
  test.each([
    ["nobody vouches", [], null],
    ["one company", [alias("d1", RANK.domain)], "d1"],
    ["the same company from two lists", [alias("d1", RANK.domain, [""], "a"), alias("d1", RANK.domain, [""], "b")], "d1"],
    ["two companies of one rank", [alias("d1", RANK.domain), alias("d2", RANK.domain)], null],
    ["a stronger key outranks a weaker one", [alias("n1", RANK.name), alias("d1", RANK.domain)], "d1"],
    ["itself", [alias("self", RANK.domain)], null],
  ])("%s", (_, aliases, expected) => {
    expect(ask(aliases)).toBe(expected);
  });
});

describe("a name", () => {
  test.each([
    ["same country", [alias("d1", RANK.domain, ["DE"])], "DE", [], "d1"],
    ["other country", [alias("d1", RANK.domain, ["US"])], "DE", [], null],
    ["company of no country", [alias("d1", RANK.domain, [""])], "DE", [], "d1"],
    ["one in the country, one of no country", [alias("d1", RANK.domain, ["DE"]), alias("d2", RANK.domain, [""])], "DE", [], "d1"],
    ["two in the country", [alias("d1", RANK.domain, ["DE"]), alias("d2", RANK.domain, ["DE"])], "DE", [], null],
    ["no country, one company", [alias("d1", RANK.domain, ["US"])], "", [], "d1"],
    ["no country, two companies", [alias("d1", RANK.domain, ["US"]), alias("d2", RANK.domain, ["DE"])], "", [], null],
    ["no country, one namesake", [], "", [{ id: "n-de", country: "DE" }], "n-de"],
    [
      "no country, two namesakes",
      [],
      "",
      [
        { id: "n-de", country: "DE" },
        { id: "n-us", country: "US" },
      ],
      null,
    ],
    ["a country does not join a namesake", [], "DE", [{ id: "n", country: "" }], null],
    ["source ids vouch for no name", [alias("s", RANK.source)], "", [], null],
  ])("%s", (_, aliases, country, siblings, expected) => {
    expect(ask(aliases, country, siblings)).toBe(expected);
  });
});

test("depends on the set of vouchers alone", () => {
  const vouchers = fc.array(
    fc.record({
      target: fc.constantFrom("a", "b", "c"),
      rank: fc.constantFrom<Rank>(RANK.linkedin, RANK.domain, RANK.registration),
      countries: fc.uniqueArray(fc.constantFrom("", "DE", "US"), { minLength: 1 }),
      list: fc.constantFrom("l1", "l2"),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(vouchers, fc.constantFrom(null, "", "DE"), fc.infiniteStream(fc.nat()), (rows, country, order) => {
      // A target has one rank: it is the kind of its key.
      const ranks = new Map(rows.map((row) => [row.target, row.rank]));
      const aliases = rows.map((row) => alias(row.target, ranks.get(row.target)!, row.countries, row.list));
      const other = aliases
        .map((each) => ({ each, at: order.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ each }) => each);
      expect(ask(other, country)).toBe(ask(aliases, country));
      expect(ask([...aliases, ...aliases], country)).toBe(ask(aliases, country));
    }),
  );
});
