import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dynalite, startDynalite } from "./dynalite.testing.ts";
import { DynamoLeases } from "./leases.ts";

describe("leases on DynamoDB", () => {
  let dynalite: Dynalite;
  let table: string;
  beforeAll(async () => {
    dynalite = await startDynalite();
    table = await dynalite.createTable();
  });
  afterAll(() => dynalite.close());

  test("have one holder at a time, whoever asks at once and whatever the clock does", async () => {
    const act = fc.record({ who: fc.constantFrom("a", "b", "c", "d"), act: fc.constantFrom("ask", "line", "release") });
    const round = fc.record({ wait: fc.integer({ min: 0, max: 40_000 }), acts: fc.array(act, { minLength: 1, maxLength: 4 }) });
    let names = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 10 }), async (rounds) => {
        const name = `lease-${names++}`;
        let now = 0;
        const leases = Array.from({ length: 4 }, () => new DynamoLeases(dynalite.client, table, () => now));
        let last = { who: "", fence: 0, until: 0 };
        for (const { wait, acts } of rounds) {
          now += wait;
          const releases = new Set<string>(acts.filter((each) => each.act === "release").map((each) => each.who));
          const granted: Array<{ who: string; fence: number }> = [];
          await Promise.all(
            acts.map(async ({ who, act: what }, index) => {
              if (what === "release") return leases[index]!.release(name, who);
              const fence = await leases[index]!.take(name, who, 60, what === "line" ? who : undefined);
              if (fence !== null) granted.push({ who, fence });
            }),
          );
          // Nobody but the holder where nobody let go, and two holders never share a fence.
          if (last.until > now && !releases.has(last.who)) for (const each of granted) expect(each.who).toBe(last.who);
          if (releases.size === 0) expect(new Set(granted.map((each) => each.who)).size).toBeLessThanOrEqual(1);
          const owners = new Map<number, string>([[last.fence, last.who]]);
          for (const each of granted) {
            expect(owners.get(each.fence) ?? each.who).toBe(each.who);
            owners.set(each.fence, each.who);
            expect(each.fence).toBeGreaterThanOrEqual(last.fence);
          }
          const latest = granted.sort((a, b) => b.fence - a.fence)[0];
          if (latest) last = { ...latest, until: now + 60_000 };
          if (releases.has(last.who)) last.until = 0;
        }
      }),
      { numRuns: 25 },
    );
  });

  test("keep the line in order, whoever asks first", async () => {
    const leases = new DynamoLeases(dynalite.client, table, () => 0);
    expect(await leases.take("line", "holder", 60, "0")).not.toBeNull();
    const order = ["3", "1", "2"];
    await Promise.all(order.map((place) => leases.take("line", `run-${place}`, 60, place)));
    await leases.release("line", "holder");
    const had: string[] = [];
    for (let round = 0; round < 3; round++) {
      const asked = await Promise.all(
        order.map(async (place) => [place, await leases.take("line", `run-${place}`, 60, place)] as const),
      );
      const got = asked.filter(([, fence]) => fence !== null).map(([place]) => place);
      expect(got).toHaveLength(1);
      had.push(got[0]!);
      await leases.release("line", `run-${got[0]}`);
      order.splice(order.indexOf(got[0]!), 1);
    }
    expect(had).toEqual(["1", "2", "3"]);
  });

  test("that another has are released by nobody else, and letting go of nothing writes nothing", async () => {
    const leases = new DynamoLeases(dynalite.client, table, () => 0);
    const fence = await leases.take("kept", "one", 60);
    const writes: string[] = [];
    dynalite.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === "PutItemCommand") writes.push(context.commandName);
        return next(args);
      },
      { step: "initialize", name: "seen" },
    );
    await leases.release("kept", "two");
    await leases.release("never", "two");
    dynalite.client.middlewareStack.remove("seen");
    expect(writes).toEqual([]);
    expect(await leases.take("kept", "one", 60)).toBe(fence);
  });
});
