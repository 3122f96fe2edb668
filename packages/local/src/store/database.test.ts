import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Database } from "./database.ts";

it("keeps nothing of a deleted row in the bytes of the file, of whatever rows lay beside it", () => {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-database-"));
  const path = join(folder, "store.sqlite");
  const address = (each: number): string => `person-${each}@acme.example`;
  try {
    const db = new Database(path);
    // Written twice, in another order than that of the keys, so that pages are split and filled anew.
    for (const factor of [7, 11])
      db.write(() => {
        for (let n = 0; n < 2_000; n++) {
          const each = (n * factor) % 2_000;
          const body = address(each).padEnd(60 + ((each * factor) % 300), "·");
          db.sql("INSERT OR REPLACE INTO queue VALUES ('q', ?, ?, 0, 0)").run(String(each), body);
        }
      });
    db.write(() => {
      for (let each = 0; each < 2_000; each += 10) db.sql("DELETE FROM queue WHERE queue = 'q' AND id = ?").run(String(each));
    });
    db.close();
    const bytes = readFileSync(path, "latin1");
    const found = Array.from({ length: 2_000 }, (_, each) => each).filter((each) => bytes.includes(address(each)));
    expect(found).toEqual(Array.from({ length: 2_000 }, (_, each) => each).filter((each) => each % 10 !== 0));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("keeps nothing of a deleted row in the log either, while another connection is open", () => {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-database-"));
  const path = join(folder, "store.sqlite");
  try {
    const db = new Database(path);
    const watching = new Database(path);
    watching.sql("SELECT count(*) FROM queue").get();
    db.write(() => db.sql("INSERT INTO queue VALUES ('q', '1', 'person@acme.example', 0, 0)").run());
    db.write(() => db.sql("DELETE FROM queue").run());
    expect(readFileSync(`${path}-wal`, "latin1")).toContain("person@acme.example");
    db.emptyLog();
    for (const file of [path, `${path}-wal`]) expect(readFileSync(file, "latin1")).not.toContain("person@acme.example");
    db.close();
    watching.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
