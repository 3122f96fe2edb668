import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { BugError, TransientError } from "@bullseye/core/errors";
import type { EventBus, PublishedEvent } from "@bullseye/core/ports";
import { faultsOf } from "../../../events/published/index.ts";
import { isBusyCode, knownFailure } from "./failures.ts";
import { ATTEMPTS, pause } from "./in-parallel.ts";

/** What rules of listeners match on. */
export const EVENT_SOURCE = "bullseye";

/** Entries of one call ("PutEvents", Amazon EventBridge API Reference); ten of ours are far below its bytes. */
const AT_ONCE = 10;

/** Version of the schemas in `events/published`, told in each detail. */
const VERSION = 1;

/** Publishes on the event bus of a stage: `detail-type` is the type, the detail carries `v`, and the id by which repetitions are known. */
export class EventBridgeBus implements EventBus {
  readonly #client: EventBridgeClient;
  readonly #name: string;

  constructor(client: EventBridgeClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async publish(events: readonly PublishedEvent[]): Promise<void> {
    const entries = events.map((event) => this.#entry(event));
    for (let at = 0; at < entries.length; at += AT_ONCE) await this.#put(entries.slice(at, at + AT_ONCE));
  }

  /** Closes the connections. */
  close(): void {
    this.#client.destroy();
  }

  #entry(event: PublishedEvent): PutEventsRequestEntry {
    const faults = faultsOf(event);
    if (faults.length > 0) throw new BugError(`the event ${event.type} is not what events/published says: ${faults.join("; ")}`);
    const { type, id, at, detail } = event;
    return {
      EventBusName: this.#name,
      Source: EVENT_SOURCE,
      DetailType: type,
      Time: new Date(at),
      Detail: JSON.stringify({ v: VERSION, id, at, ...detail }),
    };
  }

  async #put(entries: PutEventsRequestEntry[]): Promise<void> {
    const doing = `publishing on the event bus ${this.#name}`;
    let left = entries;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) await pause(attempt - 1);
      let results: Array<{ EventId?: string; ErrorCode?: string }>;
      try {
        results = (await this.#client.send(new PutEventsCommand({ Entries: left }))).Entries ?? [];
      } catch (error) {
        throw knownFailure(error, doing, "events:PutEvents");
      }
      // The answer has a result for each entry, in the order of the entries.
      const refused = results.find(({ ErrorCode }) => ErrorCode !== undefined && !isBusyCode(ErrorCode));
      if (refused) throw knownFailure({ name: refused.ErrorCode ?? "Error" }, doing, "events:PutEvents");
      left = left.filter((_, index) => results[index]?.EventId === undefined);
      if (left.length === 0) return;
    }
    throw new TransientError(`${doing}: EventBridge did not take ${left.length} events`);
  }
}
