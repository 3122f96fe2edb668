import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { desk } from "./cli.testing.ts";
import { mayBeList, watchInbox } from "./inbox-watcher.ts";

const here = desk();

describe("mayBeList", () => {
  it.each(["crm.csv", "Accounts 2026.txt", "list.json.csv", "export"])("%s may be one", (name) =>
    expect(mayBeList(name)).toBe(true),
  );
  it.each([
    ".crm.csv.swp",
    "~$crm.xlsx",
    "crm.csv~",
    "crm.csv.list.json",
    "crm.csv.part",
    "crm.csv.crdownload",
    "crm.csv.TMP",
    ".DS_Store",
  ])("%s is none", (name) => expect(mayBeList(name)).toBe(false));
});

/** Watches with a clock that a test sets, one look after another; `steps` are what happens between the looks. */
async function looks(
  steps: ReadonlyArray<{ at: number; change?: () => void }>,
  answer: (path: string) => boolean = () => true,
): Promise<Array<[number, string]>> {
  const inbox = join(here.path, "inbox");
  mkdirSync(join(inbox, "accounts"), { recursive: true });
  const told: Array<[number, string]> = [];
  const stop = new AbortController();
  let step = -1;
  let clock = 0;
  await watchInbox({
    inbox,
    signal: stop.signal,
    settledMs: 2_000,
    lookMs: 1,
    now: () => clock,
    look: () => {
      const next = steps[++step];
      if (next === undefined) return stop.abort();
      clock = next.at;
      next.change?.();
    },
    onFile: async (path) => {
      told.push([clock, path]);
      return answer(path);
    },
  });
  return told;
}

describe("watchInbox", () => {
  const file = () => join(here.path, "inbox", "accounts", "crm.csv");
  const write = (text: string) => () => writeFileSync(file(), text);

  it("waits until a file stops growing, and tells of it once", async () => {
    const grow = () => appendFileSync(file(), "more\n");
    const steps = [
      { at: 0, change: write("Company\n") },
      { at: 1_500, change: grow },
      { at: 3_000, change: grow },
      { at: 4_900 },
      { at: 5_100 },
      { at: 9_000 },
      { at: 20_000 },
    ];
    expect(await looks(steps)).toEqual([[5_100, "accounts/crm.csv"]]);
  });

  it("tells again when the bytes may have changed, also when the size has not", async () => {
    const touch = () => {
      writeFileSync(file(), "Compamy\n");
      utimesSync(file(), 1_000, 1_000);
    };
    const steps = [
      { at: 0, change: write("Company\n") },
      { at: 3_000 },
      { at: 4_000, change: touch },
      { at: 5_000 },
      { at: 7_000 },
      { at: 20_000 },
    ];
    expect(await looks(steps)).toEqual([
      [3_000, "accounts/crm.csv"],
      [7_000, "accounts/crm.csv"],
    ]);
  });

  it("tells again when it was asked to, and forgets files that went", async () => {
    const steps = [
      { at: 0, change: write("Company\n") },
      { at: 3_000 },
      { at: 4_000 },
      { at: 5_000, change: () => rmSync(file()) },
      { at: 9_000, change: write("Company\n") },
      { at: 10_000 },
    ];
    expect(await looks(steps, () => false)).toEqual([
      [3_000, "accounts/crm.csv"],
      [4_000, "accounts/crm.csv"],
    ]);
  });

  it("tells of files in order of path and leaves sidecars and unfinished ones alone", async () => {
    const drop = () => {
      for (const name of ["b.csv", "a.csv", "a.csv.list.json", "c.csv.part"])
        writeFileSync(join(here.path, "inbox", "accounts", name), "Company\n");
    };
    expect((await looks([{ at: 0, change: drop }, { at: 3_000 }, { at: 4_000 }])).map(([, path]) => path)).toEqual([
      "accounts/a.csv",
      "accounts/b.csv",
    ]);
  });
});
