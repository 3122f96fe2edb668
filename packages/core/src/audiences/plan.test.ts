import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberState } from "./delivery.ts";
import { type DesiredMember, type MemberChange, type PlanInput, planAudience, type ToldMember } from "./plan.ts";

const limits = { removeShare: 0.1, addShare: 0.5 };

async function plan(desired: DesiredMember[], told: ToldMember[], more: Partial<PlanInput> = {}) {
  const changes: MemberChange[] = [];
  const result = await planAudience({
    audience: { id: "a", limits },
    desired,
    told,
    previousConfigSha: "c1",
    configSha: "c1",
    firstPush: false,
    onChange: (change) => changes.push(change),
    ...more,
  });
  return { ...result, changes };
}

const ids = (from: number, to: number): DesiredMember[] =>
  Array.from({ length: to - from }, (_, at) => ({ id: `m${String(from + at).padStart(5, "0")}`, fingerprint: "f" }));
const held = (members: DesiredMember[], state: MemberState = "confirmed"): ToldMember[] =>
  members.map((member) => ({ ...member, state }));

describe("planAudience", () => {
  it("sends the difference only", async () => {
    const result = await plan(ids(0, 3), held(ids(2, 5)), { audience: { id: "a", limits: { removeShare: 1, addShare: 1 } } });
    expect(result).toMatchObject({ desired: 3, told: 3, add: 2, remove: 2, unchanged: 1, changed: 0, awaitingApproval: false });
    expect(result.changes.map((change) => change.action + change.id)).toEqual([
      "addm00000",
      "addm00001",
      "removem00003",
      "removem00004",
    ]);
  });

  it("replaces changed identifiers: the old ones go, the new ones come", async () => {
    const result = await plan([{ id: "x", fingerprint: "new" }], [{ id: "x", fingerprint: "old", state: "accepted" }]);
    expect(result.changes).toEqual([
      { action: "remove", id: "x", fingerprint: "old", changed: true },
      { action: "add", id: "x", fingerprint: "new", changed: true },
    ]);
    expect(result).toMatchObject({ add: 1, remove: 1, changed: 1 });
  });

  it.each<[MemberState, string[], string[]]>([
    ["confirmed", [], ["remove"]],
    ["accepted", [], ["remove"]],
    ["exported", [], ["remove"]],
    ["unverified", [], ["remove"]],
    ["rejected", [], []],
    ["planned", ["add"], []],
    ["parked", ["add"], []],
    ["outcome-unknown", ["add"], ["remove"]],
    ["removing", ["add"], ["remove"]],
  ])("state %s: wanted %j, not wanted %j", async (state, wanted, unwanted) => {
    const one = ids(0, 1);
    expect((await plan(one, held(one, state))).changes.map((change) => change.action)).toEqual(wanted);
    expect((await plan([], held(one, state))).changes.map((change) => change.action)).toEqual(unwanted);
  });

  it("tries a refused member again once its identifiers change", async () => {
    const result = await plan([{ id: "x", fingerprint: "new" }], [{ id: "x", fingerprint: "old", state: "rejected" }]);
    expect(result.changes).toEqual([{ action: "add", id: "x", fingerprint: "new", changed: false }]);
    expect((await plan(ids(0, 1), held(ids(0, 1), "rejected"))).refused).toBe(1);
  });

  it("waits for approval beyond the limits and not at them", async () => {
    const reasons = async (desired: DesiredMember[], told: ToldMember[], more?: Partial<PlanInput>) =>
      (await plan(desired, told, more)).approvalReasons;
    expect(await reasons(ids(10, 100), held(ids(0, 100)))).toEqual([]);
    expect(await reasons(ids(11, 100), held(ids(0, 100)))).toEqual(["removes 11 of 100 members, more than 10 %"]);
    expect(await reasons(ids(0, 150), held(ids(0, 100)))).toEqual([]);
    expect(await reasons(ids(0, 151), held(ids(0, 100)))).toEqual(["adds 51 to 100 members, more than 50 %"]);
    expect(await reasons(ids(0, 1), [])).toEqual(["adds 1 to 0 members, more than 50 %"]);
    expect(await reasons(ids(0, 5), [], { firstPush: true, previousConfigSha: null })).toEqual(["first push of this audience"]);
    expect(await reasons(ids(0, 101), held(ids(0, 100)), { configSha: "c2" })).toEqual(["first plan of a new configuration"]);
  });

  it("has nothing to approve when nothing changes", async () => {
    const result = await plan(ids(0, 5), held(ids(0, 5)), { firstPush: true, configSha: "c2" });
    expect(result.awaitingApproval).toBe(false);
  });

  it("refuses members out of order or twice", async () => {
    await expect(plan([...ids(1, 2), ...ids(0, 1)], [])).rejects.toThrow("not in order");
    await expect(plan([], held([...ids(0, 1), ...ids(0, 1)]))).rejects.toThrow("not in order");
  });

  const member = fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), fingerprint: fc.constantFrom("1", "2", "") });
  const desiredSet = fc
    .uniqueArray(member, { selector: (one) => one.id, maxLength: 12 })
    .map((all) => all.sort((a, b) => (a.id < b.id ? -1 : 1)));
  const toldSet = desiredSet.chain((all) =>
    fc
      .array(fc.constantFrom<MemberState>("confirmed", "exported", "rejected", "planned", "outcome-unknown"), {
        minLength: all.length,
        maxLength: all.length,
      })
      .map((states) => all.map((one, at) => ({ ...one, state: states[at]! }))),
  );

  it("leaves the platform with what is desired, whatever was told before", async () => {
    await fc.assert(
      fc.asyncProperty(desiredSet, toldSet, async (desired, told) => {
        const result = await plan(desired, told);
        const platform = new Set(
          told.filter((one) => one.state !== "rejected" && one.state !== "planned").map((one) => `${one.id}|${one.fingerprint}`),
        );
        for (const change of result.changes) {
          if (change.action === "add") platform.add(`${change.id}|${change.fingerprint}`);
          else platform.delete(`${change.id}|${change.fingerprint}`);
        }
        const refused = new Set(told.filter((one) => one.state === "rejected").map((one) => `${one.id}|${one.fingerprint}`));
        const expected = desired.map((one) => `${one.id}|${one.fingerprint}`).filter((one) => !refused.has(one));
        expect([...platform].sort()).toEqual(expected.sort());
        expect(result.changes.filter((change) => change.action === "add")).toHaveLength(result.add);
        expect(result.unchanged + result.refused + result.add).toBe(result.desired);
      }),
      { numRuns: 300 },
    );
  });

  it("has one hash for one difference: same from memory and from a store, another for another", async () => {
    async function* stream<T>(items: T[]): AsyncGenerator<T> {
      for (const item of items) yield item;
    }
    const [desired, told] = [ids(0, 9000), held(ids(4000, 12000))];
    const { hash } = await plan(desired, told);
    expect((await plan(desired, told, { desired: stream(desired), told: stream(told) })).hash).toBe(hash);
    expect((await plan(desired, told, { configSha: "c2" })).hash).not.toBe(hash);
    await fc.assert(
      fc.asyncProperty(desiredSet, desiredSet, async (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect((await plan(one, [])).hash === (await plan(other, [])).hash).toBe(same);
      }),
    );
  });
});
