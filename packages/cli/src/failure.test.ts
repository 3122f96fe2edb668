import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { desk } from "./cli.testing.ts";
import { failureOf, namingHome } from "./failure.ts";

const here = desk();

it("a store that cannot be opened is the caller's to put right, and the home is named", async () => {
  mkdirSync(join(here.path, "shut", "store.sqlite"), { recursive: true });
  const { code, out, err } = await here.run("lists", "--home", "shut");
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(/^the store of the home \S+shut cannot be opened \(.+\); check the rights[^\n]+--home DIR\n$/);
});

it("a store that may not be written names the home too, and other errors of the store stay what they are", () => {
  const directory = mkdtempSync(join(tmpdir(), "bullseye-cli-"));
  try {
    const file = join(directory, "store.sqlite");
    const writer = new DatabaseSync(file);
    writer.exec("CREATE TABLE t (a)");
    writer.close();
    const reader = new DatabaseSync(file, { readOnly: true });
    const thrown = (sql: string): unknown => {
      try {
        reader.exec(sql);
      } catch (error) {
        return error;
      }
    };
    expect(failureOf(namingHome(thrown("INSERT INTO t VALUES (1)"), "/srv/home"))).toMatchObject({
      name: "InputError",
      code: 2,
      message: expect.stringMatching(/^the store of the home \/srv\/home may not be written/),
    });
    const other = thrown("SELECT nothing FROM nowhere");
    expect(namingHome(other, "/srv/home")).toBe(other);
    reader.close();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

it.each([["EACCES"], ["EROFS"]])("a path refused with %s is named", (code) => {
  expect(failureOf(Object.assign(new Error(code), { code, path: "/srv/home/inbox" }))).toMatchObject({
    code: 2,
    message: expect.stringMatching(/^\/srv\/home\/inbox /),
  });
});
