import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { EventBus, PublishedEvent } from "@bullseye/core/ports";

/** Events of a home, one JSON document a line, at the end of its `events.jsonl`. */
export class FileEvents implements EventBus {
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  async publish(events: readonly PublishedEvent[]): Promise<void> {
    mkdirSync(this.#home, { recursive: true });
    appendFileSync(join(this.#home, "events.jsonl"), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  }
}
