import { type Attributes, type Cell, CONFIDENCE_CAP, type Day } from "../account/attribute.ts";
import type { AccountEvidence } from "../needs/evidence.ts";
import type { ContactSummary } from "../personas/types.ts";
import { committeeOf } from "./committee.ts";
import { COMMITTEE_BANDS, CYCLE_BANDS } from "./config.ts";
import { cycleOf } from "./cycle.ts";
import { complexity } from "./dmci.ts";
import { bandOf, type Estimate, type Verdict } from "./estimate.ts";
import { formalityOf } from "./formality.ts";
import { structureOf } from "./structure.ts";
import { typicalValue } from "./typical-value.ts";

/**
 * Adds to `into` what can be said about how the account decides (TAXONOMY 4.4 and 4.6); what cannot has no cell:
 * `decision.committeeSize` and `decision.cycleDays` (whole people and days, `range` the 80 % interval), `decision.committeeBand`,
 * `decision.cycleBand`, `decision.structure`, `decision.centralised` (boolean), `decision.formality`, `decision.departments` (list),
 * `decision.dmci` (0..100, `range` from the ends of the inputs) and `decision.band`. Where only the size or value prior speaks, the
 * method is `prior` and the confidence at most .4. Answers `into`.
 */
export function classifyDecision(input: AccountEvidence, into: Attributes): Attributes {
  const { asOf, contacts } = input;
  const value = typicalValue(input);
  const committee = committeeOf(input, value);
  const cycle = cycleOf(input, value);
  const formality = formalityOf(input);
  const structure = structureOf(input);

  if (committee !== null) {
    into["decision.committeeSize"] = estimated(committee, "rule:committee", asOf);
    into["decision.committeeBand"] = banded(committee, bandOf(COMMITTEE_BANDS, committee.value, true), "rule:committee", asOf);
  }
  if (cycle !== null) {
    into["decision.cycleDays"] = estimated(cycle, "rule:cycle", asOf);
    into["decision.cycleBand"] = banded(cycle, bandOf(CYCLE_BANDS, cycle.value, true), "rule:cycle", asOf);
  }
  if (formality !== null) into["decision.formality"] = decided(formality, "rule:formality", asOf);
  if (structure !== null) {
    if (structure.structure !== null) into["decision.structure"] = decided(structure.structure, "rule:structure", asOf);
    if (structure.centralised !== null) into["decision.centralised"] = decided(structure.centralised, "rule:structure", asOf);
  }
  if (contacts !== null) addDepartments(contacts, into, asOf);
  if (cycle !== null || formality !== null || structure !== null) {
    addComplexity(committee, cycle, formality, structure?.structure ?? null, into, asOf);
  }
  return into;
}

function addComplexity(
  committee: Estimate | null,
  cycle: Estimate | null,
  formality: ReturnType<typeof formalityOf>,
  structure: NonNullable<ReturnType<typeof structureOf>>["structure"],
  into: Attributes,
  asOf: Day,
): void {
  const found = complexity({ committee, cycle, formality: formality?.value ?? null, structure: structure?.value ?? null });
  if (found === null) return;
  const evidence: string[] = [];
  let least = 1;
  for (const estimate of [committee, cycle, formality, structure])
    if (estimate !== null) least = Math.min(least, estimate.confidence);
  evidence.push(
    committee === null ? "people unknown" : `${committee.value} people (${committee.low}-${committee.high})`,
    cycle === null ? "days unknown" : `${cycle.value} days (${cycle.low}-${cycle.high})`,
    formality === null ? "formality unknown" : formality.value,
    structure === null ? "structure unknown" : structure.value,
  );
  const prior = formality === null && structure === null && committee?.method !== "derived" && cycle?.method !== "derived";
  const method = prior ? "prior" : "derived";
  // What is not known of the weight is not known of the index.
  const confidence = Math.min(CONFIDENCE_CAP[method], least * found.known);
  const source = "rule:dmci";
  into["decision.dmci"] = { value: found.value, confidence, method, source, asOf, range: [found.low, found.high], evidence };
  if (found.band !== null) into["decision.band"] = { value: found.band, confidence, method, source, asOf, evidence };
}

const DEPARTMENT_ORDER = ["procurement", "finance", "it", "operations", "legal", "executive"] as const;

function addDepartments({ departments, roles, placed, people }: ContactSummary, into: Attributes, asOf: Day): void {
  const value: string[] = DEPARTMENT_ORDER.filter((department) => departments[department] !== undefined);
  if (roles.user !== undefined) value.push("user_dept");
  if (value.length === 0) return;
  into["decision.departments"] = {
    value,
    confidence: CONFIDENCE_CAP.mapped * 0.9,
    method: "mapped",
    source: "rule:departments",
    asOf,
    evidence: [`titles of ${placed} of ${people} contacts`],
  };
}

function estimated({ value, low, high, confidence, method, evidence }: Estimate, source: string, asOf: Day): Cell {
  return { value, confidence, method, source, asOf, range: [low, high], evidence };
}

function banded({ confidence, method, evidence }: Estimate, value: string, source: string, asOf: Day): Cell {
  return { value, confidence, method, source, asOf, evidence };
}

function decided({ value, confidence, evidence }: Verdict<string | boolean>, source: string, asOf: Day): Cell {
  return { value, confidence, method: "derived", source, asOf, evidence };
}
