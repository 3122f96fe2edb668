import { expect, it } from "vitest";
import type { Attributes, Cell } from "../account/attribute.ts";
import { roleGaps } from "./role-gaps.ts";

const cell = (value: Cell["value"]): Cell => ({
  value,
  confidence: 1,
  method: "derived",
  source: "rule:test",
  asOf: "2026-03-31",
});
const gaps = (band: string | null, roles?: string[]) => {
  const attributes: Attributes = {};
  if (band !== null) attributes["decision.band"] = cell(band);
  if (roles) attributes["contacts.roles"] = cell(roles);
  return roleGaps(attributes);
};

it("names the roles that a decision of that kind needs and nobody known has", () => {
  expect(gaps("simple")).toEqual(["decider"]);
  expect(gaps("simple", ["decider"])).toEqual([]);
  expect(gaps("coordinated", ["user", "gatekeeper"])).toEqual(["decider", "economic_buyer", "technical_evaluator"]);
  expect(gaps("enterprise", ["decider"])).toEqual(["user", "economic_buyer", "technical_evaluator", "buyer", "legal_compliance"]);
});

it("asks for no more than the simplest decision that it may be needs", () => {
  const attributes: Attributes = { "decision.dmci": { ...cell(56), range: [38, 74] } };
  expect(roleGaps(attributes)).toEqual(["decider", "user"]);
});

it("does not know whom an unknown kind of decision needs", () => {
  expect(gaps(null, ["decider"])).toBeNull();
  expect(gaps("unknown")).toBeNull();
});
