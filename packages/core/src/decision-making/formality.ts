import { PUBLIC_OWNERSHIP, PUBLIC_VERTICALS } from "../needs/config.ts";
import { type AccountEvidence, percent, textOf } from "../needs/evidence.ts";
import { poShare, termsShare } from "../transactions/summary.ts";
import { FORMALITY, type FORMALITY_SCORE } from "./config.ts";
import type { Verdict } from "./estimate.ts";

export type Formality = keyof typeof FORMALITY_SCORE;

const BY_OWNERSHIP = verdicts(PUBLIC_OWNERSHIP, "ownership", 0.7);
const BY_VERTICAL = verdicts(PUBLIC_VERTICALS, "vertical", 0.55);

/**
 * The buying rule in force (TAXONOMY 4.4): public bodies and schools buy by tender; purchase order numbers, net terms or a procurement
 * system mean approved vendors; ad hoc only where enough orders state numbers or terms and none of these shows. Else null: unknown.
 */
export function formalityOf({ attributes, orders }: AccountEvidence): Verdict<Formality> | null {
  const ownership = textOf(attributes, "ownership");
  if (ownership !== null && BY_OWNERSHIP.has(ownership)) return BY_OWNERSHIP.get(ownership)!;
  const vertical = textOf(attributes, "vertical");
  if (vertical !== null && BY_VERTICAL.has(vertical)) return BY_VERTICAL.get(vertical)!;
  if (orders === null) return null;

  const evidence: string[] = [];
  const po = poShare(orders);
  const net = termsShare(orders);
  const system = orders.channels?.procurement_system ?? 0;
  if (po !== null && po >= FORMALITY.poShare) evidence.push(`${percent(po)} of orders with a purchase order number`);
  if (net !== null && net >= FORMALITY.termsShare) evidence.push(`${percent(net)} of orders on net terms`);
  if (system > 0) evidence.push(`${system} orders through a procurement system`);
  if (evidence.length > 0)
    return { value: "approved_vendor", confidence: Math.min(0.8, 0.5 + 0.15 * (evidence.length - 1)), evidence };

  const stated = Math.max(orders.po?.[0] ?? 0, net === null ? 0 : orders.orders);
  if (stated < FORMALITY.minAdHocOrders || (po ?? 0) > 0 || (net ?? 0) > 0) return null;
  return { value: "ad_hoc", confidence: 0.5, evidence: [`${stated} orders without purchase order number or net terms`] };
}

function verdicts(words: ReadonlySet<string>, field: string, confidence: number): ReadonlyMap<string, Verdict<Formality>> {
  return new Map([...words].map((word) => [word, { value: "tender_rfp", confidence, evidence: [`${field} ${word}`] }]));
}
