import type { SuppressionClass, SuppressionEntry } from "../../account/facts.ts";
import { countryCode } from "../../firmographics/country.ts";
import { normalizeCompanyName } from "../../resolve/keys/company-name.ts";
import { canonicalDomain } from "../../resolve/keys/domain.ts";
import { linkedinKey } from "../../resolve/keys/linkedin.ts";
import { type RegistrationKind, registrationKey } from "../../resolve/keys/registration.ts";
import type { Rejection } from "../draft.ts";
import { parseEmail, parseIdentifier } from "../values/identifier.ts";
import { isMissing } from "../values/missing.ts";
import { suppressionClassesIn } from "../values/suppression-class.ts";
import type { CellReader, CompiledColumn } from "./cell-reader.ts";
import { type CompanySettings, sourceKey } from "./company-reader.ts";

type Columns = readonly CompiledColumn[];
const HASH = /^[0-9a-f]{64}$/i;
const NO_REASON = "listed for suppression";
/** Hex of the lengths of MD5, SHA-1, SHA-224, SHA-384 and SHA-512: no address can be found by them. */
const OTHER_HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
const HASH_HINT = "hash the trimmed, lower-case address with SHA-256 (64 hex digits), or give the address itself";
const ADDRESSES: ReadonlySet<string> = new Set(["suppression.email", "suppression.hash", "suppression.any"]);

/** Reads what a row of a suppression list forbids. Every key of the row counts: a list of whom not to reach errs on the side of silence. */
export class SuppressionReader {
  readonly #columns: Columns;
  readonly #reasons: Columns;
  readonly #countries: Columns;
  readonly #reader: CellReader;
  readonly #sha256: (text: string) => string;
  readonly #settings: CompanySettings;
  /** What the list's name says of all its rows. */
  readonly #classes: readonly SuppressionClass[];

  constructor(columns: Columns, reader: CellReader, sha256: (text: string) => string, settings: CompanySettings) {
    this.#reasons = columns.filter((column) => column.field === "suppression.reason");
    this.#countries = columns.filter((column) => column.field === "country");
    this.#columns = columns;
    this.#reader = reader;
    this.#sha256 = sha256;
    this.#settings = settings;
    const named = suppressionClassesIn(settings.list);
    this.#classes = named.length > 0 ? named : ["other"];
  }

  /** One entry per key of the row; empty when it has none, or a rejection that says what is wrong with it. E-mails leave as hashes only. */
  read(cells: readonly string[]): SuppressionEntry[] | Rejection {
    const stated = this.#reader.text(cells, this.#reasons);
    const named = stated === undefined ? [] : suppressionClassesIn(stated);
    const classes = named.length > 0 ? named : this.#classes;
    const reason = stated ?? NO_REASON;
    const countryText = this.#reader.text(cells, this.#countries);
    const country = (countryText === undefined ? undefined : countryCode(countryText)) ?? this.#settings.country;
    const entries: SuppressionEntry[] = [];
    let refused: Rejection | null = null;
    for (const column of this.#columns) {
      const text = cells[column.position]?.trim() ?? "";
      if (isMissing(text)) continue;
      if (ADDRESSES.has(column.field) && OTHER_HASH.test(text)) {
        this.#reader.note(column.header, "not-a-sha256");
        refused ??= { reason: "hash-not-sha256", column: column.header, hint: HASH_HINT };
        continue;
      }
      const entry = this.#entry(column, text, country, reason);
      if (entry === undefined) continue;
      if (entry === null) this.#reader.note(column.header, "not-a-key");
      else if (!entries.some((known) => known.type === entry.type && known.value === entry.value))
        entries.push({ ...entry, classes });
    }
    return entries.length === 0 && refused !== null ? refused : entries;
  }

  /** Undefined for columns that are no keys, null for cells that are none. */
  #entry(column: CompiledColumn, text: string, country: string | undefined, reason: string): SuppressionEntry | null | undefined {
    const entry = (type: SuppressionEntry["type"], value: string | null): SuppressionEntry | null =>
      value === null ? null : { type, value, reason };
    switch (column.field) {
      case "suppression.email":
      case "suppression.hash":
        return this.#address(text, reason);
      case "emailDomain":
        return text.includes("@") ? this.#address(text, reason) : entry("domain", canonicalDomain(text));
      case "domain":
      case "website":
        return text.includes("@") ? this.#address(text, reason) : entry("domain", canonicalDomain(text));
      case "linkedin":
        return entry("linkedin", linkedinKey(text));
      case "name":
        return entry("name", normalizeCompanyName(text, country)?.key ?? null);
      case "registration": {
        const id = parseIdentifier(text);
        const kind = column.plan.registration as RegistrationKind | undefined;
        return entry("registration", id === undefined ? null : registrationKey(id, column.plan.country ?? country, kind));
      }
      case "sourceId":
      case "listId": {
        const id = parseIdentifier(text);
        const system = column.field === "listId" ? `list:${this.#settings.list}` : (column.plan.system ?? this.#settings.system);
        return entry("source-id", id === undefined ? null : sourceKey(system, id));
      }
      case "suppression.any": {
        if (text.includes("@") || HASH.test(text)) return this.#address(text, reason);
        const page = linkedinKey(text);
        if (page !== null) return entry("linkedin", page);
        const domain = text.includes(" ") ? null : canonicalDomain(text);
        return domain !== null ? entry("domain", domain) : entry("name", normalizeCompanyName(text, country)?.key ?? null);
      }
      default:
        return undefined;
    }
  }

  #address(text: string, reason: string): SuppressionEntry | null {
    if (HASH.test(text)) return { type: "email-hash", value: text.toLowerCase(), reason };
    const email = parseEmail(text);
    return email === undefined ? null : { type: "email-hash", value: this.#sha256(email), reason };
  }
}
