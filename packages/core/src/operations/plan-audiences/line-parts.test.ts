import { expect, test } from "vitest";
import { TransientError } from "../../errors.ts";
import type { Ports } from "../../ports.ts";
import { LineParts } from "./line-parts.ts";

test("a part that cannot be written fails the plan when it is closed, and not the process before", async () => {
  const objects = { put: () => Promise.reject(new TransientError("busy")) };
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", note);
  try {
    const parts = new LineParts({ objects } as unknown as Ports, "plans/a/");
    for (let line = 0; line < 2_500; line++) parts.add("[]");
    await new Promise((resolve) => setImmediate(resolve));
    await expect(parts.close()).rejects.toMatchObject({ name: "TransientError" });
    expect(unhandled).toEqual([]);
  } finally {
    process.off("unhandledRejection", note);
  }
});
