import { asInterval } from "../account/attribute.ts";
import { type AccountEvidence, numberOf, PROCUREMENT_SOFTWARE, textOf, wordsOf } from "../needs/evidence.ts";
import { distinctBuyers, distinctShipTo } from "../transactions/summary.ts";
import { STRUCTURE, type STRUCTURE_SCORE } from "./config.ts";
import type { Verdict } from "./estimate.ts";

export type Structure = keyof typeof STRUCTURE_SCORE;
export const STRUCTURES = ["owner_led", "centralized", "center_led", "decentralized"] as const satisfies readonly Structure[];

/** The classes that buy in one place. TAXONOMY 4.4, "Seed mapping". */
export const CENTRALISED: ReadonlySet<Structure> = new Set(["owner_led", "centralized", "center_led"]);

/** Points of one signal for each class, in the order of {@link STRUCTURES}. */
export interface StructureSignal {
  id: string;
  /** Whether a CRM alone can show it, without orders. */
  crm: boolean;
  points: readonly [ownerLed: number, centralized: number, centerLed: number, decentralized: number];
}

/**
 * Who may commit spend: points of TAXONOMY 4.4 [design], mended where its box says so. "Nobody in procurement" counts only where three
 * contacts or more have a known department, finance or operations among them. `procurement-one-place` is added, so that CRM signals reach
 * `centralized`. A sole owner or manager counts only where the company is not known to be large: of a large one, one contact is a gap.
 */
export const STRUCTURE_SIGNALS = [
  { id: "small-without-procurement", crm: true, points: [3, 0, 0, 0] },
  { id: "procurement-head", crm: true, points: [0, 2, 2, 0] },
  { id: "procurement-one-place", crm: true, points: [0, 2, 0, 0] },
  { id: "procurement-across-countries", crm: true, points: [0, 0, 3, 0] },
  { id: "procurement-software", crm: true, points: [0, 1, 3, 0] },
  { id: "one-buyer-many-places", crm: false, points: [0, 2, 1, 0] },
  { id: "many-buyers-by-card", crm: false, points: [0, 0, 0, 3] },
  { id: "many-sites-without-procurement", crm: true, points: [0, 0, 0, 2] },
  { id: "franchise-or-holding", crm: true, points: [0, 0, 0, 3] },
  { id: "government", crm: true, points: [0, 2, 1, 0] },
  { id: "sole-leader", crm: true, points: [2, 0, 0, 0] },
] as const satisfies readonly StructureSignal[];

export type StructureSignalId = (typeof STRUCTURE_SIGNALS)[number]["id"];

/** The decision over a set of signals: the structure where one class leads by the margin, and whether buying is centralised. */
export interface StructureVerdict {
  structure: Structure | null;
  /** Follows the structure; where that is open, the sum of the three centralised classes against decentralised decides by the margin. */
  centralised: boolean | null;
  /** Lead over the runner-up, or of the deciding sum. */
  structureLead: number;
  centralisedLead: number;
}

const POINTS: ReadonlyMap<StructureSignalId, readonly number[]> = new Map(
  STRUCTURE_SIGNALS.map(({ id, points }) => [id, points]),
);

/** Adds up signals and decides. Pure: the order does not matter. */
export function decideStructure(signals: Iterable<StructureSignalId>): StructureVerdict {
  const totals = [0, 0, 0, 0];
  for (const id of signals) {
    const points = POINTS.get(id)!;
    for (let i = 0; i < totals.length; i++) totals[i]! += points[i]!;
  }
  let top = 0;
  for (let i = 1; i < totals.length; i++) if (totals[i]! > totals[top]!) top = i;
  let second = 0;
  for (let i = 0; i < totals.length; i++) if (i !== top && totals[i]! > second) second = totals[i]!;
  const structureLead = totals[top]! - second;
  const structure = structureLead >= STRUCTURE.margin ? STRUCTURES[top]! : null;
  const lead = totals[0]! + totals[1]! + totals[2]! - totals[3]!;
  const centralised =
    structure !== null ? CENTRALISED.has(structure) : lead >= STRUCTURE.margin ? true : lead <= -STRUCTURE.margin ? false : null;
  return { structure, centralised, structureLead, centralisedLead: structure !== null ? structureLead : Math.abs(lead) };
}

/** Structure and the binary question for an account; null where the signals do not decide. */
export function structureOf(
  input: AccountEvidence,
): { structure: Verdict<Structure> | null; centralised: Verdict<boolean> | null } | null {
  const { attributes, orders, contacts } = input;
  if (
    contacts === null &&
    orders === null &&
    attributes.ownership === undefined &&
    attributes.technologies === undefined &&
    attributes.keywords === undefined &&
    attributes.description === undefined
  ) {
    return null;
  }
  const signals: StructureSignalId[] = [];
  const evidence: string[] = [];
  readContacts(input, signals, evidence);
  readOrders(input, signals, evidence);
  readAttributes(input, signals, evidence);
  if (signals.length === 0) return null;
  const { structure, centralised, structureLead, centralisedLead } = decideStructure(signals);
  return {
    structure: structure === null ? null : { value: structure, confidence: sureness(structureLead), evidence },
    centralised: centralised === null ? null : { value: centralised, confidence: sureness(centralisedLead), evidence },
  };
}

/** A lead of two is .5, every further point .1, at most the cap of derived values. [design] */
function sureness(lead: number): number {
  return Math.min(0.8, (3 + lead) / 10);
}

function readContacts({ attributes, contacts }: AccountEvidence, signals: StructureSignalId[], evidence: string[]): void {
  if (contacts === null || contacts.people === 0) return;
  const { departments, placed, people, leaders, procurementHeads, procurementCountries } = contacts;
  const buyers = departments.procurement ?? 0;
  const employees = asInterval(attributes.employees?.value);
  const most = employees === null ? null : (employees[1] ?? Number.POSITIVE_INFINITY);
  const none = buyers === 0 && placed >= STRUCTURE.minPlaced && (departments.finance ?? 0) + (departments.operations ?? 0) > 0;

  if (none && most !== null && (employees![0] ?? 0) < STRUCTURE.smallEmployees && most <= STRUCTURE.smallEmployees) {
    signals.push("small-without-procurement");
    evidence.push(`at most ${most} employees, nobody of ${placed} contacts in procurement`);
  }
  if (procurementHeads > 0) {
    signals.push("procurement-head");
    evidence.push(`${procurementHeads} ${procurementHeads === 1 ? "head" : "heads"} of procurement among the contacts`);
  }
  const countries = procurementCountries === undefined ? 0 : Object.keys(procurementCountries).length;
  if (buyers >= 2 && countries === 1) {
    signals.push("procurement-one-place");
    evidence.push(`${buyers} people in procurement, all in one country`);
  }
  if (buyers >= 3 && countries >= 2) {
    signals.push("procurement-across-countries");
    evidence.push(`${buyers} people in procurement in ${countries} countries`);
  }
  const sites = numberOf(attributes, "sites");
  if (none && sites !== null && sites >= STRUCTURE.manySites) {
    signals.push("many-sites-without-procurement");
    evidence.push(`${sites} sites, nobody of ${placed} contacts in procurement`);
  }
  if (people === 1 && leaders === 1 && (most === null ? contacts.seniorities.owner === 1 : most < STRUCTURE.leaderEmployees)) {
    signals.push("sole-leader");
    evidence.push("the only contact runs the company");
  }
}

function readOrders({ orders }: AccountEvidence, signals: StructureSignalId[], evidence: string[]): void {
  if (orders === null) return;
  const buyers = distinctBuyers(orders);
  const places = distinctShipTo(orders);
  if (buyers === 1 && places !== null && places >= STRUCTURE.manyPlaces) {
    signals.push("one-buyer-many-places");
    evidence.push(`one buyer orders for ${places} places`);
  }
  const { terms } = orders;
  if (buyers !== null && buyers >= STRUCTURE.manyBuyers && terms !== undefined) {
    let all = 0;
    for (const name in terms) all += terms[name as keyof typeof terms] ?? 0;
    if ((terms.card ?? 0) >= STRUCTURE.cardShare * all) {
      signals.push("many-buyers-by-card");
      evidence.push(`${buyers} buyers, ${terms.card} of ${all} orders by card`);
    }
  }
}

const LOOSE = /\b(?:franchis\w*|cooperative|co-operative|genossenschaft|coopérative|cooperativa|holding)\b/;

function readAttributes({ attributes, orders }: AccountEvidence, signals: StructureSignalId[], evidence: string[]): void {
  const technologies = wordsOf(attributes, "technologies");
  const software = technologies === null ? null : PROCUREMENT_SOFTWARE.exec(technologies);
  const system = orders?.channels?.procurement_system ?? 0;
  if (software !== null || system > 0) {
    signals.push("procurement-software");
    evidence.push(software !== null ? `uses ${software[0]}` : `${system} orders through a procurement system`);
  }
  const keywords = wordsOf(attributes, "keywords");
  const description = wordsOf(attributes, "description");
  const loose = (keywords === null ? null : LOOSE.exec(keywords)) ?? (description === null ? null : LOOSE.exec(description));
  if (loose !== null) {
    signals.push("franchise-or-holding");
    evidence.push(`describes itself with "${loose[0]}"`);
  }
  if (textOf(attributes, "ownership") === "government") {
    signals.push("government");
    evidence.push("owned by government");
  }
}
