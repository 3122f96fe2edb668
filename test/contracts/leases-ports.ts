import { WAITING_SECONDS } from "@bullseye/core/ports";
import { describe, expect, test } from "vitest";
import type { OpenPorts } from "./ports.ts";

/** What operations rely on in leases: one holder at a time, first come first served, and fences that tell holders apart. */
export function describeLeases(opened: () => OpenPorts, passes: boolean): void {
  const leases = () => opened().ports.leases;
  const pass = async (seconds: number): Promise<void> => opened().pass?.(seconds);

  describe("leases", () => {
    test("have one holder, who may renew, until he lets go", async () => {
      const first = await leases().take("a", "one", 60);
      expect(first).toEqual(expect.any(Number));
      expect(await leases().take("a", "two", 60)).toBeNull();
      expect(await leases().take("a", "one", 60)).toBe(first);
      await leases().release("a", "two");
      expect(await leases().take("a", "two", 60)).toBeNull();
      await leases().release("a", "one");
      const second = await leases().take("a", "two", 60);
      expect(second).toBeGreaterThan(first!);
      await leases().release("a", "two");
      await leases().release("a", "two");
      expect(await leases().take("a", "one", 60)).toBeGreaterThan(second!);
    });

    test("of different names do not touch each other", async () => {
      expect(await leases().take("b:1", "one", 60)).not.toBeNull();
      expect(await leases().take("b:2", "two", 60)).not.toBeNull();
      await leases().release("b:nobody", "one");
      expect(await leases().take("b:1", "two", 60)).toBeNull();
    });

    test("are taken by one of many who ask at once", async () => {
      const asked = await Promise.all(Array.from({ length: 12 }, (_, n) => leases().take("c", `holder ${n}`, 60)));
      expect(asked.filter((fence) => fence !== null)).toHaveLength(1);
    });

    test.skipIf(!passes)("run out, and then another has a later fence", async () => {
      const first = await leases().take("d", "one", 30);
      await pass(20);
      expect(await leases().take("d", "one", 30)).toBe(first);
      await pass(20);
      expect(await leases().take("d", "two", 30)).toBeNull();
      await pass(11);
      const second = await leases().take("d", "two", 30);
      expect(second).toBeGreaterThan(first!);
      expect(await leases().take("d", "one", 30)).toBeNull();
    });

    test("go to whoever comes first in the line, not to whoever asks first", async () => {
      expect(await leases().take("e", "one", 60, "2026-01-01T10")).not.toBeNull();
      expect(await leases().take("e", "three", 60, "2026-01-01T12")).toBeNull();
      expect(await leases().take("e", "two", 60, "2026-01-01T11")).toBeNull();
      await leases().release("e", "one");
      expect(await leases().take("e", "three", 60, "2026-01-01T12")).toBeNull();
      const two = await leases().take("e", "two", 60, "2026-01-01T11");
      expect(two).not.toBeNull();
      await leases().release("e", "two");
      expect(await leases().take("e", "three", 60, "2026-01-01T12")).toBeGreaterThan(two!);
    });

    test("pass over whoever leaves the line", async () => {
      expect(await leases().take("f", "one", 60, "1")).not.toBeNull();
      expect(await leases().take("f", "two", 60, "2")).toBeNull();
      expect(await leases().take("f", "three", 60, "3")).toBeNull();
      await leases().release("f", "two");
      await leases().release("f", "one");
      expect(await leases().take("f", "three", 60, "3")).not.toBeNull();
    });

    test.skipIf(!passes)("pass over whoever has not asked for long", async () => {
      expect(await leases().take("g", "one", 2 * WAITING_SECONDS, "1")).not.toBeNull();
      expect(await leases().take("g", "two", 60, "2")).toBeNull();
      await pass(WAITING_SECONDS - 10);
      expect(await leases().take("g", "three", 60, "3")).toBeNull();
      await leases().release("g", "one");
      expect(await leases().take("g", "three", 60, "3")).toBeNull();
      await pass(20);
      expect(await leases().take("g", "three", 60, "3")).not.toBeNull();
    });
  });
}
