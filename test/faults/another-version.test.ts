import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { surroundings } from "@bullseye/cli/surroundings";
import type { RunRecord } from "@bullseye/core/ledger/records";
import { type AccountListing, listAccounts } from "@bullseye/core/queries/accounts";
import { Home } from "@bullseye/local";
import { afterAll, describe, expect, it } from "vitest";

const LIST = fileURLToPath(new URL("../../events/lists/accounts/crm-accounts.csv", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "bullseye-version-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Works in a home in this thread; with `stopAt`, until the first step of that state is over. */
async function inHome<T>(name: string, work: (home: Home) => Promise<T>, stopAt?: string): Promise<T> {
  const home = new Home(join(directory, name), {
    surroundings,
    surroundingsModule: "",
    workers: 0,
    settings: { partitionRows: 100 },
    asOf: "2026-11-20",
    onProgress: ({ state, done }) => {
      if (state === stopAt && done > 0) throw new Error("stopped");
    },
  });
  try {
    return await work(home);
  } finally {
    await home.close();
  }
}

const importing = async (home: Home) => home.run(await home.prepare({ file: LIST, kind: "accounts", origin: "first-party" }));
const ended = ({ ports }: Home) => ports.runs.runs();
const standing = (runs: readonly RunRecord[]) => runs.map(({ type, status }) => `${type} ${status}`).sort();

/** Makes what is unfinished in a home look as `change` has it. */
function rewriteJournals(name: string, change: (text: string) => string): void {
  const journals = join(directory, name, "journal");
  const names = readdirSync(journals);
  expect(names).toHaveLength(1);
  for (const each of names) writeFileSync(join(journals, each), change(readFileSync(join(journals, each), "utf8")));
}

/** As a Bullseye whose workflow goes through other steps, or one from before journals named their workflow, leaves a run. */
const BEGUN_ELSEWHERE: ReadonlyArray<[string, (text: string) => string]> = [
  ["by another workflow", (text) => text.replace(/"workflow":"\w+"/, '"workflow":"another"')],
  ["with another input", (text) => text.replace(/"droppedAt":"[^"]+",/, "")],
  ["in a journal that cannot be read", (text) => text.replace("[", "{")],
];

describe("a run that another version began", () => {
  it.each(BEGUN_ELSEWHERE)("%s is given up in the middle of its saves and begun anew", async (how, change) => {
    const everything = async (home: Home): Promise<AccountListing[]> => {
      const accounts: AccountListing[] = [];
      for await (const account of listAccounts(home.ports)) accounts.push(account);
      return accounts;
    };
    await inHome(`whole ${how}`, importing);
    await expect(inHome(how, importing, "PlacePartitions")).rejects.toThrow("stopped");
    rewriteJournals(how, change);
    const { run } = await inHome(how, importing);
    expect(run).toMatchObject({ status: "done", balanced: true });
    expect(standing(await inHome(how, ended))).toEqual(["list done", "list failed"]);
    expect(await inHome(how, everything)).toEqual(await inHome(`whole ${how}`, everything));
  });

  it("does not keep another list, or a refresh, from being run", async () => {
    await inHome("refresh", importing);
    await expect(inHome("refresh", (home) => home.refresh(), "PlacePartitions")).rejects.toThrow("stopped");
    rewriteJournals("refresh", BEGUN_ELSEWHERE[0]![1]);
    const { run } = await inHome("refresh", (home) => home.refresh());
    expect(run).toMatchObject({ type: "refresh", status: "done" });
    const runs = await inHome("refresh", ended);
    expect(standing(runs)).toEqual(["list done", "refresh done", "refresh failed"]);
    expect(runs.find(({ status }) => status === "failed")?.error?.message).toContain("another version of Bullseye");
  });
});
