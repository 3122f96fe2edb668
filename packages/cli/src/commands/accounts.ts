import { guardedCsvLine } from "@bullseye/core/lists/csv";
import { type AccountListing, listAccounts, type Quantity } from "@bullseye/core/queries/accounts";
import { valueWords } from "@bullseye/core/report/wording";
import { accountFilter } from "../account-filter.ts";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";
import { countOption } from "../number-options.ts";
import { formatOf, JsonArray } from "../record-formats.ts";

/** Rows of the table for people when no limit is given. */
const SHOWN = 50;

const COLUMNS = [
  "id",
  "name",
  "domain",
  "country",
  "industry",
  "employees",
  "revenue",
  "score",
  "low",
  "high",
  "tier",
  "segments",
  "orders",
  "order_revenue",
  "order_currency",
  "last_order_at",
  "sources",
];

/** A quantity in one cell: `120`, `51-200`, `10001+`, `<=50`. */
function quantityCell(value: Quantity): string | number | null {
  if (value === null || typeof value === "number") return value;
  const [low, high] = value;
  if (low === null) return `<=${high}`;
  return high === null ? `${low}+` : `${low}-${high}`;
}

function csvOf(account: AccountListing): string {
  const { transactions: orders } = account;
  return guardedCsvLine([
    account.id,
    account.name,
    account.domain,
    account.country,
    account.industry,
    quantityCell(account.employees),
    quantityCell(account.revenue),
    account.score,
    account.low,
    account.high,
    account.tier,
    account.segments.join(" "),
    orders.orders,
    orders.revenue,
    orders.currency,
    orders.lastOrderAt,
    account.sources.map(({ list, row }) => `${list}:${row}`).join(" "),
  ]);
}

export const accountsCommand: Command = {
  name: "accounts",
  summary: "lists accounts, best first",
  usage: "accounts [--tier T] [--segment S] [--limit N] [--json | --jsonl | --csv]",
  options: { tier: { type: "string" }, segment: { type: "string" }, limit: { type: "string" }, csv: { type: "boolean" } },
  describe: {
    tier: "T     only this tier: A, B, …, unknown, X (disqualified)",
    segment: "S     only this segment",
    limit: `N     the best N; people see ${SHOWN} without it, scripts all`,
    csv: "comma-separated, for spreadsheets",
  },
  async run(context) {
    const { args, values, out } = context;
    expectWords("accounts", args, 0, 0, "nothing else");
    const format = formatOf(values);
    const limit = countOption(values, "limit");
    const { ports } = await context.workplace();
    const filter = await accountFilter(ports, values);
    if (format === "text") {
      const rows: Array<Array<string | number | null>> = [];
      let best: AccountListing | null = null;
      for await (const account of listAccounts(ports, { ...filter, limit: limit ?? SHOWN })) {
        best ??= account;
        const range = account.low === null || account.high === null ? null : `${account.low} to ${account.high}`;
        rows.push([
          account.tier,
          account.score,
          range,
          account.name ?? account.domain ?? account.id,
          account.domain,
          account.country,
          account.employees === null ? null : valueWords(account.employees),
          account.transactions.orders || null,
          account.sources.length,
        ]);
      }
      if (best === null) {
        out.text("There are no such accounts.");
        return 0;
      }
      out.table(["tier", "score", "between", "account", "domain", "country", "employees", "orders", "rows"], rows);
      const all = await ports.accounts.count();
      out.note(
        `${rows.length} shown, ${all} accounts in all; bullseye explain ${best.domain ?? best.id} says why one has its score`,
      );
      return 0;
    }
    if (format === "csv") out.raw(guardedCsvLine(COLUMNS));
    const array = new JsonArray(out);
    for await (const account of listAccounts(ports, { ...filter, limit })) {
      if (format === "csv") out.raw(csvOf(account));
      else if (format === "jsonl") out.line(account);
      else array.add(account);
    }
    if (format === "json") array.end();
    return 0;
  },
};
