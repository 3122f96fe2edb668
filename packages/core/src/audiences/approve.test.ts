import { describe, expect, test } from "vitest";
import type { Ports } from "../ports.ts";
import { approvePlan, confirmPush, freezeAudience, queueApproved } from "./approve.ts";
import type { AudienceState, MemberRow, PushRecord } from "./delivery.ts";

const push = (audience: string, planHash: string, more: Partial<PushRecord> = {}): PushRecord => ({
  pushId: `${audience}-${planHash}`,
  audience,
  platform: "linkedin",
  mode: "file",
  planHash,
  runId: "r",
  status: "waiting",
  desired: 2,
  add: 2,
  remove: 0,
  chunks: 1,
  chunksDone: [],
  files: [],
  approvalReasons: ["first push of this audience"],
  configSha: "c",
  createdAt: "2026-11-20T00:00:00Z",
  ...more,
});

/** Audiences and queue in memory. */
function portsOf(pushes: PushRecord[], states: AudienceState[] = [], members: MemberRow[] = []) {
  const store = {
    pushes: new Map(pushes.map((each) => [each.pushId, each])),
    states: new Map(states.map((each) => [each.id, each])),
    members: new Map(members.map((each) => [each.id, each])),
    sent: [] as string[],
  };
  const ports = {
    audiences: {
      pushes: async (audience?: string) =>
        [...store.pushes.values()].filter((each) => audience === undefined || each.audience === audience),
      push: async (id: string) => store.pushes.get(id) ?? null,
      putPush: async (each: PushRecord) => void store.pushes.set(each.pushId, each),
      state: async (id: string) => store.states.get(id) ?? null,
      putState: async (each: AudienceState) => void store.states.set(each.id, each),
      async *members(audience: string) {
        for (const each of [...store.members.values()]) if (each.audience === audience) yield each;
      },
      putMembers: async (rows: readonly MemberRow[]) => {
        for (const row of rows) store.members.set(row.id, row);
      },
    },
    leases: { take: async () => 1, release: async () => {} },
    clock: { now: () => "2026-11-20T00:00:00Z" },
    queue: {
      send: async (_: string, messages: ReadonlyArray<{ id: string }>) => void store.sent.push(...messages.map(({ id }) => id)),
    },
  } as unknown as Ports;
  return { ports, store };
}

describe("approvePlan", () => {
  const two = [push("one", "aabbcc11"), push("two", "aabbcc22"), push("old", "ddeeff00", { status: "superseded" })];

  test("lets the one plan go that a prefix means", async () => {
    const { ports, store } = portsOf(two);
    expect((await approvePlan(ports, "AABBCC2")).audience).toBe("two");
    expect(store.pushes.get("two-aabbcc22")!.status).toBe("approved");
    expect(store.states.get("two")!.approvedHash).toBe("aabbcc22");
    expect(store.pushes.get("one-aabbcc11")!.status).toBe("waiting");
  });

  test.each([
    ["aabbcc", "NotFoundError", "2 plans begin with"],
    ["ddeeff", "NotFoundError", "no plan ddeeff waits"],
    ["aabb", "InputError", "names no plan"],
    ["not-hex", "InputError", "names no plan"],
  ])("%s is refused and the waiting ones are named", async (prefix, name, message) => {
    const { ports, store } = portsOf(two);
    await expect(approvePlan(ports, prefix)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
      hint: expect.stringContaining("aabbcc11 (one)"),
    });
    expect([...store.pushes.values()]).toEqual(two);
  });
});

describe("queueApproved", () => {
  const at = (audience: string, hash: string): AudienceState => ({ id: audience, lastPlanHash: hash });

  test("queues what is approved, not what waits, is frozen or was overtaken", async () => {
    const pushes = [
      push("a", "h1", { status: "approved" }),
      push("b", "h2"),
      push("c", "h3", { status: "approved" }),
      push("d", "h4", { status: "approved" }),
      push("e", "h5", { status: "done" }),
    ];
    const { ports, store } = portsOf(pushes, [
      at("a", "h1"),
      at("b", "h2"),
      { ...at("c", "h3"), frozen: true },
      at("d", "newer"),
      at("e", "h5"),
    ]);
    expect((await queueApproved(ports)).map(({ audience }) => audience)).toEqual(["a"]);
    expect(store.sent).toEqual(["a-h1-0000-1"]);
    expect(store.pushes.get("c-h3")!.status).toBe("approved");
    expect(store.pushes.get("d-h4")!.status).toBe("superseded");
  });

  test("a parked audience is tried again from its first part", async () => {
    const parked = push("a", "h1", { status: "parked", mode: "api", chunks: 3, chunksDone: [0, 1], reason: "no token" });
    const { ports, store } = portsOf(
      [parked, push("b", "h2", { status: "approved" })],
      [{ ...at("a", "h1"), parked: "no token" }, at("b", "h2")],
    );
    expect((await queueApproved(ports, "parked")).map(({ audience }) => audience)).toEqual(["a"]);
    expect(store.sent).toHaveLength(3);
    expect(store.pushes.get("a-h1")).toMatchObject({ status: "queued", chunksDone: [] });
    expect(store.pushes.get("a-h1")!.reason).toBeUndefined();
    expect(store.states.get("a")!.parked).toBeUndefined();
  });
});

describe("confirmPush", () => {
  const member = (id: string, state: MemberRow["state"], by: string): MemberRow => ({
    audience: "a",
    id,
    account: id,
    fingerprint: "f",
    state,
    push: by,
  });
  const rows = [
    member("1", "exported", "a-h1"),
    member("2", "rejected", "a-h1"),
    member("3", "exported", "a-h0"),
    member("4", "exported", "a-h1"),
  ];

  test("confirms the members of that push, once, and records the matches", async () => {
    const { ports, store } = portsOf([push("a", "h1", { status: "done" })], [], rows);
    expect((await confirmPush(ports, "a-h1", 1)).confirmed).toBe(2);
    expect([...store.members.values()].map(({ state }) => state)).toEqual(["confirmed", "rejected", "exported", "confirmed"]);
    expect(store.pushes.get("a-h1")!.matched).toBe(1);
    expect((await confirmPush(ports, "a-h1")).confirmed).toBe(0);
    expect(store.pushes.get("a-h1")!.matched).toBe(1);
  });

  test("refuses what was not uploaded by a person", async () => {
    const { ports } = portsOf([
      push("a", "h1"),
      push("b", "h2", { mode: "api", status: "done" }),
      push("c", "h3", { status: "done" }),
    ]);
    await expect(confirmPush(ports, "a-h1")).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringContaining("no file yet"),
    });
    await expect(confirmPush(ports, "b-h2")).rejects.toMatchObject({ name: "InputError" });
    await expect(confirmPush(ports, "nosuch")).rejects.toMatchObject({
      name: "NotFoundError",
      hint: expect.stringContaining("c-h3"),
    });
  });
});

test("freezing keeps all else of a state, and goes", async () => {
  const { ports, store } = portsOf([], [{ id: "a", platformId: "p" }]);
  await freezeAudience(ports, "a", true);
  expect(store.states.get("a")).toEqual({ id: "a", platformId: "p", frozen: true });
  await freezeAudience(ports, "a", false);
  expect(store.states.get("a")).toEqual({ id: "a", platformId: "p" });
});
