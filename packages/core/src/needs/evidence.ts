import type { Attributes, Day } from "../account/attribute.ts";
import type { ContactSummary } from "../personas/types.ts";
import type { DealSummary, OrderSummary } from "../transactions/types.ts";

/** What is known of one account when its needs and the way it decides are classified. */
export interface AccountEvidence {
  /** Fields as merged, firmographics (`vertical`, `sizeClass`, ...), `transactions.*` and `deals.*`. */
  attributes: Attributes;
  orders: OrderSummary | null;
  deals: DealSummary | null;
  contacts: ContactSummary | null;
  /** The day on which the account is judged. */
  asOf: Day;
}

/** A text attribute, null where it is absent, unknown or no text. */
export function textOf(attributes: Attributes, name: string): string | null {
  const value = attributes[name]?.value;
  return typeof value === "string" && value !== "unknown" ? value : null;
}

/** A numeric attribute, null where it is absent or no point. */
export function numberOf(attributes: Attributes, name: string): number | null {
  const value = attributes[name]?.value;
  return typeof value === "number" ? value : null;
}

/** A text or a list of texts as one lower-case text, null where there is none. */
export function wordsOf(attributes: Attributes, name: string): string | null {
  const value = attributes[name]?.value;
  if (typeof value === "string") return value === "" ? null : value.toLowerCase();
  if (!Array.isArray(value) || value.length === 0 || typeof value[0] !== "string") return null;
  return value.join("\n").toLowerCase();
}

/** A share as people read it: `0.382` is `38 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Software for procurement: suites through which a company centralises its buying. TAXONOMY 4.4. */
export const PROCUREMENT_SOFTWARE =
  /\b(?:ariba|coupa|jaggaer|ivalua|oracle (?:fusion |cloud )?procurement|oracle i?procurement|sap (?:srm|procurement|business network)|zycus|gep smart|basware|punch-?out)\b/;

/** Company-wide software that orders can be fed from. TAXONOMY 4.3 "punch-out/ERP in Technologies". */
export const ERP_SOFTWARE =
  /\b(?:sap|s\/4 ?hana|netsuite|dynamics (?:365|nav|ax|gp)|oracle (?:erp|ebs|fusion)|infor|sage (?:x3|100|300)|epicor|odoo|workday|jd ?edwards|ifs)\b/;
