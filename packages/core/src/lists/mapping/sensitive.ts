import { FIELDS } from "./fields.ts";

/** Money: its unit decides what a number is worth. */
const MONEY = ["revenue", "currency"];
/** What became of deals and orders. */
const OUTCOMES = [
  "deal.stage",
  "deal.isWon",
  "deal.isLost",
  "deal.isClosed",
  "deal.probability",
  "order.status",
  "order.cancelledAt",
];
const CONSENT = ["contact.consent", "contact.optedOut"];

/** Fields about which nothing is guessed: personal data, consent, money and outcomes are asked about [CSV notes 5.8]. */
export const SENSITIVE: ReadonlySet<string> = new Set([
  ...[...FIELDS].filter(([, { personal, type }]) => personal === true || type === "minor").map(([field]) => field),
  ...MONEY,
  ...OUTCOMES,
  ...CONSENT,
]);

/** Confidence from which a column is accepted without a question: everything, and what is {@link SENSITIVE} [design, CSV notes 5.8]. */
export const ACCEPT = 0.9;
export const ACCEPT_SENSITIVE = 0.95;

/** Whether a column of that field is accepted at that confidence without a question. */
export function isAccepted(field: string, confidence: number): boolean {
  return confidence >= (SENSITIVE.has(field) ? ACCEPT_SENSITIVE : ACCEPT);
}
