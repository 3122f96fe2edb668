import type { ListKind } from "../kinds.ts";
import { headerUnit } from "../values/header-unit.ts";
import { aliasOf } from "./aliases.ts";
import { FIELDS, MONEY_TYPES } from "./fields.ts";
import { headerKey } from "./header.ts";
import type { Candidate } from "./list-mapping.ts";
import type { Shape } from "./shapes.ts";

/** Confidence of a header of a known export and of an exact alias [design, CSV notes 5.8]. */
const KNOWN_EXPORT = 0.99;
const EXACT_ALIAS = 0.95;
/** Confidence of an alias that somebody's own field carries (`Website__c`): accepted, unless nothing is to be guessed about it [design]. */
const CUSTOM_FIELD = 0.9;

/** Fields named `order.…`, `deal.…`, `suppression.…`, `contact.…` belong to lists of that kind. */
const KIND_OF_PREFIX: Readonly<Record<string, ListKind>> = {
  order: "orders",
  deal: "deals",
  suppression: "suppressions",
  match: "matches",
  contact: "contacts",
};

function belongs(field: string | null, kind: ListKind): boolean {
  if (field === null) return true;
  const dot = field.indexOf(".");
  return dot < 0 || KIND_OF_PREFIX[field.slice(0, dot)] === kind;
}

/**
 * What a header may mean in a list of that kind, best first, by exact tables; empty when nothing is known (`guess-columns.ts` goes on
 * from there). A personal field that the kind does not keep comes with `field: null`.
 */
export function candidatesFor(header: string, kind: ListKind, shape: Shape): Candidate[] {
  const key = headerKey(header);
  const override = shape.overrides.get(key);
  if (override !== undefined) {
    return [{ field: override[0], rank: override[1], confidence: KNOWN_EXPORT, reason: `header of a ${shape.id} export` }];
  }
  const confidence = shape.id === "unknown" ? EXACT_ALIAS : KNOWN_EXPORT;
  const found = lookUp(header, key, kind);
  if (found === null) return [];
  if (belongs(found.field, kind)) return [{ ...found, confidence: found.custom === true ? CUSTOM_FIELD : confidence }];
  if (FIELDS.get(found.field ?? "")?.personal === true) {
    return [{ field: null, rank: 0, confidence, reason: "personal data that a list of this kind does not keep" }];
  }
  return [];
}

function lookUp(
  header: string,
  key: string,
  kind: ListKind,
): { field: string | null; rank: number; reason: string; custom?: true } | null {
  const alias = aliasOf(kind, key);
  if (alias !== undefined)
    return { field: alias.field, rank: alias.rank, reason: alias.language ? "exact alias in another language" : "exact alias" };
  const unit = headerUnit(header);
  if (unit !== null) {
    const base = aliasOf(kind, headerKey(unit.base));
    if (base?.field && MONEY_TYPES.has(FIELDS.get(base.field)!.type)) {
      return {
        field: base.field,
        rank: base.rank,
        reason: `exact alias with a unit (${unit.power > 0 ? `10^${unit.power}` : "units"} ${unit.currency ?? ""})`.replace(
          " )",
          ")",
        ),
      };
    }
  }
  if (/__c$/i.test(header)) {
    const custom = aliasOf(kind, headerKey(header.slice(0, -3)));
    if (custom !== undefined)
      return { field: custom.field, rank: custom.rank + 1, reason: "exact alias in a custom field", custom: true };
  }
  return null;
}
