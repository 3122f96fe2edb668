import type { PublishedEvent } from "@bullseye/core/ports";
import { describe, expect, test } from "vitest";
import { PUBLISHED_EVENTS } from "../../events/published/index.ts";
import type { OpenPorts } from "./ports.ts";

/** What operations rely on when they tell what happened. */
export function describeEvents(opened: () => OpenPorts): void {
  describe("events", () => {
    test("arrive, every type of them and more than one call carries", async () => {
      const examples = Object.values(PUBLISHED_EVENTS).map(({ example }) => example);
      const many = Array.from(
        { length: 23 },
        (_, n): PublishedEvent => ({ ...examples[n % examples.length]!, id: String(n).padStart(20, "0") }),
      );
      await opened().ports.events.publish(many);
      await opened().ports.events.publish([]);
      const sorted = (events: Array<{ type: string; id: string }>): string[] =>
        events.map(({ type, id }) => `${id} ${type}`).sort();
      expect(sorted(await opened().published())).toEqual(sorted(many));
    });
  });
}
