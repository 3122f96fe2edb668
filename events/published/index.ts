import type { PublishedEvent } from "@bullseye/core/ports";
import * as z from "zod";
import { audienceParked } from "./audience-parked.ts";
import type { EventDefinition } from "./event.ts";
import { planAwaitingApproval } from "./plan-awaiting-approval.ts";
import { pushDelivered } from "./push-delivered.ts";
import { runClosed } from "./run-closed.ts";

/** Every event that Bullseye publishes, by type. */
export const PUBLISHED_EVENTS: Readonly<Record<PublishedEvent["type"], EventDefinition>> = {
  "run-closed": runClosed,
  "plan-awaiting-approval": planAwaitingApproval,
  "push-delivered": pushDelivered,
  "audience-parked": audienceParked,
};

const ENVELOPE = z.object({ id: z.string().regex(/^[0-9a-f]{20}$/), at: z.iso.datetime() });

/** What is wrong with an event, field by field and without values; empty where nothing is. */
export function faultsOf(event: PublishedEvent): string[] {
  const definition = PUBLISHED_EVENTS[event.type];
  if (definition === undefined) return [`type: there is no event ${event.type}`];
  return [
    ...(ENVELOPE.safeParse(event).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`),
    ...(definition.detail.safeParse(event.detail).error?.issues ?? []).map(
      ({ path, message }) => `${["detail", ...path].join(".")}: ${message}`,
    ),
  ];
}
