import { type Attributes, asInterval, type Interval } from "../account/attribute.ts";
import { type AccountEvidence, numberOf, textOf } from "../needs/evidence.ts";
import { wonDealRoles } from "../transactions/deal-summary.ts";
import { distinctBuyers } from "../transactions/summary.ts";
import { COMMITTEE_NOISE, COMMITTEE_PRIOR, COMMITTEE_VAGUE, SIZE_CLASS_EMPLOYEES, VALUE_FACTORS } from "./config.ts";
import type { Estimate } from "./estimate.ts";
import { inUnits, type LogBelief, type LogObservation, learned, NO_BOUNDS, priorOf, updateBelief } from "./log-estimate.ts";
import type { TypicalValue } from "./typical-value.ts";

interface Prior {
  belief: LogBelief;
  /** What the prior alone says; shared by all accounts of the class. */
  alone: Estimate;
}

const CLASSES = COMMITTEE_PRIOR.length;
const NO_FACTOR = VALUE_FACTORS.length;

/** Priors by lowest and highest size class and value factor, made once. */
const PRIORS: readonly Prior[] = buildPriors();
const VAGUE: LogBelief = priorOf(COMMITTEE_VAGUE);

/**
 * How many people have a say in a typical order: prior by employees and order value, updated by distinct roles on won deals, by the
 * contacts with a buying role (else decision makers) that the CRM counts, and by distinct buyers in orders; distinct buying roles among
 * known contacts are a lower bound, associated contacts an upper one. Null where neither the size nor anything else is known.
 */
export function committeeOf(input: AccountEvidence, value: TypicalValue | null): Estimate | null {
  const prior = committeePrior(input.attributes, value);
  const { attributes, orders, deals, contacts } = input;
  if (
    orders === null &&
    deals === null &&
    contacts === null &&
    attributes.buyingRoles === undefined &&
    attributes.decisionMakers === undefined &&
    attributes.associatedContacts === undefined
  ) {
    return prior === null ? null : prior.alone;
  }
  const evidence: string[] = [];
  const observations = observe(input, evidence);
  const lower = contacts === null ? 0 : buyingRoles(contacts.roles);
  const upper = numberOf(attributes, "associatedContacts") ?? 0;
  if (prior === null && observations.length === 0) return null;
  if (observations.length === 0 && lower < 2 && upper < 1) return prior!.alone;
  if (lower >= 2) evidence.push(`${lower} buying roles among known contacts: at least about as many`);
  if (upper >= 1) evidence.push(`${upper} associated contacts: hardly more`);
  const before = prior?.belief ?? VAGUE;
  const bounds =
    lower >= 2 || upper >= 1
      ? { lower: lower >= 2 ? Math.log(lower) : null, upper: upper >= 1 ? Math.log(upper) : null }
      : NO_BOUNDS;
  const after = updateBelief(before, observations, bounds);
  const { value: people, low, high } = inUnits(after, 1);
  if (prior !== null) evidence.push(...prior.alone.evidence);
  if (value !== null && prior !== null) evidence.push(value.text);
  const share = learned(before, after);
  if (observations.length === 0)
    return { value: people, low, high, confidence: prior!.alone.confidence, method: "prior", evidence };
  return { value: people, low, high, confidence: (prior === null ? 0.2 : 0.4) + 0.4 * share, method: "derived", evidence };
}

function committeePrior(attributes: Attributes, value: TypicalValue | null): Prior | null {
  let employees: Interval | null = null;
  const cell = attributes.employees;
  if (cell !== undefined) employees = asInterval(cell.value);
  if (employees === null) {
    const size = textOf(attributes, "sizeClass");
    employees = size === null ? null : (SIZE_CLASS_EMPLOYEES[size] ?? null);
    if (employees === null) return null;
  }
  const [from, to] = employees;
  const low = classAt(from ?? 0);
  // The upper end of a band ("11-50") belongs to the class below it.
  const high = to === null ? CLASSES - 1 : Math.max(low, from !== null && to > from ? classAt(to - 1) : classAt(to));
  return PRIORS[(low * CLASSES + high) * (NO_FACTOR + 1) + (value === null ? NO_FACTOR : factorAt(value.amount))]!;
}

function classAt(employees: number): number {
  let at = CLASSES - 1;
  while (at > 0 && employees < COMMITTEE_PRIOR[at]!.from) at--;
  return at;
}

function factorAt(amount: number): number {
  let at = 0;
  while (amount >= VALUE_FACTORS[at]![0]) at++;
  return at;
}

function observe({ attributes, orders, deals }: AccountEvidence, evidence: string[]): LogObservation[] {
  const observations: LogObservation[] = [];
  const { between, perDeal, stated, buyers } = COMMITTEE_NOISE;
  const roles = deals === null ? null : wonDealRoles(deals);
  if (roles !== null && roles.roles > 0) {
    const mean = roles.roles / roles.deals;
    observations.push({ log: Math.log(mean), sd: Math.sqrt(between ** 2 + perDeal ** 2 / roles.deals) });
    evidence.push(`${Number(mean.toFixed(1))} roles on a won deal (${roles.deals} ${roles.deals === 1 ? "deal" : "deals"})`);
  }
  // A CRM counts zero where nobody filled the roles in: no observation.
  const withRole = numberOf(attributes, "buyingRoles") ?? 0;
  const deciding = numberOf(attributes, "decisionMakers") ?? 0;
  if (withRole >= 1) {
    observations.push({ log: Math.log(withRole), sd: stated });
    evidence.push(`${withRole} contacts with a buying role`);
  } else if (deciding >= 1) {
    observations.push({ log: Math.log(deciding), sd: stated });
    evidence.push(`${deciding} decision makers`);
  }
  const people = orders === null ? null : distinctBuyers(orders);
  if (people !== null && people > 0) {
    observations.push({ log: Math.log(people), sd: buyers });
    evidence.push(`${people} distinct ${people === 1 ? "buyer" : "buyers"} in ${orders!.orders} orders`);
  }
  return observations;
}

/** Distinct roles among known contacts that have a say; a gatekeeper has none. */
function buyingRoles(roles: Readonly<Record<string, number>>): number {
  let count = 0;
  for (const role in roles) if (role !== "gatekeeper" && role !== "blocker") count++;
  return count;
}

function buildPriors(): Prior[] {
  const priors: Prior[] = [];
  for (let low = 0; low < CLASSES; low++) {
    for (let high = 0; high < CLASSES; high++) {
      for (let factor = 0; factor <= NO_FACTOR; factor++)
        priors.push(spanned(Math.min(low, high), high, VALUE_FACTORS[factor]?.[1] ?? 1));
    }
  }
  return priors;
}

/** One class as its table row says; several as one belief from the lowest low to the highest high around the middle of their middles. */
function spanned(low: number, high: number, factor: number): Prior {
  const rows = COMMITTEE_PRIOR.slice(low, high + 1);
  const beliefs = rows.map((row) => priorOf(row.prior));
  const mid = beliefs.reduce((sum, each) => sum + each.mid, 0) / beliefs.length;
  const shifted = Math.max(0, mid + Math.log(factor));
  const belief = {
    mid: shifted,
    down: mid - Math.min(...beliefs.map((each) => each.mid - each.down)),
    up: Math.max(...beliefs.map((each) => each.mid + each.up)) - mid,
  };
  const label = low === high ? rows[0]!.label : `${rows[0]!.label} to ${rows.at(-1)!.label}`;
  const { value, low: from, high: to } = inUnits(belief, 1);
  const evidence = [`companies of ${label} employees: ${value} (${from}-${to})${factor === 1 ? "" : `, order value x${factor}`}`];
  return { belief, alone: { value, low: from, high: to, confidence: 0.4 / Math.min(2, rows.length), method: "prior", evidence } };
}
