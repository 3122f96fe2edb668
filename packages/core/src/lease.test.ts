import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askForLease, FREE_LEASE, giveUpLease, type LeaseState } from "./lease.ts";
import { WAITING_SECONDS } from "./ports.ts";

const ask = (lease: LeaseState, holder: string, now: number, order?: string, seconds = 60) =>
  askForLease(lease, { holder, seconds, order, now });

describe("a lease", () => {
  test("is had by one at a time, renewed under the same fence, and had anew under a larger one", () => {
    const first = ask(FREE_LEASE, "a", 0);
    expect(first).toMatchObject({ granted: true, lease: { holder: "a", fence: 1, until: 60_000 } });
    expect(ask(first.lease, "b", 59_999).granted).toBe(false);
    expect(ask(first.lease, "a", 30_000)).toMatchObject({ granted: true, lease: { fence: 1, until: 90_000 } });
    expect(ask(first.lease, "b", 60_000)).toMatchObject({ granted: true, lease: { holder: "b", fence: 2 } });
    expect(ask(giveUpLease(first.lease, "a"), "b", 1)).toMatchObject({ granted: true, lease: { fence: 2 } });
    expect(giveUpLease(first.lease, "b")).toEqual(first.lease);
  });

  test("goes to whoever came first in line, and past those who no longer ask", () => {
    let lease = ask(FREE_LEASE, "a", 0, "1").lease;
    lease = ask(lease, "late", 1, "3").lease;
    lease = ask(lease, "early", 2, "2").lease;
    lease = giveUpLease(lease, "a");
    expect(ask(lease, "late", 3, "3").granted).toBe(false);
    expect(ask(lease, "early", 3, "2").granted).toBe(true);
    expect(ask(giveUpLease(lease, "early"), "late", 3, "3").granted).toBe(true);
    expect(ask(lease, "late", 2 + WAITING_SECONDS * 1000, "3").granted).toBe(true);
  });

  test("is not had by somebody out of line while others wait in it", () => {
    let lease = ask(FREE_LEASE, "a", 0).lease;
    lease = ask(lease, "waits", 1, "1").lease;
    expect(ask(lease, "a", 2).granted).toBe(true);
    lease = giveUpLease(lease, "a");
    expect(ask(lease, "b", 3).granted).toBe(false);
    expect(ask(lease, "waits", 4, "1").granted).toBe(true);
    expect(ask(lease, "b", 1 + WAITING_SECONDS * 1000).granted).toBe(true);
  });

  test("property: never two holders at once, and fences only grow", () => {
    const step = fc.record({
      who: fc.constantFrom("a", "b", "c"),
      wait: fc.integer({ min: 0, max: 40_000 }),
      act: fc.constantFrom("ask", "ask in line", "give up"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let lease: LeaseState = FREE_LEASE;
        let now = 0;
        let held: { who: string; until: number; fence: number } | null = null;
        for (const { who, wait, act } of steps) {
          now += wait;
          if (act === "give up") {
            lease = giveUpLease(lease, who);
            if (held !== null && held.who === who) held = { who, until: 0, fence: held.fence };
            continue;
          }
          const asked = ask(lease, who, now, act === "ask" ? undefined : who);
          if (asked.granted) {
            if (held && held.until > now) expect(held.who).toBe(who);
            else if (held && held.who !== who) expect(asked.lease.fence).toBeGreaterThan(held.fence);
            held = { who, until: asked.lease.until, fence: asked.lease.fence };
          }
          expect(asked.lease.fence).toBeGreaterThanOrEqual(lease.fence);
          lease = asked.lease;
        }
      }),
    );
  });
});
