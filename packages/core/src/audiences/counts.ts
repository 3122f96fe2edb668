import type { AudienceCounts } from "../ledger/records.ts";
import { planKey, type StoredPlan } from "../operations/plan-audiences/plan-audiences.ts";
import { readJson } from "../operations/run-context.ts";
import type { Ports } from "../ports.ts";
import { NOTHING_DELIVERED } from "./delivery.ts";

/** What to say of an audience without suppressions once somebody let it go so; null where nothing is to be said. */
export function unsuppressedWords({ unsuppressed }: Pick<AudienceCounts, "unsuppressed">): string | null {
  if (!unsuppressed) return null;
  return `No suppression list stands: customers, open deals and competitors are not left out. Approved without one on ${unsuppressed}.`;
}

/** What became of the members of an audience, added to what was planned for it. Every member is in exactly one of the counts. */
export async function withDelivery(ports: Ports, counts: AudienceCounts): Promise<AudienceCounts> {
  const state = await ports.audiences.state(counts.id);
  const [push] =
    counts.hash === null ? [] : (await ports.audiences.pushes(counts.id)).filter((each) => each.planHash === counts.hash);
  const { parkedReason: _, ...planned } = counts;
  const result: AudienceCounts = {
    ...planned,
    ...NOTHING_DELIVERED,
  };
  for await (const member of ports.audiences.members(counts.id)) {
    if (member.state === "exported") result.exported++;
    else if (member.state === "withdrawn") result.withdrawn++;
    else if (member.state === "accepted" || member.state === "unverified") result.accepted++;
    else if (member.state === "confirmed") result.confirmed++;
    else if (member.state === "rejected") result.rejected++;
    else if (member.state === "parked") result.parked++;
    else result.pending++;
  }
  if (push) {
    result.awaitingApproval = push.status === "waiting";
    if (push.status === "waiting" || push.status === "approved") result.pending += counts.add;
    result.files = push.files;
  }
  if (push?.status === "parked") {
    result.parked += result.pending > 0 ? result.pending : result.parked > 0 ? 0 : counts.add;
    result.pending = 0;
  }
  if (state?.parked) result.parkedReason = state.parked;
  if (result.unsuppressed === null) result.unsuppressed = state?.withoutSuppressions?.day ?? null;
  return result;
}

/** The plan that an audience's last planning left, with what became of it; null before the first. */
export async function lastCounts(ports: Ports, audience: string): Promise<AudienceCounts | null> {
  const state = await ports.audiences.state(audience);
  if (!state?.lastPlanHash) return null;
  const key = planKey(audience, state.lastPlanHash, "plan.json");
  if ((await ports.objects.size(key)) === null) return null;
  return withDelivery(ports, (await readJson<StoredPlan>(ports, key)).counts);
}
