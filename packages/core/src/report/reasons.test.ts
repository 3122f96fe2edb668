import { expect, test } from "vitest";
import type { Contribution } from "../icp/score.ts";
import { reasonsOf, reasonWords } from "./reasons.ts";

const contribution = (rule: string, dimension: string, points: number, more: Partial<Contribution> = {}): Contribution => ({
  rule,
  dimension,
  attribute: rule,
  value: "x",
  points,
  low: points,
  high: points,
  origin: "observed",
  ...more,
});

test("the largest come first, at most two of one dimension while others speak", () => {
  const contributions = [
    contribution("a", "firmographic", 14),
    contribution("b", "firmographic", 13),
    contribution("c", "firmographic", 12),
    contribution("d", "transactional", 3),
  ];
  expect(reasonsOf({ contributions }).map(({ what }) => what)).toEqual(["a", "b", "d"]);
  expect(reasonsOf({ contributions: contributions.slice(0, 3) }).map(({ what }) => what)).toEqual(["a", "b", "c"]);
});

test("estimates and what gave nothing are no reasons", () => {
  const contributions = [
    contribution("a", "f", 9, { origin: "unknown", value: null }),
    contribution("b", "f", 0),
    contribution("c", "f", 1),
  ];
  expect(reasonsOf({ contributions }).map(({ what }) => what)).toEqual(["c"]);
});

test("converted money names its currency", () => {
  expect(reasonWords(contribution("annual-revenue", "f", 7, { attribute: "revenueUsd", value: 81_640_000 }))).toEqual({
    what: "annual revenue",
    value: "81.6 m USD",
    points: 7,
  });
});
