import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { treeOf } from "./tree.ts";

const links = (...pairs: Array<[string, string]>): Map<string, string> => new Map(pairs);

describe("a family tree", () => {
  test("leads every company to the top", () => {
    const tree = treeOf(links(["a", "b"], ["b", "c"], ["d", "c"]));
    expect([...tree.tops].sort()).toEqual([
      ["a", "c"],
      ["b", "c"],
      ["d", "c"],
    ]);
    expect(tree.children).toEqual(
      new Map([
        ["b", 1],
        ["c", 2],
      ]),
    );
    expect(tree).toMatchObject({ selves: 0, cycles: 0 });
  });

  test("has no company above itself", () => {
    expect(treeOf(links(["a", "a"], ["b", "a"]))).toMatchObject({
      parents: links(["b", "a"]),
      children: new Map([["a", 1]]),
      selves: 1,
      cycles: 0,
    });
  });

  test("opens a circle at the company with the smallest id, or at one whose parent no person named", () => {
    const circle = links(["a", "b"], ["b", "c"], ["c", "a"], ["d", "a"]);
    expect(treeOf(circle)).toMatchObject({ cycles: 1, parents: links(["b", "c"], ["c", "a"], ["d", "a"]) });
    expect(treeOf(circle, new Set(["a", "c"]))).toMatchObject({ cycles: 1, parents: links(["a", "b"], ["c", "a"], ["d", "a"]) });
    expect(treeOf(circle, new Set(["a", "b", "c"])).parents.has("a")).toBe(false);
  });

  test("is a tree whatever is linked, loses one link a circle, and does not depend on the order of links", () => {
    const id = fc.integer({ min: 0, max: 12 }).map((n) => String(n).padStart(2, "0"));
    fc.assert(
      fc.property(fc.dictionary(id, id), fc.array(id), fc.infiniteStream(fc.nat()), (record, persons, seed) => {
        const pairs = Object.entries(record);
        const decided = new Set(persons);
        const tree = treeOf(new Map(pairs), decided);
        expect(tree.parents.size).toBe(pairs.length - tree.selves - tree.cycles);
        for (const [child, top] of tree.tops) {
          let at = child;
          for (let step = 0; tree.parents.has(at); step++) {
            expect(step).toBeLessThan(pairs.length);
            at = tree.parents.get(at)!;
          }
          expect(at).toBe(top);
        }
        expect([...tree.children.values()].reduce((sum, n) => sum + n, 0)).toBe(tree.parents.size);
        const mixed = pairs.map((pair) => [seed.next().value as number, pair] as const).sort((a, b) => a[0] - b[0]);
        const again = treeOf(new Map(mixed.map(([, pair]) => pair)), decided);
        expect([...again.tops].sort()).toEqual([...tree.tops].sort());
      }),
    );
  });

  test("takes a circle of any length apart", () => {
    for (const length of [2, 3, 10, 1_000]) {
      const ids = Array.from({ length }, (_, at) => `c${String(at).padStart(4, "0")}`);
      const tree = treeOf(new Map(ids.map((each, at) => [each, ids[(at + 1) % length]!])));
      expect(tree.cycles).toBe(1);
      expect(new Set(tree.tops.values())).toEqual(new Set([ids[0]]));
    }
  });
});
