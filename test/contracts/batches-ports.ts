import type { LineCodec } from "@bullseye/core/ports";
import { describe, expect, test } from "vitest";
import type { OpenPorts } from "./ports.ts";

interface Basket {
  names: string[];
  counts: Map<string, number>;
}

const BASKETS: LineCodec<Basket> = {
  toLines: ({ names, counts }) => [JSON.stringify(names), ...[...counts].map((pair) => JSON.stringify(pair))],
  fromLines: ([names, ...pairs]) => ({
    names: JSON.parse(names!) as string[],
    counts: new Map(pairs.map((pair) => JSON.parse(pair) as [string, number])),
  }),
};

/** What operations rely on between the steps of one iteration. */
export function describeBatches(opened: () => OpenPorts): void {
  const batches = () => opened().ports.batches;
  const basket = (size: number): Basket => ({
    names: ["zwei ü 😀", "", 'a "quoted" line\nbreak'],
    counts: new Map(Array.from({ length: size }, (_, n) => [`key ${n}`, n])),
  });

  describe("batches", () => {
    test("hand an object over, as it is or through its lines", async () => {
      await batches().hand("personal/work/r/classify/1", basket(3), BASKETS);
      await batches().hand("personal/work/r/classify/2", basket(0), BASKETS);
      expect(await batches().take("personal/work/r/classify/1", BASKETS)).toEqual(basket(3));
      expect(await batches().take("personal/work/r/classify/2", BASKETS)).toEqual(basket(0));
    });

    test("take what was handed last, also an object of no lines and one of many", async () => {
      const lists: LineCodec<string[]> = { toLines: (lines) => lines, fromLines: (lines) => [...lines] };
      for (const lines of [[], [""], ["", ""], Array.from({ length: 50_000 }, (_, n) => `line ${n} with ü`)]) {
        await batches().hand("personal/work/r/score/1", ["of an attempt before"], lists);
        await batches().hand("personal/work/r/score/1", lines, lists);
        expect(await batches().take("personal/work/r/score/1", lists)).toEqual(lines);
      }
    });

    test("have nothing where nothing was handed over or kept", async () => {
      await expect(batches().take("personal/work/r/none/1", BASKETS)).rejects.toMatchObject({ name: "BugError" });
      await expect(batches().find("personal/work/r/none/2")).rejects.toMatchObject({ name: "NotFoundError" });
    });

    test("keep an object, live or as its lines", async () => {
      const live = { anything: 1 };
      for (const lines of [["one", "zwei ü"], []]) {
        await batches().keep("personal/work/r/resolved/1", [...lines], live);
        const found = await batches().find<typeof live>("personal/work/r/resolved/1");
        expect("live" in found ? found.live : found.lines).toEqual("live" in found ? live : lines);
      }
    });
  });
}
