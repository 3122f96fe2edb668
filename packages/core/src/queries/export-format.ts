import { guardedCsvLine } from "../lists/csv.ts";
import { OWN_NAMES, type OwnName, ownApiName, ownLabel, PROVENANCE } from "../lists/mapping/own-columns.ts";
import type { ExportedAccount } from "./export.ts";
import type { ExportRecord, ExportTarget } from "./export-records.ts";

type Cell = string | number | null;

/** How an export is laid out; UTF-8 without a byte order mark, which Salesforce would take for a part of `Id`. */
export interface ExportFormat {
  /** The first line. */
  header: string;
  /** The lines of one account, one for each record. */
  lines(account: ExportedAccount, records: readonly ExportRecord[]): string;
}

/** Between values of a multi-select picklist (Salesforce) and of multiple checkboxes (HubSpot). */
const BETWEEN = ";";

const OWN_CELLS: Readonly<Record<OwnName, (account: ExportedAccount) => Cell>> = {
  Account: ({ id }) => id,
  Score: ({ score }) => score,
  Low: ({ low }) => low,
  High: ({ high }) => high,
  Tier: ({ tier }) => tier,
  Disqualified: ({ disqualified }) => (disqualified === null ? null : String(disqualified)),
  Reasons: ({ reasons }) => reasons.join("; "),
  Stage: ({ stage }) => stage,
  Segments: ({ segments }) => segments.join(BETWEEN),
  Audiences: ({ audiences }) => audiences.join(BETWEEN),
  Contacts: ({ contacts }) => contacts,
  "Missing Roles": ({ missingRoles }) => missingRoles?.join(BETWEEN) ?? null,
  "Scored On": ({ scoredOn }) => scoredOn,
};

/** Nothing but the id and our own fields goes back into a CRM: a name that we settled on must not overwrite the one that it has. */
function crmFormat(id: string, header: (name: OwnName) => string, lineEnd: "\n" | "\r\n"): ExportFormat {
  return {
    header: guardedCsvLine([id, ...OWN_NAMES.map(header)], lineEnd),
    lines(account, records) {
      const own = OWN_NAMES.map((name) => OWN_CELLS[name](account));
      return records.map((record) => guardedCsvLine([record.id, ...own], lineEnd)).join("");
    },
  };
}

const CSV: ExportFormat = {
  header: guardedCsvLine([...Object.values(PROVENANCE), "Company", "Domain", "Country", ...OWN_NAMES.map(ownLabel)], "\r\n"),
  lines(account, records) {
    const { name, domain, country } = account;
    const rest = [name, domain, country, ...OWN_NAMES.map((own) => OWN_CELLS[own](account))];
    return records
      .map(({ id, system, list, row }) => guardedCsvLine([id, system, list, row === 0 ? null : row, ...rest], "\r\n"))
      .join("");
  },
};

/**
 * Salesforce: API names, which Data Loader maps on sight, and line feeds, the default of Bulk API 2.0 (developer guide, "Line Ending
 * Header", 2026). HubSpot: property labels, and CRLF as RFC 4180 has it; likewise `csv`, which spreadsheets open.
 */
export const EXPORT_FORMATS: Readonly<Record<ExportTarget, ExportFormat>> = {
  salesforce: crmFormat("Id", ownApiName, "\n"),
  hubspot: crmFormat("Record ID", ownLabel, "\r\n"),
  csv: CSV,
};
