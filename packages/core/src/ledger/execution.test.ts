import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Digest } from "../ports.ts";
import { isDroppedList, listExecution, refreshExecution } from "./execution.ts";

const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
const digest: Digest = { id: (text) => sha256(text).slice(0, 20), sha256, keyed: (text) => sha256(text).slice(0, 20) };

const dropped = fc.record({
  bucket: fc.constantFrom("one", "two"),
  key: fc.string({ minLength: 1 }).map((name) => `inbox/accounts/${name}`),
  versionId: fc.string({ minLength: 1 }),
  attempt: fc.nat({ max: 3 }),
});
const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });

describe("the execution of a drop", () => {
  test("has one name, whenever it is told of, and a name that Step Functions take", () => {
    fc.assert(
      fc.property(dropped, instant, instant, (drop, one, other) => {
        const names = [one, other].map((at) => listExecution(digest, drop, at.toISOString(), "sha").name);
        expect(new Set(names).size).toBe(1);
        expect(names[0]).toMatch(/^[\w-]{1,80}$/);
      }),
    );
  });

  test("has another name for another version, key, bucket or attempt", () => {
    fc.assert(
      fc.property(dropped, dropped, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other) && !`${one.key}${one.versionId}`.includes("|"));
        const [first, second] = [one, other].map((drop) => listExecution(digest, drop, "2026-11-20T08:00:00Z", "sha").name);
        expect(first).not.toBe(second);
      }),
    );
  });

  test("is of the day of the drop, and its instants sort as text as they do as times", () => {
    const forms = fc.constantFrom("Z", ".5Z", ".123Z", "+00:00");
    const at = fc.tuple(instant, forms).map(([date, end]) => `${date.toISOString().slice(0, 19)}${end}`);
    fc.assert(
      fc.property(at, at, (one, other) => {
        const drop = { bucket: "b", key: "inbox/k", versionId: "v", attempt: 0 };
        const [first, second] = [one, other].map((each) => listExecution(digest, drop, each, "sha").input);
        expect(Date.parse(first!.droppedAt)).toBe(Date.parse(one));
        expect(first!.asOf).toBe(one.slice(0, 10));
        expect(first!.droppedAt < second!.droppedAt).toBe(Date.parse(one) < Date.parse(other));
      }),
    );
  });
});

test("two drops of one second take their turns in the order in which S3 took them in", () => {
  const drop = { bucket: "b", key: "inbox/k", versionId: "v", attempt: 0 };
  const at = (sequencer: string) => listExecution(digest, drop, "2026-11-20T08:00:00Z", "sha", sequencer).input.droppedAt;
  expect(at("00572358C221AB19E4") < at("009E239E4C22E46296")).toBe(true);
  expect(at("009E239E4C22E46296") < listExecution(digest, drop, "2026-11-20T08:00:01Z", "sha", "00").input.droppedAt).toBe(true);
});

test("a day has one refresh", () => {
  const at = (time: string) => refreshExecution(digest, "b", time, "sha");
  expect(at("2026-11-21T03:00:00Z").name).toBe(at("2026-11-21T03:14:59Z").name);
  expect(at("2026-11-21T03:00:00Z").name).not.toBe(at("2026-11-22T03:00:00Z").name);
  expect(at("2026-11-21T03:00:00Z").input).toEqual({
    bucket: "b",
    refresh: true,
    asOf: "2026-11-21",
    droppedAt: "2026-11-21T03:00:00.000Z",
    configSha: "sha",
  });
});

test("sidecars and folders are no lists; a file of no bytes is one, and fails by itself", () => {
  expect(isDroppedList("inbox/accounts/crm/crm.csv", 10)).toBe(true);
  expect(isDroppedList("inbox/accounts/crm/crm.csv", 0)).toBe(true);
  expect(isDroppedList("inbox/accounts/crm/crm.csv.list.json", 10)).toBe(false);
  expect(isDroppedList("inbox/accounts/crm/", 0)).toBe(false);
  expect(isDroppedList("rejects/crm.csv", 10)).toBe(false);
});
