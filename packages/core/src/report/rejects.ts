import { readRecords } from "../lists/reading/record-reader.ts";
import { REJECT_COLUMNS } from "../lists/rejects-file.ts";
import type { Ports } from "../ports.ts";
import type { RejectGroup } from "./run-report-data.ts";

/** Bytes of a rejects file read at a time; at least one record fits [design]. */
const CHUNK = 8 * 1024 * 1024;

const DIALECT = { delimiter: ",", quote: '"', escape: "double", encoding: "utf-8" } as const;

/** Rows of a rejects file by reason and column, the most frequent first; each with the hint of its first row. */
export async function rejectGroups(ports: Ports, key: string): Promise<RejectGroup[]> {
  const size = (await ports.objects.size(key)) ?? 0;
  const groups = new Map<string, RejectGroup>();
  const added = REJECT_COLUMNS.length;
  let header = true;
  for (let offset = 0; offset < size; ) {
    const end = Math.min(size, offset + CHUNK);
    const bytes = await ports.objects.range(key, offset, end);
    const used = readRecords(
      bytes,
      DIALECT,
      (cells) => {
        if (header) {
          header = false;
          return;
        }
        const [, reason, column, hint] = cells.slice(-added);
        if (reason === undefined) return;
        const known = groups.get(`${reason}|${column}`);
        if (known) known.n++;
        else groups.set(`${reason}|${column}`, { reason, column: column ?? "", hint: hint ?? "", n: 1 });
      },
      { last: end === size },
    );
    if (used === 0) break;
    offset += used;
  }
  return [...groups.values()].sort(
    (a, b) => b.n - a.n || (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : a.column < b.column ? -1 : 1),
  );
}
