import { describe, expect, test } from "vitest";
import { askForLease, FREE_LEASE, giveUpLease, type LeaseState } from "../lease.ts";
import type { Ports } from "../ports.ts";
import { ifAudienceIsFree, whenAudienceIsFree } from "./audience-lease.ts";

/** Leases and a clock that stands until somebody sleeps; `meanwhile` happens in every sleep. */
function waitingRoom(meanwhile: (ports: Ports) => Promise<void>): Ports {
  let now = Date.parse("2026-11-20T08:00:00Z");
  let lease: LeaseState = FREE_LEASE;
  const ports = {
    clock: {
      now: () => new Date(now).toISOString(),
      sleep: async (milliseconds: number) => {
        now += milliseconds;
        await meanwhile(ports);
      },
    },
    leases: {
      take: async (_: string, holder: string, seconds: number, order?: string) => {
        const asked = askForLease(lease, { holder, seconds, order, now });
        lease = asked.lease;
        return asked.granted ? lease.fence : null;
      },
      release: async (_: string, holder: string) => {
        lease = giveUpLease(lease, holder);
      },
    },
  } as Partial<Ports> as Ports;
  return ports;
}

describe("who waits for an audience", () => {
  test("comes before the next of many deliveries, however soon that one asks", async () => {
    // Two workers hand the audience to each other without a gap.
    const workers = ["one", "two"];
    let gaveWay = 0;
    const ports = waitingRoom(async ({ leases }) => {
      await leases.release("audience:growth", workers[0]!);
      workers.reverse();
      if ((await leases.take("audience:growth", workers[0]!, 360)) === null) gaveWay++;
    });
    await ports.leases.take("audience:growth", workers[0]!, 360);
    expect(await whenAudienceIsFree(ports, "growth", "run", async () => "planned")).toBe("planned");
    expect(gaveWay).toBe(1);
    expect(await ifAudienceIsFree(ports, "growth", "two", async () => "delivered")).toEqual({ done: "delivered" });
  });

  test("leaves the line when his patience is at its end", async () => {
    const ports = waitingRoom(async () => {});
    await ports.leases.take("audience:growth", "worker", 360);
    await expect(whenAudienceIsFree(ports, "growth", "by hand", async () => {})).rejects.toMatchObject({
      name: "TransientError",
    });
    await ports.leases.release("audience:growth", "worker");
    expect(await ifAudienceIsFree(ports, "growth", "worker", async () => "delivered")).toEqual({ done: "delivered" });
  });
});
