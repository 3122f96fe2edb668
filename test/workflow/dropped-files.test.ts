import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { surroundings } from "@bullseye/cli/surroundings";
import { Home } from "@bullseye/local";
import { describe, expect, test } from "vitest";
import { filesUnder } from "./store-content.ts";
import { TestHome } from "./support.ts";

const ASOF = "2026-11-20";
const LIST = "Company,Website,Country\nAcme,acme.example,DE\nBeta,beta.example,FR\n";
const OTHER = "Company,Website,Country\nSomebody Else,somebody.example,NL\n";

const names = async (home: TestHome): Promise<unknown[]> => (await home.accounts()).map(({ result }) => result!.show.name).sort();

describe("a file that is written over", () => {
  test("between the look at it and its drop is refused, and may be dropped again", async () => {
    const home = new TestHome();
    const file = join(home.directory, "crm.csv");
    writeFileSync(file, LIST);
    const open = await home.at(ASOF);
    const drop = await open.prepare({ file, kind: "accounts", origin: "first-party" });
    writeFileSync(file, OTHER);
    await expect(open.run(drop)).rejects.toMatchObject({
      name: "TransientError",
      message: "crm.csv changed while it was read",
    });
    expect(await open.ports.runs.runs()).toEqual([]);
    expect(Object.keys(filesUnder(home.path, "objects/personal"))).toEqual([]);
    const { run } = await open.run(await open.prepare({ file, kind: "accounts", origin: "first-party" }));
    expect(run).toMatchObject({ status: "done", rows: { in: 1 } });
    expect(await names(home)).toEqual(["Somebody Else"]);
  });

  test("in the inbox while its run is at work is read as it was dropped", async () => {
    const home = new TestHome();
    const open = await home.at(ASOF);
    const inbox = join(home.path, "inbox", "accounts", "crm", "crm.csv");
    const { objects } = open.ports;
    const range = objects.range.bind(objects);
    objects.range = async (...args) => {
      writeFileSync(inbox, OTHER);
      return range(...args);
    };
    const file = join(home.directory, "crm.csv");
    writeFileSync(file, LIST);
    const { run } = await open.run(await open.prepare({ file, kind: "accounts", origin: "first-party" }));
    expect(run).toMatchObject({ status: "done", rows: { in: 2, accepted: 2 } });
    expect(readFileSync(inbox, "utf8")).toBe(OTHER);
    expect(await names(home)).toEqual(["Acme", "Beta"]);
  });
});

test("the copy of a file whose run another command ended is gone with it", async () => {
  const home = new TestHome();
  const file = join(home.directory, "crm.csv");
  writeFileSync(file, LIST);
  const cut = new Home(home.path, {
    surroundings,
    surroundingsModule: "",
    workers: 0,
    asOf: ASOF,
    onProgress: ({ state, done }) => {
      if (state === "PlacePartitions" && done > 0) throw new Error("stopped");
    },
  });
  const drop = await cut.prepare({ file, kind: "accounts", origin: "first-party" });
  await expect(cut.run(drop)).rejects.toThrow("stopped");
  await cut.close();
  const copy = join(home.path, "objects", "personal", "versions", drop.versionId);
  expect(existsSync(copy)).toBe(true);
  await (await home.at(ASOF)).refresh();
  expect(existsSync(copy)).toBe(false);
  expect(await names(home)).toEqual(["Acme", "Beta"]);
});
