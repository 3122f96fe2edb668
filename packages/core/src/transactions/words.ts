import { CHANNEL_WORDS, LOST_REASON_WORDS, NEED_SIGNALS, NET_DAYS, QUOTE_WORDS, TERMS_DAYS, TERMS_WORDS } from "./config.ts";
import type { Channel, LostReason, PaymentTerms } from "./types.ts";

const CHANNELS: ReadonlySet<string> = new Set<Channel>([
  "self_serve_online",
  "rep_assisted",
  "procurement_system",
  "marketplace",
  "offline",
  "other",
]);
const TERMS: ReadonlySet<string> = new Set<PaymentTerms>([
  "prepaid",
  "card",
  "net15",
  "net30",
  "net45",
  "net60",
  "net90",
  "other",
]);

/** The class of a channel as written: the class itself, else by words, else `other`. */
export function channelOf(text: string): Channel {
  const lower = text.toLowerCase();
  return CHANNELS.has(lower) ? (lower as Channel) : (firstMatch(CHANNEL_WORDS, lower.replaceAll("_", " ")) ?? "other");
}

/** The class of payment terms as written: the class itself, else by days or words, else `other`. */
export function termsOf(text: string): PaymentTerms {
  const lower = text.toLowerCase();
  if (TERMS.has(lower)) return lower as PaymentTerms;
  const spaced = lower.replaceAll("_", " ");
  const days = TERMS_DAYS.exec(spaced);
  if (days !== null) return NET_DAYS[Number(days[1] ?? days[2])] ?? "other";
  return firstMatch(TERMS_WORDS, spaced) ?? "other";
}

/** Days of credit of net terms, null for the others. */
export function creditDays(terms: PaymentTerms): number | null {
  return terms.startsWith("net") ? Number(terms.slice(3)) : null;
}

/** The class of a reason for a lost deal as written; `other` when no word is known. */
export function lostReasonOf(text: string): LostReason {
  return firstMatch(LOST_REASON_WORDS, text.toLowerCase().replaceAll("_", " ")) ?? "other";
}

/** Which needs a lower-case text speaks for: 1 customisation, 2 service, 4 price, 8 a quote; added up. */
export function textFlags(text: string): number {
  if (!ANY_WORD.test(text)) return 0;
  return (
    (NEED_SIGNALS.customisation.test(text) ? 1 : 0) +
    (NEED_SIGNALS.service.test(text) ? 2 : 0) +
    (NEED_SIGNALS.price.test(text) ? 4 : 0) +
    (QUOTE_WORDS.test(text) ? 8 : 0)
  );
}

const ANY_WORD = new RegExp([...Object.values(NEED_SIGNALS), QUOTE_WORDS].map((words) => words.source).join("|"));

function firstMatch<Class>(table: ReadonlyArray<readonly [RegExp, Class]>, text: string): Class | null {
  for (const [words, name] of table) if (words.test(text)) return name;
  return null;
}
