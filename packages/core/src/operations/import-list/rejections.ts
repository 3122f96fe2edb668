import type { Rejection } from "../../lists/draft.ts";

export const NO_COMPANY: Rejection = {
  reason: "no-identity",
  column: null,
  hint: "give the company a name, a domain or a customer id",
};
export const NO_CUSTOMER: Rejection = {
  reason: "no-customer",
  column: null,
  hint: "give the order line a customer id, a company or a company e-mail, or put it right under its order",
};
export const CORRECTED_TWICE: Rejection = {
  reason: "corrected-twice",
  column: null,
  hint: "the rejects came back with two records for this row that differ: drop it once",
};
export const NO_REFERENCE_KEY: Rejection = {
  reason: "no-key",
  column: null,
  hint: "a reference row needs a domain, a LinkedIn page or a registration number",
};
