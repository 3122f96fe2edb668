import { readdirSync } from "node:fs";
import { NOTHING_DELIVERED, type PushRecord } from "@bullseye/core/audiences/delivery";
import { awaitingApproval, delivered, parkedEvent, runClosed } from "@bullseye/core/ledger/events";
import type { RunRecord } from "@bullseye/core/ledger/records";
import type { PublishedEvent } from "@bullseye/core/ports";
import { describe, expect, test } from "vitest";
import { faultsOf, PUBLISHED_EVENTS } from "../../events/published/index.ts";

const push: PushRecord = {
  pushId: "large-4f19c2d07ab35e88",
  audience: "large",
  platform: "linkedin",
  mode: "api",
  planHash: "4f19c2d07ab35e88",
  runId: "b07d41c6e92a5f3810de",
  status: "waiting",
  desired: 3,
  add: 2,
  remove: 1,
  chunks: 1,
  chunksDone: [],
  files: ["outbox/large.csv"],
  approvalReasons: ["first push of this audience"],
  configSha: "c",
  createdAt: "2026-11-20T08:00:00.000Z",
};

const run: RunRecord = {
  runId: "b07d41c6e92a5f3810de",
  type: "list",
  status: "done",
  list: "crm",
  kind: "accounts",
  version: 2,
  input: { key: "inbox/accounts/crm/crm.csv", versionId: "v", asOf: "2026-11-20", configSha: "c" },
  startedAt: "2026-11-20T08:00:00.000Z",
  endedAt: "2026-11-20T08:01:00.000Z",
  rows: { in: 6, accepted: 3, merged: 1, rejected: 1, blank: 1, footer: 0 },
  accounts: { created: 2, updated: 1, unchanged: 0, removed: 0 },
  tiers: { A: 1, B: 2 },
  audiences: [
    {
      ...{ id: "large", platform: "linkedin", mode: "api", hash: "h", desired: 3, told: 2, add: 2, remove: 1 },
      ...{ awaitingApproval: true, approvalReasons: [], blocked: [], files: [], ...NOTHING_DELIVERED },
    },
  ],
  balanced: true,
};

const published = ({ key: _, ...event }: ReturnType<typeof runClosed>): PublishedEvent => ({
  ...event,
  id: "0123456789abcdef0123",
  at: "2026-11-20T08:01:00.000Z",
});

describe("published events", () => {
  test("have an example each that keeps their schema, and a file under their name", () => {
    const files = readdirSync(new URL("../../events/published/", import.meta.url)).map((name) => name.replace(/\.ts$/, ""));
    expect(files.filter((name) => name !== "index" && name !== "event").sort()).toEqual(Object.keys(PUBLISHED_EVENTS).sort());
    for (const [type, definition] of Object.entries(PUBLISHED_EVENTS)) {
      expect([definition.type, definition.example.type]).toEqual([type, type]);
      expect(faultsOf(definition.example)).toEqual([]);
    }
  });

  test.each([
    ["a run that is done", runClosed(run)],
    [
      "a run that failed before it read a row",
      runClosed({
        ...run,
        status: "failed",
        version: null,
        rows: undefined,
        accounts: undefined,
        tiers: undefined,
        balanced: undefined,
        error: { name: "InputError", message: "said of a person", hint: "h" },
      }),
    ],
    [
      "a run whose rows do not add up",
      runClosed({ ...run, status: "failed", balanced: false, rows: { ...run.rows!, merged: 9 } }),
    ],
    ["a refresh", runClosed({ ...run, type: "refresh", list: null, kind: null, version: null, rows: undefined })],
    ["a plan that waits", awaitingApproval(push)],
    ["a push that is through", delivered({ ...push, status: "done" })],
    ["an audience that is parked", parkedEvent({ ...push, status: "parked" }, "reconnect the ad account")],
  ])("are what core says of %s, and nothing of a message goes with them", (_, happening) => {
    const event = published(happening);
    expect(faultsOf(event)).toEqual([]);
    expect(JSON.stringify(event)).not.toContain("said of a person");
  });

  test("are refused, without their values, where a field is missing, wrong or not declared", () => {
    for (const { example } of Object.values(PUBLISHED_EVENTS)) {
      const [field] = Object.keys(example.detail);
      const without = Object.fromEntries(Object.entries(example.detail).slice(1));
      for (const detail of [without, { ...example.detail, [field!]: 5 }, { ...example.detail, email: "person@mail.example" }]) {
        const faults = faultsOf({ ...example, detail });
        expect(faults).not.toEqual([]);
        expect(faults.join()).not.toContain("@");
      }
      expect(faultsOf({ ...example, at: "yesterday" })).toEqual([expect.stringContaining("at:")]);
    }
  });
});
