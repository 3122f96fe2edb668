import { expect, test } from "vitest";
import type { Cell } from "./attribute.ts";
import { domainCellOf } from "./domain-cell.ts";

const cell = (value: string): Cell => ({ value, confidence: 1, method: "observed", source: "l#2", asOf: "2026-01-01" });

test.each([
  ["a stated domain", { domain: cell("acme.example"), emailDomain: cell("other.example"), name: cell("Acme") }, "acme.example"],
  ["an e-mail domain without a name", { emailDomain: cell("acme.example") }, "acme.example"],
  ["an e-mail domain that the name agrees with", { emailDomain: cell("acme.example"), name: cell("Acme GmbH") }, "acme.example"],
  ["an e-mail domain of somebody else", { emailDomain: cell("acme.example"), name: cell("Studio Nord") }, undefined],
  ["nothing", { name: cell("Acme") }, undefined],
])("%s", (_, attributes, expected) => {
  expect(domainCellOf(attributes)?.value).toBe(expected);
});
