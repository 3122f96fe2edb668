import { gunzipSync } from "node:zlib";
import type { Ports } from "../ports.ts";
import { ledgerKey } from "./run-context.ts";

/** Where a row ended, as the ledger has it. `home` is there for accepted and merged rows, `account` where the run knew it, `reason` and `mark` (of the record) for rejected rows. */
export interface RowEnd {
  row: number;
  outcome: "accepted" | "merged" | "rejected" | "blank" | "footer";
  home?: string;
  account?: string;
  reason?: string;
  mark?: string;
}

/** The parts of a run's ledger: what intake wrote down and what the partitions did. */
export const LEDGER_STAGES = ["import", "rows"] as const;

/** The ledger objects of one stage of a run as text, one JSON line a row; one object in memory at a time. */
export async function* ledgerTexts(
  ports: Pick<Ports, "objects">,
  runId: string,
  stage: (typeof LEDGER_STAGES)[number],
): AsyncGenerator<{ key: string; text: string }> {
  for (const key of await ports.objects.list(ledgerKey(runId, `${stage}/`)))
    yield { key, text: gunzipSync(await ports.objects.get(key)).toString("utf8") };
}

/** Every row end of one ledger object. Rows that count elsewhere (0 and less) are left out. */
export function* rowEnds(text: string): Generator<RowEnd> {
  let from = 0;
  while (from < text.length) {
    const end = text.indexOf("\n", from);
    const stop = end < 0 ? text.length : end;
    const parsed = rowEnd(text.slice(from, stop));
    if (parsed) yield parsed;
    from = stop + 1;
  }
}

function rowEnd(line: string): RowEnd | null {
  if (line === "") return null;
  const [row, outcome, third, fourth] = JSON.parse(line) as [number, RowEnd["outcome"], string?, string?];
  if (row <= 0) return null;
  if (outcome === "accepted" || outcome === "merged")
    return { row, outcome, home: third!, ...(fourth === undefined ? {} : { account: fourth }) };
  return { row, outcome, ...(third === undefined ? {} : { reason: third }), ...(fourth === undefined ? {} : { mark: fourth }) };
}

/** Where one row of a run ended; null when its ledger does not know the row. */
export async function endOfRow(ports: Ports, runId: string, row: number): Promise<RowEnd | null> {
  const needle = `[${row},`;
  for (const stage of LEDGER_STAGES) {
    for await (const { text } of ledgerTexts(ports, runId, stage)) {
      let at = text.startsWith(needle) ? 0 : text.indexOf(`\n${needle}`);
      if (at < 0) continue;
      if (at > 0) at++;
      const end = text.indexOf("\n", at);
      return rowEnd(text.slice(at, end < 0 ? text.length : end));
    }
  }
  return null;
}
