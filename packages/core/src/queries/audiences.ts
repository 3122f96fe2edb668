import type { Audience } from "../audiences/audiences.ts";
import { lastCounts } from "../audiences/counts.ts";
import { NOTHING_DELIVERED, type PushRecord } from "../audiences/delivery.ts";
import type { AudienceCounts } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";

/**
 * One audience as `bullseye audiences` shows it: the last plan, what became of it, and what holds it up. `told`, `add` and `remove` are those
 * of the plan until it has been delivered, and what is left afterwards.
 */
export interface AudienceListing extends AudienceCounts {
  name: string;
  frozen: boolean;
  /** The newest push of the last plan; null where there was nothing to tell. */
  push: Pick<PushRecord, "pushId" | "status" | "chunks" | "chunksDone"> | null;
}

/** All audiences of a configuration, in its order. An audience that was never planned has zeros and no hash. */
export async function listAudiences(ports: Ports, audiences: readonly Audience[]): Promise<AudienceListing[]> {
  const listed: AudienceListing[] = [];
  for (const audience of audiences) {
    const state = await ports.audiences.state(audience.id);
    const counts = (await lastCounts(ports, audience.id)) ?? neverPlanned(audience);
    const pushes = await ports.audiences.pushes(audience.id);
    const push = pushes.find((each) => each.planHash === (counts.hash ?? state?.lastPushedHash));
    listed.push({
      ...counts,
      ...(push?.status === "done" ? await openDifference(ports, audience.id) : {}),
      approvalReasons: counts.awaitingApproval ? counts.approvalReasons : [],
      files: counts.files.length > 0 ? counts.files : (push?.files ?? []),
      name: audience.name,
      frozen: state?.frozen === true,
      push: push ? { pushId: push.pushId, status: push.status, chunks: push.chunks, chunksDone: push.chunksDone } : null,
    });
  }
  return listed;
}

/** What is left to tell once a plan has been delivered: members whose sending or removal is uncertain. */
async function openDifference(ports: Ports, audience: string): Promise<{ told: number; add: number; remove: number }> {
  const open = { told: 0, add: 0, remove: 0 };
  for await (const { state } of ports.audiences.members(audience)) {
    if (state === "removing") open.remove++;
    else if (state === "planned" || state === "outcome-unknown") open.add++;
    else if (state !== "parked" && state !== "rejected" && state !== "withdrawn") open.told++;
  }
  return open;
}

function neverPlanned(audience: Audience): AudienceCounts {
  return {
    id: audience.id,
    platform: audience.platform,
    mode: audience.mode,
    hash: null,
    desired: 0,
    told: 0,
    add: 0,
    remove: 0,
    awaitingApproval: false,
    approvalReasons: [],
    blocked: [],
    ...NOTHING_DELIVERED,
    files: [],
  };
}

/** How an audience stands, in words for people. */
export function standingOf(listing: AudienceListing): string {
  if (listing.frozen) return "frozen";
  if (listing.awaitingApproval) return "waits for approval";
  if (listing.push?.status === "parked") return "parked";
  if (listing.push?.status === "approved") return "approved";
  if (listing.push?.status === "queued") return "on its way";
  if (listing.exported + listing.withdrawn > 0) return "exported, to be confirmed";
  return listing.desired === 0 && listing.told === 0 ? "empty" : "up to date";
}
