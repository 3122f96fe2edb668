import type { Rank } from "../../account/item.ts";
import { normalizeCompanyName } from "../../resolve/keys/company-name.ts";
import { canonicalDomain } from "../../resolve/keys/domain.ts";
import { linkedinKey } from "../../resolve/keys/linkedin.ts";
import type { MatchDraft, MatchKey, Rejection } from "../draft.ts";
import { isMissing } from "../values/missing.ts";
import type { CompiledColumn } from "./cell-reader.ts";

/** A home as Bullseye writes it: the rank of its key and its id. */
const HOME = /^([0-4]):([0-9a-f]{20})$/;
const COUNTRY = /^(.*\S)\s*\(([A-Z]{2})\)$/;

/** A home as {@link MatchReader} reads it back. */
export const matchCell = (rank: Rank, id: string): string => `${rank}:${id}`;

/** Reads rows that say which companies are one, which are not, and which stand alone, and which is whose parent. */
export class MatchReader {
  readonly #at: Readonly<Record<"company" | "relation" | "other", CompiledColumn | undefined>>;
  readonly #country: string | undefined;

  /** `country`: ISO alpha-2 of names that are written without one, where the list declares it. */
  constructor(columns: readonly CompiledColumn[], country: string | undefined) {
    const at = (field: string): CompiledColumn | undefined => columns.find((column) => column.field === field);
    this.#at = { company: at("match.company"), relation: at("match.relation"), other: at("match.other") };
    this.#country = country;
  }

  /** Without a relation two companies in one row are the same. */
  read(cells: readonly string[]): MatchDraft | Rejection {
    const cell = (column: CompiledColumn | undefined): string => (column ? (cells[column.position] ?? "").trim() : "");
    const relation = cell(this.#at.relation).toLowerCase() || "same";
    if (relation !== "same" && relation !== "different" && relation !== "alone" && relation !== "parent")
      return rejected("unknown-relation", this.#at.relation, "write same, different, alone or parent");
    const company = this.#key(cell(this.#at.company));
    if (company === null) return rejected("no-company", this.#at.company, KEYS);
    if (relation === "alone") return { relation, company };
    const other = this.#key(cell(this.#at.other));
    if (other === null) return rejected("no-company", this.#at.other, KEYS);
    if (JSON.stringify(company) === JSON.stringify(other))
      return rejected("same-company", this.#at.other, "both cells name the same company; name two");
    return { relation, company, other };
  }

  #key(cell: string): MatchKey | null {
    if (isMissing(cell)) return null;
    const home = HOME.exec(cell);
    if (home) return { type: "id", value: home[2]!, rank: Number(home[1]) as Rank };
    const page = linkedinKey(cell);
    if (page !== null) return { type: "linkedin", value: page };
    const domain = cell.includes(" ") ? null : canonicalDomain(cell);
    if (domain !== null) return { type: "domain", value: domain };
    const [, named, written] = COUNTRY.exec(cell) ?? [];
    const country = written ?? this.#country ?? "";
    const name = normalizeCompanyName(named ?? cell, country || undefined);
    return name && { type: "name", value: name.key, country };
  }
}

const KEYS = "name the company by its domain, LinkedIn page, name or account";

function rejected(reason: string, column: CompiledColumn | undefined, hint: string): Rejection {
  return { reason, column: column?.header ?? null, hint };
}
