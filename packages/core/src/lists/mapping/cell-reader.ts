import type { Day } from "../../account/attribute.ts";
import { currencyOf } from "../values/currency.ts";
import { isOrderlessDate, parseDate } from "../values/date.ts";
import { scan } from "../values/decimal.ts";
import { parseConsent, parseFlag, parseOptOut } from "../values/flag.ts";
import { isPrecisionLost, parseEmail, parseIdentifier, parsePhone } from "../values/identifier.ts";
import { isMissing } from "../values/missing.ts";
import { parseInteger, parseMinor, parseNumber, parseShare } from "../values/number.ts";
import { trimmed } from "../values/trim.ts";
import type { ColumnPlan, ListMapping } from "./list-mapping.ts";

/** One column as the row path reads it. */
export interface CompiledColumn {
  readonly position: number;
  readonly header: string;
  readonly field: string;
  readonly plan: ColumnPlan;
  /** That of the plan: plans come in many shapes, and every cell asks. */
  readonly type: ColumnPlan["type"];
  readonly decimal: "." | ",";
  readonly date: { order: "dmy" | "mdy" | "undecided"; serial?: boolean };
  /** Another column of the same field speaks before this one. */
  readonly alternative: boolean;
}

/** The mapped columns in order of precedence within each field (rank, then position). */
export function compileColumns(mapping: ListMapping): CompiledColumn[] {
  const seen = new Set<string>();
  return mapping.columns
    .filter((column) => column.field !== null && column.plan !== null)
    .sort((a, b) => a.rank - b.rank || a.position - b.position)
    .map((column) => {
      const plan = column.plan!;
      const field = column.field!;
      const alternative = seen.has(field);
      seen.add(field);
      return {
        position: column.position,
        header: column.header,
        field,
        plan: { ...plan, decimal: plan.decimal ?? "." },
        type: plan.type,
        decimal: plan.decimal ?? ".",
        date: { order: plan.order ?? "undecided", serial: plan.serial === true },
        alternative,
      };
    });
}

type Cells = readonly string[];
type Columns = readonly CompiledColumn[];

/** Whether two rows have the same cells in those columns. */
export function sameCells(columns: Columns, one: Cells, other: Cells): boolean {
  for (let at = 0; at < columns.length; at++) {
    const { position } = columns[at]!;
    if (one[position] !== other[position]) return false;
  }
  return true;
}

/**
 * Reads single fields of a row by precedence: the first column whose cell says something. Cells that do not parse are left out and counted
 * in `problems` under `header|reason`; they never reject a row.
 */
export class CellReader {
  readonly problems = new Map<string, number>();
  /** How often {@link note} was called. */
  noted = 0;

  /** Counts a cell that was left out. */
  note(header: string, reason: string): void {
    this.noted++;
    const key = `${header}|${reason}`;
    this.problems.set(key, (this.problems.get(key) ?? 0) + 1);
  }

  /** The trimmed text. */
  text(cells: Cells, columns: Columns): string | undefined {
    for (let at = 0; at < columns.length; at++) {
      const raw = cells[columns[at]!.position];
      if (raw === undefined || raw.length === 0) continue;
      const text = trimmed(raw);
      if (!isMissing(text)) return text;
    }
    return undefined;
  }

  /** A record id or code. */
  identifier(cells: Cells, columns: Columns): string | undefined {
    for (let at = 0; at < columns.length; at++) {
      const raw = cells[columns[at]!.position];
      if (raw === undefined || raw.length === 0) continue;
      const id = parseIdentifier(raw);
      if (id !== undefined) return id;
      if (isPrecisionLost(trimmed(raw))) this.note(columns[at]!.header, "precision-lost");
    }
    return undefined;
  }

  /** A phone number as written. */
  phone(cells: Cells, columns: Columns): string | undefined {
    return this.#parsed(cells, columns, readPhone, "not-a-phone");
  }

  /** A lower-case e-mail address. */
  email(cells: Cells, columns: Columns): string | undefined {
    return this.#parsed(cells, columns, readEmail, "not-an-email");
  }

  /** A day. */
  date(cells: Cells, columns: Columns): Day | undefined {
    return this.#parsed(cells, columns, readDate, dateProblem);
  }

  /** A number with its fraction. */
  number(cells: Cells, columns: Columns): number | undefined {
    return this.#parsed(cells, columns, readNumber, "not-a-number");
  }

  /** A whole number. */
  integer(cells: Cells, columns: Columns): number | undefined {
    return this.#parsed(cells, columns, readInteger, "not-a-whole-number");
  }

  /** A share of 0..1. */
  share(cells: Cells, columns: Columns): number | undefined {
    return this.#parsed(cells, columns, readShare, "not-a-share");
  }

  /** Yes or no. */
  flag(cells: Cells, columns: Columns): boolean | undefined {
    return this.#parsed(cells, columns, readFlag, "not-a-yes-or-no");
  }

  /** An amount in minor units of a currency with that exponent. */
  minor(cells: Cells, columns: Columns, exponent: number): number | undefined {
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!;
      const raw = cells[column.position];
      if (raw === undefined || raw.length === 0) continue;
      const amount = parseMinor(raw, column.plan as ColumnPlan & { decimal: "." }, exponent);
      if (amount !== undefined) return amount;
      const text = trimmed(raw);
      if (!isMissing(text)) this.note(column.header, "not-an-amount");
    }
    return undefined;
  }

  /** The currency (code or symbol, see `currencyOf`) that the money cells themselves carry. */
  moneySymbol(cells: Cells, columns: Columns): string | undefined {
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!;
      const raw = cells[column.position];
      if (raw === undefined || raw.length === 0) continue;
      const first = raw.charCodeAt(0);
      const last = raw.charCodeAt(raw.length - 1);
      if ((first >= 48 && first <= 57) || first === 45) if (last >= 48 && last <= 57) continue;
      if (parseMinor(raw, column.plan as ColumnPlan & { decimal: "." }, 0) !== undefined && scan.currency !== undefined)
        return scan.currency;
    }
    return undefined;
  }

  /** A currency code or symbol from a currency column. */
  currency(cells: Cells, columns: Columns): string | undefined {
    return this.#parsed(cells, columns, readCurrency, "not-a-currency");
  }

  /** The strictest of several consent cells: one denial outweighs every grant. */
  consent(cells: Cells, columns: Columns): "granted" | "denied" | "unknown" {
    let answer: "granted" | "unknown" = "unknown";
    for (let at = 0; at < columns.length; at++) {
      const text = cells[columns[at]!.position]?.trim() ?? "";
      if (isMissing(text)) continue;
      const consent = parseConsent(text);
      if (consent === "denied") return "denied";
      if (consent === "granted") answer = "granted";
      else this.note(columns[at]!.header, "not-a-consent-word");
    }
    return answer;
  }

  /** Whether any opt-out cell says yes. */
  optedOut(cells: Cells, columns: Columns): boolean | undefined {
    let answer: boolean | undefined;
    for (let at = 0; at < columns.length; at++) {
      const text = cells[columns[at]!.position]?.trim() ?? "";
      if (isMissing(text)) continue;
      const out = parseOptOut(text);
      if (out === true) return true;
      if (out === false) answer = false;
      else this.note(columns[at]!.header, "not-a-yes-or-no");
    }
    return answer;
  }

  #parsed<T>(
    cells: Cells,
    columns: Columns,
    parse: (text: string, column: CompiledColumn) => T | undefined,
    reason: string | ((text: string) => string),
  ): T | undefined {
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!;
      const raw = cells[column.position];
      if (raw === undefined || raw.length === 0) continue;
      const value = parse(raw, column);
      if (value !== undefined) return value;
      const text = trimmed(raw);
      if (!isMissing(text))
        this.note(column.header, isPrecisionLost(text) ? "precision-lost" : typeof reason === "string" ? reason : reason(text));
    }
    return undefined;
  }
}

type Numbers = ColumnPlan & { decimal: "." | "," };
const readPhone = (raw: string): string | undefined => parsePhone(raw);
const readEmail = (raw: string): string | undefined => parseEmail(raw);
const readDate = (raw: string, column: CompiledColumn): Day | undefined => parseDate(raw, column.date);
const readNumber = (raw: string, column: CompiledColumn): number | undefined => parseNumber(raw, column.plan as Numbers);
const readInteger = (raw: string, column: CompiledColumn): number | undefined => parseInteger(raw, column.plan as Numbers);
const readShare = (raw: string, column: CompiledColumn): number | undefined => parseShare(raw, column.plan as Numbers);
const dateProblem = (text: string): string => (isOrderlessDate(text) ? "day-or-month-undecided" : "not-a-date");
const readFlag = (raw: string): boolean | undefined => parseFlag(raw);
const readCurrency = (raw: string): string | undefined => currencyOf(trimmed(raw));
