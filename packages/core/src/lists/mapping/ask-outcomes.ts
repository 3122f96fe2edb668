import { stageMeaning } from "./deal-reader.ts";
import type { ListMapping } from "./list-mapping.ts";
import { sampleColumn } from "./value-shape.ts";

/**
 * Puts the stages of deals under review where none of them says that it means won and no other column does: HubSpot and most systems let
 * people name their stages, and all such deals would count as open.
 */
export function askForOutcomes(mapping: ListMapping, sample: readonly (readonly string[])[]): void {
  if (mapping.kind !== "deals" || mapping.columns.some(({ field }) => field === "deal.isWon")) return;
  for (const column of mapping.columns) {
    if (column.field !== "deal.stage" || column.decided !== undefined) continue;
    const stages = new Set(sampleColumn(sample, column.position));
    if (stages.size === 0 || [...stages].some((stage) => stageMeaning(stage) === "won")) continue;
    column.review = true;
    column.reason += "; none of its stages is known to mean won: say which do";
  }
}
