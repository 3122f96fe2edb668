import type { Interval } from "../../account/attribute.ts";
import type { FieldValues } from "../../account/fields.ts";
import { countryCode } from "../../firmographics/country.ts";
import { BoundedCache } from "../../resolve/keys/bounded-cache.ts";
import { normalizeCompanyName } from "../../resolve/keys/company-name.ts";
import { canonicalDomain, companyDomain, emailDomain } from "../../resolve/keys/domain.ts";
import { linkedinKey } from "../../resolve/keys/linkedin.ts";
import { recordKey, recordText } from "../../resolve/keys/record-id.ts";
import { type RegistrationKind, registrationKey } from "../../resolve/keys/registration.ts";
import type { Identity } from "../draft.ts";
import { settleCurrency } from "../values/currency.ts";
import { isOrderlessDate, parseDate, parseYear } from "../values/date.ts";
import { type NumberPlan, scan } from "../values/decimal.ts";
import { parseFlag } from "../values/flag.ts";
import { isPrecisionLost, parseCode, parseIdentifier, parsePhone, withoutAddresses } from "../values/identifier.ts";
import { parseItems } from "../values/items.ts";
import { parseLocationType } from "../values/location-type.ts";
import { isMissing } from "../values/missing.ts";
import { parseInteger, parseNumber } from "../values/number.ts";
import { parseCountRange, parseMoneyRange } from "../values/range.ts";
import { trimmed } from "../values/trim.ts";
import { type CellReader, type CompiledColumn, sameCells } from "./cell-reader.ts";
import { type Place, readPlace, readState } from "./place.ts";

/** Read before everything else: names, states and registration numbers need the country, money the currency. */
const PLACE_FIELDS = ["country", "place", "currency"];
/** A domain column speaks before a website. */
const DOMAIN_FIELDS = ["domain", "website"];
const EARLY: ReadonlySet<string> = new Set([...PLACE_FIELDS, ...DOMAIN_FIELDS]);
const CACHED = 4096;

/** The key of a record of a system (`resolve/keys/record-id.ts`). */
export function sourceKey(system: string, id: string): string {
  return recordKey(recordText(system, id));
}

/** What the reader needs to know besides the columns. */
export interface CompanySettings {
  list: string;
  system: string;
  /** ISO alpha-2 for rows that name no country. */
  country: string | undefined;
  /** ISO 4217 for revenue that names no currency. */
  currency: string | undefined;
  /** Whether several rows in a row speak of one company, as lines of an order do. */
  recurring: boolean;
}

/**
 * Reads what a row says about its company, for every kind of list: identity keys and canonical fields. Country first (names, states and
 * registration numbers need it), then by precedence; a cell that does not parse is counted and left out.
 */
export class CompanyReader {
  readonly #columns: readonly CompiledColumn[];
  readonly #reader: CellReader;
  readonly #settings: CompanySettings;
  readonly #firstRest: number;
  readonly #bands = new BoundedCache<number | Interval | null>(CACHED);
  readonly #states = new BoundedCache<string>(CACHED);
  readonly #places = new BoundedCache<Place>(CACHED);
  /** The row read last, where none of its cells was left out: lines of one order and people of one company name it again. */
  #last: { cells: readonly string[]; identity: Identity; fields: FieldValues } | null = null;

  constructor(columns: readonly CompiledColumn[], reader: CellReader, settings: CompanySettings) {
    const own = columns.filter((column) => !/^(?:contact|order|deal|suppression)\./.test(column.field));
    const of = (fields: readonly string[]): CompiledColumn[] =>
      fields.flatMap((field) => own.filter((column) => column.field === field));
    const first = of(PLACE_FIELDS);
    this.#columns = [...first, ...of(DOMAIN_FIELDS), ...own.filter((column) => !EARLY.has(column.field))];
    this.#firstRest = first.length;
    this.#reader = reader;
    this.#settings = settings;
  }

  /** Fills `identity` and `fields`, both empty, from the row. */
  read(cells: readonly string[], identity: Identity, fields: FieldValues): void {
    const columns = this.#columns;
    const length = columns.length;
    if (this.#last !== null && sameCells(columns, this.#last.cells, cells)) {
      Object.assign(identity, this.#last.identity);
      Object.assign(fields, this.#last.fields);
      return;
    }
    const noted = this.#reader.noted;
    for (let at = 0; at < this.#firstRest; at++) this.#cell(columns[at]!, cells, identity, fields);
    const country = (fields.country as string | undefined) ?? this.#settings.country;
    if (country !== undefined) {
      fields.country = country;
      identity.country = country;
    }
    for (let at = this.#firstRest; at < length; at++) this.#cell(columns[at]!, cells, identity, fields);
    if (!this.#settings.recurring) return;
    this.#last = this.#reader.noted === noted ? { cells, identity: { ...identity }, fields: { ...fields } } : null;
  }

  #cell(column: CompiledColumn, cells: readonly string[], identity: Identity, fields: FieldValues): void {
    const raw = cells[column.position];
    if (raw === undefined || raw.length === 0) return;
    if (column.alternative && fields[column.field] !== undefined) return;
    const text = trimmed(raw);
    if (isMissing(text)) {
      // "Unknown" that somebody wrote into a column of their own is an answer, a level of its own.
      if (text.length === 7 && column.field.startsWith("extra.")) fields[column.field] = "unknown";
      return;
    }
    const field = column.field;
    switch (column.type) {
      case "text":
        if (text.includes("@")) this.#keep(column, fields, text, withoutAddresses(text), "personal");
        else fields[field] = text;
        return;
      case "name": {
        const name = normalizeCompanyName(text, identity.country);
        if (name === null) {
          this.#reader.note(column.header, "not-a-name");
          return;
        }
        identity.name = name.key;
        fields.name = text;
        return;
      }
      case "domain":
      case "website":
        this.#web(column, text, identity, fields);
        return;
      case "count-range":
        this.#keep(column, fields, text, this.#headCount(column, text), "not-a-head-count");
        return;
      case "money-range":
        this.#money(column, text, fields);
        return;
      case "country":
        this.#keep(column, fields, text, countryCode(text) ?? undefined, "not-a-country");
        return;
      case "state":
        fields[field] = this.#state(text, identity.country);
        return;
      case "identifier":
        this.#identifier(column, text, cells, identity, fields);
        return;
      case "number":
        if (field.startsWith("extra.")) fields[field] = parseNumber(text, column.plan as NumberPlan) ?? text;
        else this.#keep(column, fields, text, parseNumber(text, column.plan as NumberPlan), "not-a-number");
        return;
      default:
        this.#rare(column, text, identity, fields);
    }
  }

  #rare(column: CompiledColumn, text: string, identity: Identity, fields: FieldValues): void {
    switch (column.type) {
      case "linkedin": {
        const key = linkedinKey(text);
        if (key === null) {
          this.#reader.note(column.header, "not-a-company-page");
          return;
        }
        fields.linkedin = key;
        identity.linkedin = key;
        return;
      }
      case "email-domain": {
        if (identity.emailDomain !== undefined) return;
        const domain = text.includes("@") ? emailDomain(text) : companyDomain(text);
        if (domain !== null) identity.emailDomain = domain;
        return;
      }
      case "registration": {
        const id = parseIdentifier(text);
        const country = column.plan.country ?? identity.country;
        const key =
          id === undefined ? null : registrationKey(id, country, column.plan.registration as RegistrationKind | undefined);
        if (key === null) {
          this.#reader.note(column.header, isPrecisionLost(text) ? "precision-lost" : "not-a-registration-number");
          return;
        }
        fields.registration = key;
        identity.registration = key;
        return;
      }
      case "place":
        this.#place(text, fields);
        return;
      case "integer":
        this.#keep(column, fields, text, parseInteger(text, column.plan as NumberPlan), "not-a-whole-number");
        return;
      case "year":
        this.#keep(column, fields, text, parseYear(text), "not-a-year");
        return;
      case "date":
        this.#keep(
          column,
          fields,
          text,
          parseDate(text, column.date),
          isOrderlessDate(text) ? "day-or-month-undecided" : "not-a-date",
        );
        return;
      case "code":
        this.#keep(column, fields, text, parseCode(text), "not-a-code");
        return;
      case "phone":
        this.#keep(column, fields, text, parsePhone(text), "not-a-phone");
        return;
      case "items":
        fields[column.field] = parseItems(text);
        return;
      case "currency": {
        const code = settleCurrency(text.length === 3 ? text.toUpperCase() : text, this.#settings.currency);
        if (code !== undefined && /^[A-Z]{3}$/.test(code)) fields[column.field] = code;
        else this.#reader.note(column.header, "not-a-currency");
        return;
      }
      case "location-type":
        this.#keep(column, fields, text, parseLocationType(text), "not-a-kind-of-location");
        return;
      case "is-public": {
        const flag = parseFlag(text);
        if (flag !== undefined && fields.ownership === undefined) fields.ownership = flag ? "public" : "private";
        return;
      }
      default:
        fields[column.field] = text;
    }
  }

  #keep(column: CompiledColumn, fields: FieldValues, text: string, value: FieldValues[string], reason: string): void {
    if (value !== undefined) fields[column.field] = value;
    else if (text !== "0" || column.type !== "count-range")
      this.#reader.note(column.header, isPrecisionLost(text) ? "precision-lost" : reason);
  }

  #web(column: CompiledColumn, text: string, identity: Identity, fields: FieldValues): void {
    const website = column.type === "website";
    if (identity.domain === undefined) {
      const domain = companyDomain(text);
      if (domain === null) {
        const shared = canonicalDomain(text) !== null;
        this.#reader.note(column.header, shared ? "shared-host" : "not-a-domain");
        if (!shared) return;
      } else {
        identity.domain = domain;
        fields.domain = domain;
      }
    }
    if (website && text.includes(".")) fields.website = text;
  }

  #money(column: CompiledColumn, text: string, fields: FieldValues): void {
    const value = parseMoneyRange(text, column.plan as NumberPlan);
    if (value === undefined) {
      this.#reader.note(column.header, "not-an-amount");
      return;
    }
    const written = scan.currency;
    fields[column.field] = value;
    const declared = this.#settings.currency;
    const code =
      written !== undefined
        ? settleCurrency(written, declared)
        : ((fields.currency as string | undefined) ?? settleCurrency(column.plan.currency, declared));
    if (code !== undefined) fields.currency = code;
  }

  #identifier(column: CompiledColumn, text: string, cells: readonly string[], identity: Identity, fields: FieldValues): void {
    const id = parseIdentifier(text);
    if (id === undefined) {
      this.#reader.note(column.header, "precision-lost");
      return;
    }
    const { system = this.#settings.system, systemAt } = column.plan;
    if (column.field === "sourceId") {
      const named = systemAt === undefined ? undefined : cells[systemAt]?.trim();
      fields.sourceId = recordText(named || system, id);
      identity.sourceId = recordKey(fields.sourceId);
    } else if (column.field === "listId") {
      if (identity.sourceId !== undefined) return;
      fields.sourceId = recordText(`list:${this.#settings.list}`, id);
      identity.sourceId = recordKey(fields.sourceId);
    } else if (column.field === "parentId") fields.parentId = sourceKey(system, id);
    else fields[column.field] = id;
  }

  /** Bands repeat, so those that are not plain digits are remembered. */
  #headCount(column: CompiledColumn, text: string): number | Interval | undefined {
    const last = text.charCodeAt(text.length - 1);
    if (last >= 48 && last <= 57 && text.length < 16 && !text.includes("-"))
      return parseCountRange(text, column.plan as NumberPlan);
    const key = column.decimal === "." ? text : `,${text}`;
    let band = this.#bands.get(key);
    if (band === undefined) {
      band = parseCountRange(text, column.plan as NumberPlan) ?? null;
      this.#bands.set(key, band);
    }
    return band ?? undefined;
  }

  #state(text: string, country: string | undefined): string {
    const key = country === undefined ? text : `${country}|${text}`;
    let state = this.#states.get(key);
    if (state === undefined) {
      state = readState(text, country);
      this.#states.set(key, state);
    }
    return state;
  }

  #place(text: string, fields: FieldValues): void {
    const country = fields.country as string | undefined;
    const key = country === undefined ? text : `${country}|${text}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      place = readPlace(text, country);
      this.#places.set(key, place);
    }
    if (place.country !== undefined) fields.country ??= place.country;
    if (place.city !== undefined) fields.city ??= place.city;
    if (place.state !== undefined) fields.state ??= place.state;
  }
}
