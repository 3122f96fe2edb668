import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTable, readTable } from "../../packages/cli/src/table-file.ts";

/** Reads files as `inspect --rows` does; call `close` at the end. */
export class InspectReader {
  readonly #folder = mkdtempSync(join(tmpdir(), "bullseye-reading-"));

  /** Header (where there is one) and data records. */
  async read(bytes: Uint8Array, name = "table.csv", sheet?: string): Promise<string[][]> {
    const path = join(this.#folder, name);
    writeFileSync(path, bytes);
    const table = await openTable(path, sheet);
    const records: string[][] = table.shape.dialect.headerRow > 0 ? [table.shape.header] : [];
    await readTable(table, (cells) => records.push(cells));
    return records;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
