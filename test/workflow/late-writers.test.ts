import { BugError } from "@bullseye/core/errors";
import { perform } from "@bullseye/core/operations/operation";
import { splitList } from "@bullseye/core/operations/split-list/split-list";
import { takeTurn } from "@bullseye/core/operations/take-turn/take-turn";
import type { PartitionChanges } from "@bullseye/core/ports";
import { expect, test } from "vitest";
import { TestHome } from "./support.ts";

const LOST = { name: "BugError", message: expect.stringMatching(/lost its turn/) };

test("what a failed run still had on its way comes to nothing, and the next run is as if it had never been", async () => {
  let onItsWay: [PartitionChanges, number] | null = null;
  let fail = true;
  const home = new TestHome({
    adjust: ({ accounts }) => {
      const save = accounts.save.bind(accounts);
      accounts.save = async (changes, fence) => {
        if (!fail || changes.aliases.length === 0) return save(changes, fence);
        onItsWay = [changes, fence];
        throw new BugError("this partition failed");
      };
    },
  });
  const list = { name: "crm.csv", kind: "accounts" as const, text: "Company,Website,Country\nAcme,www.acme.example,DE\n" };
  await expect(home.drop(list)).rejects.toThrow(/this partition failed/);
  fail = false;
  const { ports } = await home.at("2026-11-20");
  await expect(ports.accounts.save(...onItsWay!)).rejects.toMatchObject(LOST);
  const [{ key }] = (onItsWay![0] as PartitionChanges).aliases as [PartitionChanges["aliases"][number]];
  expect((await ports.accounts.aliases([key])).size).toBe(0);
  expect((await home.drop({ ...list, text: `${list.text}Beta,www.beta.example,DE\n` })).accounts).toMatchObject({ created: 2 });
});

test("a run that goes on after its turn is over is refused before it opens a version", async () => {
  const home = new TestHome();
  const { ports } = await home.at("2026-11-20");
  const common = { key: null, versionId: null, asOf: "2026-11-20", configSha: "0".repeat(32) };
  const turn = async (runId: string) =>
    (await perform(takeTurn, ports, { ...common, runId, droppedAt: "2026-11-20T08:00:00.000Z" })).fence;
  const early = await turn("early");
  await ports.leases.release("turn", "early");
  const split = (runId: string, fence: number) => perform(splitList, ports, { ...common, runId, bucket: "home", fence });
  await split("late", await turn("late"));
  await expect(split("early", early)).rejects.toMatchObject(LOST);
  expect((await ports.runs.run("early"))!.status).toBe("waiting");
});
