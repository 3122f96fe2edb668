import { scan, scanDecimal } from "../values/decimal.ts";
import type { ListMapping } from "./list-mapping.ts";
import { sampleColumn } from "./value-shape.ts";

/** Whether some cell carries a currency of its own. */
function carriesCurrency(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const first = /[^\s–—-][^–—-]*/u.exec(cell)?.[0]?.trim() ?? "";
    return scanDecimal(first, ".") && scan.currency !== undefined;
  });
}

/**
 * Puts revenue under review whose currency nothing says: neither header nor cells nor a currency column nor the export nor whoever dropped the
 * list. HubSpot and Salesforce write amounts in the currency of the portal.
 */
export function askForCurrency(mapping: ListMapping, sample: readonly (readonly string[])[]): void {
  if (mapping.currency !== undefined || mapping.columns.some(({ field }) => field === "currency")) return;
  for (const column of mapping.columns) {
    if (column.field !== "revenue" || column.plan?.currency !== undefined || column.decided !== undefined) continue;
    const cells = sampleColumn(sample, column.position);
    if (cells.length === 0 || carriesCurrency(cells)) continue;
    column.review = true;
    column.reason += "; in which currency is not said: declare it with the list";
  }
}
