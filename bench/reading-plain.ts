import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { csvLine } from "../packages/core/src/lists/csv.ts";
import { cellF1 } from "../test/reading/cell-score.ts";
import { InspectReader } from "../test/reading/measure.ts";
import { Random } from "../test/reading/random.ts";

/**
 * What the detection costs where there is nothing to detect: windows of real tables (some columns, some rows), with and without their header,
 * as plain CSV. `BULLSEYE_DATA=… node bench/reading-plain.ts [class to list]`; a window is exact when every cell is.
 */
const TABLES = [
  "sp500/constituents.csv",
  "sp500/constituents-financials.csv",
  "fortune1000/Fortune_1000.csv",
  "pdl-companies-sample/companies_pdl_share20.csv",
  "crm-maven/accounts.csv",
  "crm-maven/sales_pipeline.csv",
  "crm-maven/products.csv",
  "crm-maven/sales_teams.csv",
  "ref-iso3166/all.csv",
  "salvirt-b2b/salvirt_b2b.csv",
  "er-febrl1/dataset1.csv",
  "nasdaq-listings/nasdaq-listed.csv",
  "northwind/customers.csv",
  "northwind/orders.csv",
  "northwind/products.csv",
  "northwind/suppliers.csv",
  "northwind/employees.csv",
  "northwind/order-details.csv",
  "wholesale-customers/wholesale_customers.csv",
  "ref-legal-suffixes/companies.csv",
  "ref-elf-iso20275/elf-code-list-v1.5.csv",
  "ref-naics2022/naics2022_clean.csv",
  "goodtables-bad/hmt__1011-bbsrc-25k-spend-return.csv",
  "goodtables-bad/encoding-274.csv",
  "ref-sic-naics/sic-codes.csv",
];
const WINDOWS = 24;
const listed = process.argv[2];
const data = process.env.BULLSEYE_DATA ?? "../shared/data";
const reader = new InspectReader();
const classes = new Map<string, { files: number; sum: number; exact: number }>();
const hasText = (cells: readonly string[]): boolean => cells.some((cell) => cell.trim() !== "");

async function measure(name: string, file: string, expected: readonly (readonly string[])[]): Promise<void> {
  const text = expected.map((cells) => csvLine(cells)).join("");
  let score = 0;
  try {
    score = cellF1(expected, await reader.read(Buffer.from(text)));
  } catch {
    // A file that is refused is a file of which nothing is read.
  }
  const each = classes.get(name) ?? { files: 0, sum: 0, exact: 0 };
  classes.set(name, { files: each.files + 1, sum: each.sum + score, exact: each.exact + (score === 1 ? 1 : 0) });
  if (listed === name && score < 1)
    process.stdout.write(`${score.toFixed(3)} ${file} ${expected.length} ${JSON.stringify(text.slice(0, 200))}\n`);
}

for (const [at, file] of TABLES.entries()) {
  if (!existsSync(join(data, file))) continue;
  const bytes = readFileSync(join(data, file));
  const delimiter = file.startsWith("ref-legal-suffixes/") ? ";" : ",";
  const records = (parse(bytes, { bom: true, delimiter, relax_column_count: true }) as string[][]).filter(hasText);
  const [header, ...rows] = records;
  const random = new Random(at * 7 + 1);
  for (let window = 0; window < WINDOWS; window++) {
    const count = random.integer(1, Math.min(8, header!.length));
    const columns = random.sample([...header!.keys()], count).sort((a, b) => a - b);
    const length = random.pick([1, 2, 4, 10, 50, 300]);
    const from = random.integer(0, Math.max(0, rows.length - length));
    const cut = (cells: readonly string[]): string[] => columns.map((column) => cells[column] ?? "");
    const body = rows
      .slice(from, from + length)
      .map(cut)
      .filter(hasText);
    if (body.length === 0) continue;
    const size = `${count === 1 ? "1 column" : count < 4 ? "2-3 columns" : "4-8 columns"}, ${length < 4 ? "1-2" : length < 50 ? "4-10" : "50-300"} rows`;
    await measure(`header, ${size}`, file, [cut(header!), ...body]);
    await measure(`no header, ${size}`, file, body);
  }
}
if (listed === undefined)
  for (const [name, { files, sum, exact }] of [...classes].sort())
    process.stdout.write(
      `${name.padEnd(40)}${String(files).padStart(6)}${(sum / files).toFixed(4).padStart(9)}${(exact / files).toFixed(3).padStart(8)}\n`,
    );
reader.close();
