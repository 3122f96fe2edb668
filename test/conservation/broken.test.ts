import { expect, test } from "vitest";
import { Conservation } from "./conserve.ts";

const MOMENTS = 60;

test.each([
  ["a list whose companies meet under several keys is taken back", 1669],
  ["one of two files of a list that share companies is taken back", 12_422],
])(
  "%s: wherever a run breaks, also while it saves, the next one leaves nothing of it behind",
  async (_, world) => {
    const conservation = new Conservation();
    const wrong: string[] = [];
    for (let n = 1; n <= MOMENTS; n++) {
      const { breaches, plan } = await conservation.broken(world, n / MOMENTS);
      if (breaches.length > 0) wrong.push(`${JSON.stringify(plan)}: ${breaches[0]}`);
    }
    expect(wrong).toEqual([]);
  },
  600_000,
);
