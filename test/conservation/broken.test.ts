import { expect, test } from "vitest";
import { Conservation } from "./conserve.ts";

/** A list whose companies meet under several keys is dropped, and taken back. */
const WORLD = 1669;
const MOMENTS = 80;

test("wherever a run breaks, also while it saves, the next one leaves nothing of it behind", async () => {
  const conservation = new Conservation();
  const wrong: string[] = [];
  for (let n = 1; n <= MOMENTS; n++) {
    const { breaches, plan } = await conservation.broken(WORLD, n / MOMENTS);
    if (breaches.length > 0) wrong.push(`${JSON.stringify(plan)}: ${breaches[0]}`);
  }
  expect(wrong).toEqual([]);
}, 600_000);
