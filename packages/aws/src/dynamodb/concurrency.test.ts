import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunksOf, eachOf, inTurn } from "./concurrency.ts";

describe("many at a time", () => {
  test("never more than allowed, each item once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), async (items, limit) => {
        let running = 0;
        let most = 0;
        const seen: number[] = [];
        await eachOf(items.entries(), limit, async ([index, wait]) => {
          most = Math.max(most, ++running);
          for (let turn = 0; turn < wait; turn++) await Promise.resolve();
          seen.push(index);
          running--;
        });
        expect(most).toBeLessThanOrEqual(limit);
        expect(seen.sort((a, b) => a - b)).toEqual([...items.keys()]);
      }),
    );
  });

  test("the first failure is thrown once what has begun is through, and nothing more begins", async () => {
    const begun: number[] = [];
    let ended = 0;
    const work = async (n: number): Promise<void> => {
      begun.push(n);
      if (n === 2) throw new Error("two");
      await sleep(5);
      ended++;
    };
    await expect(eachOf([1, 2, 3, 4, 5, 6], 2, work)).rejects.toThrow("two");
    expect(begun).toEqual([1, 2]);
    expect(ended).toBe(1);
  });

  test("chunks are of the size and lose nothing", () => {
    expect([...chunksOf([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
    expect([...chunksOf([], 2)]).toEqual([]);
  });
});

describe("sources in turn", () => {
  const source = (name: string, steps: number, begun: string[]) => () =>
    (async function* () {
      for (let step = 0; step < steps; step++) {
        if (step === 0) begun.push(name);
        await sleep(1);
        yield `${name}${step}`;
      }
    })();

  test("come one after the other, and only so many begin ahead", async () => {
    const begun: string[] = [];
    const sources = [..."abcdefgh"].map((name, n) => source(name, n % 3, begun));
    const seen: string[] = [];
    for await (const each of inTurn(sources, 2)) {
      seen.push(each);
      // Of those ahead, some have nothing and are passed over.
      expect([..."abcdefgh"].indexOf(begun.at(-1)!) - [..."abcdefgh"].indexOf(each[0]!)).toBeLessThanOrEqual(3);
    }
    expect(seen).toEqual(["b0", "c0", "c1", "e0", "f0", "f1", "h0"]);
  });

  test("pass on the failure of the one whose turn it is", async () => {
    const failing = async function* (): AsyncGenerator<string> {
      yield "first";
      throw new Error("lost");
    };
    const seen: string[] = [];
    const all = async (): Promise<void> => {
      for await (const each of inTurn([source("a", 1, []), failing, source("z", 1, [])], 2)) seen.push(each);
    };
    await expect(all()).rejects.toThrow("lost");
    expect(seen).toEqual(["a0", "first"]);
  });
});
