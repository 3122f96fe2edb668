import { runDrop, type StageRunner } from "@bullseye/aws/stage/runs";
import { TURN } from "@bullseye/core/operations/take-turn/take-turn";
import { expect, test } from "vitest";
import { TestHome } from "../workflow/support.ts";

test("the source of a list that stands is declared anew between runs, and never over what a run writes", async () => {
  const home = new TestHome();
  const text = "Company,Website,Country\nAcme,www.acme.example,DE\n";
  await home.drop({ name: "crm.csv", list: "crm", kind: "accounts", text });
  const { ports } = await home.at("2026-11-20");
  const before = (await ports.runs.list("crm"))!;
  const drop = {
    ...{ path: "crm.csv", kind: "accounts" as const, list: "crm", fileName: "crm.csv", size: text.length },
    versionId: before.versions[0]!.contentHash,
    reading: before.versions[0]!.reading!,
    sidecar: { mode: "append" as const, source: { origin: "broker" as const } },
  };
  const none = new Proxy({}, { get: () => expect.fail("nothing else is asked") }) as never;
  const refreshed: string[] = [];
  const executions = {
    find: async () => null,
    start: async ({ name }: { name: string }) => refreshed.push(name) > 0,
    ended: async () => ({ status: "ABORTED", redrivable: false, error: null, cause: null }),
  } as never;
  const runner: StageRunner = {
    ...{ ports, s3: none, bucket: "b", stage: "dev", executions, asOf: "2026-11-20", onProgress: () => {} },
  };
  await ports.leases.take(TURN, "a run", 60);
  await expect(runDrop(runner, drop)).rejects.toMatchObject({
    name: "TransientError",
    message: expect.stringMatching(/between runs/),
  });
  expect(await ports.runs.list("crm")).toEqual(before);
  await ports.leases.release(TURN, "a run");
  await expect(runDrop(runner, drop)).rejects.toThrow(/was cut short/);
  expect(refreshed).toHaveLength(1);
  expect(await ports.runs.list("crm")).toEqual({ ...before, source: drop.sidecar.source });
  expect(await ports.leases.take(TURN, "the next run", 60)).not.toBeNull();
});
