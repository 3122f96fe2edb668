import { Meter } from "@bullseye/core/cost/meter";
import type { PublishedEvent } from "@bullseye/core/ports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PUBLISHED_EVENTS } from "../../../events/published/index.ts";
import { eventBridgeClient } from "./clients/event-bridge.ts";
import { EventBridgeBus } from "./events.ts";
import { CONNECTION, jsonError, type Seen, type Service, startService } from "./misbehaving.testing.ts";

let service: Service;
let bus: EventBridgeBus;
const meter = new Meter();

beforeAll(async () => {
  service = await startService();
  bus = new EventBridgeBus(eventBridgeClient(CONNECTION, meter), "bullseye-test");
});
afterAll(async () => {
  bus.close();
  await service.close();
});

interface Entry {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Time: number;
  Detail: string;
}
const entriesOf = ({ body }: Seen): Entry[] => (JSON.parse(body) as { Entries: Entry[] }).Entries;
const idsOf = (request: Seen): string[] => entriesOf(request).map(({ Detail }) => (JSON.parse(Detail) as { id: string }).id);
const { example } = PUBLISHED_EVENTS["push-delivered"];
const events = (...ns: number[]): PublishedEvent[] => ns.map((n) => ({ ...example, id: String(n).padStart(20, "0") }));
const ids = (...ns: number[]): string[] => events(...ns).map(({ id }) => id);
const answer = (request: Seen, fails: (index: number) => boolean, ErrorCode = "InternalFailure") => ({
  body: {
    Entries: entriesOf(request).map((_, index) => (fails(index) ? { ErrorCode, ErrorMessage: "no" } : { EventId: `${index}` })),
  },
});

describe("the event bus", () => {
  test("is told type, time, version and id, and ten events a call", async () => {
    meter.take();
    service.answers((request) => answer(request, () => false));
    const many = Array.from({ length: 12 }, (_, n) => n);
    await bus.publish(events(...many));
    expect(service.seen.map((each) => entriesOf(each).length)).toEqual([10, 2]);
    const [first] = entriesOf(service.seen[0]!);
    expect(first).toMatchObject({ EventBusName: "bullseye-test", Source: "bullseye", DetailType: "push-delivered" });
    expect(new Date(first!.Time * 1000).toISOString().slice(0, 19)).toBe(example.at.slice(0, 19));
    expect(JSON.parse(first!.Detail)).toEqual({ v: 1, id: ids(0)[0], at: example.at, ...example.detail });
    expect(meter.take()).toEqual({ "eventBridge.event": 12 });
  });

  test("is told again the events that it left, by their places in the answer", async () => {
    service.answers((request, index) => answer(request, (at) => (index === 0 ? at !== 1 : index === 1 && at === 1)));
    await bus.publish(events(1, 2, 3));
    expect(service.seen.map(idsOf)).toEqual([ids(1, 2, 3), ids(1, 3), ids(3)]);
  });

  test("that never takes an event is a TransientError, one that denies it a CredentialError", async () => {
    service.answers((request) => answer(request, () => true, "ThrottlingException"));
    await expect(bus.publish(events(1))).rejects.toMatchObject({ name: "TransientError" });
    service.answers((request) => answer(request, () => true, "AccessDeniedException"));
    await expect(bus.publish(events(1))).rejects.toMatchObject({ name: "CredentialError" });
    service.answers(() => jsonError(400, "AccessDeniedException"));
    await expect(bus.publish(events(1))).rejects.toMatchObject({
      name: "CredentialError",
      hint: expect.stringContaining("events:PutEvents"),
    });
  });

  test("is told nothing that events/published does not say, and the error repeats no value", async () => {
    service.answers((request) => answer(request, () => false));
    const wrong: PublishedEvent[] = [
      { ...example, detail: { ...example.detail, email: "person@mail.example" } },
      { ...example, detail: { ...example.detail, add: "person@mail.example" } },
      { ...example, id: "person@mail.example" },
      { ...example, type: "person" as never },
    ];
    for (const event of wrong)
      await expect(bus.publish([...events(1), event])).rejects.toMatchObject({
        name: "BugError",
        message: expect.not.stringContaining("@"),
      });
    expect(service.seen).toEqual([]);
  });
});
