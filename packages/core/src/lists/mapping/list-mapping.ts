import type { ListKind, Origin } from "../kinds.ts";
import type { ValueType } from "./fields.ts";

/** How the cells of one column are read; decided once for the column, never per cell. */
export interface ColumnPlan {
  type: ValueType;
  /** `.` or `,` for number columns. */
  decimal?: "." | ",";
  /** Power of ten that the header implies. */
  power?: number;
  /** ISO 4217 (or `$`, `¥`, `kr`) that the header names. */
  currency?: string;
  /** Shares written in hundredths: `15` is 0.15. */
  hundred?: boolean;
  /** Order of day and month for date columns. */
  order?: "dmy" | "mdy" | "undecided";
  /** Day numbers of a spreadsheet. */
  serial?: boolean;
  /** What the number is (`vat`, `duns`, `lei`, …) where the header says so. */
  registration?: string;
  /** ISO alpha-2 of the register, where the header or the export implies it. */
  country?: string;
  /** Record ids of this column belong to this system. */
  system?: string;
  /** Position of the column that names the system of each record id, where the file has one. */
  systemAt?: number;
  /** What stages mean that do not say it themselves, by their words in lower case. */
  stages?: Readonly<Record<string, "won" | "lost">>;
  /** Order ids are digits, so `C536379` is the cancellation of an order. */
  cancelPrefix?: boolean;
}

/** A field that a column might mean, by the tables. */
export interface Candidate {
  field: string | null;
  rank: number;
  /** 0..1: 0.99 a known export, 0.95 an exact alias. */
  confidence: number;
  reason: string;
}

/** What becomes of one column. */
export interface ColumnMapping {
  position: number;
  /** As written. */
  header: string;
  /** Canonical field (`fields.ts`), `extra.<slug>`, or null: the column is not read. */
  field: string | null;
  /** What it may mean, where that is nothing to guess about: personal data, consent, money, outcomes. Not read until somebody says so. */
  guess?: string;
  confidence: number;
  reason: string;
  /** A person should look; cells that fit are used meanwhile. */
  review: boolean;
  /** The version of the mapping file in which somebody decided it. */
  decided?: number;
  /** Precedence among the columns of one field: 0 speaks first, then position. */
  rank: number;
  plan: ColumnPlan | null;
}

/** How a file with this header is read. Plain JSON: kept beside the upload, keyed by the hash of `signature`. */
export interface ListMapping {
  v: 1;
  kind: ListKind;
  kindReason: string;
  /** `shapes.ts` id. */
  shape: string;
  /** Ordered normalised headers in one string; the caller hashes it. */
  signature: string;
  columns: ColumnMapping[];
  /** Namespace of record ids: the shape's, else the declared one, else `crm`. */
  system: string;
  forcedOrigin?: Origin;
  /** ISO 4217 for revenue when neither header nor cell names one. */
  currency?: string;
  /** What a person should know: duplicate columns, columns that disagree. No cell values. */
  warnings: string[];
  /** Headers of columns that were left out because they hold personal data this kind does not keep. */
  dropped: string[];
}
