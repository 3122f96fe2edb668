import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EXAMPLE_CONFIGURATION } from "../icp/examples/index.ts";
import { configurationChanges } from "./configuration-changes.ts";

const BASE = { icp: "id: a\n", audiences: "", policy: "version: 1\n" };
const changes = (before: string, after: string) =>
  configurationChanges({ ...BASE, audiences: before }, { ...BASE, audiences: after }).find(
    ({ file }) => file === "audiences.yaml",
  )!;

describe("what differs between two configurations", () => {
  test("is said by file, and within a file by section and id", () => {
    const before = "version: 1\naudiences:\n  - id: a\n    mode: api\n  - id: b\n    mode: api\nsegments: []\n";
    const after = "version: 2\naudiences:\n  - id: a\n    mode: file\n  - id: c\n    mode: api\n";
    expect(changes(before, after)).toEqual({
      file: "audiences.yaml",
      status: "changed",
      changes: [
        { section: "version", id: null, change: "changed" },
        { section: "audiences", id: "a", change: "changed" },
        { section: "audiences", id: "c", change: "added" },
        { section: "audiences", id: "b", change: "removed" },
        { section: "segments", id: null, change: "changed" },
      ],
    });
  });

  test("is nothing where only comments differ, and something where rules are in another order", () => {
    expect(changes("rules:\n  - id: a\n  - id: b\n", "rules: # these\n  - {id: a}\n  - {id: b}\n").changes).toEqual([]);
    expect(changes("rules:\n  - id: a\n  - id: b\n", "rules:\n  - id: b\n  - id: a\n").changes).toEqual([
      { section: "rules", id: null, change: "changed" },
    ]);
  });

  test("names a file that comes or goes", () => {
    const { policy, ...without } = EXAMPLE_CONFIGURATION;
    const status = (before: object, after: object) =>
      configurationChanges(before as typeof EXAMPLE_CONFIGURATION, after as typeof EXAMPLE_CONFIGURATION).find(
        ({ file }) => file === "policy.yaml",
      )!.status;
    expect(policy).not.toBe("");
    expect([status(without, EXAMPLE_CONFIGURATION), status(EXAMPLE_CONFIGURATION, without)]).toEqual(["added", "removed"]);
  });

  test("is nothing between equals, and read backwards it is the opposite", () => {
    const entry = fc.record({ id: fc.constantFrom("a", "b", "c", "d"), weight: fc.integer({ min: 0, max: 2 }) });
    const document = fc
      .uniqueArray(entry, { selector: ({ id }) => id, maxLength: 4 })
      .map((rules) => `rules: ${JSON.stringify(rules.sort((x, y) => (x.id < y.id ? -1 : 1)))}\n`);
    const turned = { added: "removed", removed: "added", changed: "changed" } as const;
    fc.assert(
      fc.property(document, document, (one, other) => {
        expect(changes(one, one).status).toBe("same");
        const forth = changes(one, other).changes.map(({ id, change }) => `${id} ${change}`);
        const back = changes(other, one).changes.map(({ id, change }) => `${id} ${turned[change]}`);
        expect(forth.sort()).toEqual(back.sort());
        expect(forth.length > 0).toBe(one !== other);
      }),
    );
  });
});
