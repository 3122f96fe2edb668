import type { Audience } from "@bullseye/core/audiences/audiences";
import type { PushRecord } from "@bullseye/core/audiences/delivery";
import type { CompanyMember } from "@bullseye/core/connector";
import { type PlanLine, planKey } from "@bullseye/core/operations/plan-audiences/plan-audiences";
import type { Ports } from "@bullseye/core/ports";

/** What a push would tell its platform. */
export interface PushPreview {
  audience: string;
  platform: string;
  mode: "file" | "api";
  pushId: string;
  hash: string;
  add: number;
  remove: number;
  /** Why it would not be sent now; null where it would. */
  held: string | null;
  /** The first changes. */
  first: Array<{ action: "add" | "remove"; account: string | null; name: string | null; domain: string | null }>;
}

const FIRST = 5;

/** Every push that waits, is approved, on its way or parked, with the first of its changes; nothing is sent. */
export async function previewPushes(ports: Ports, audiences: readonly Audience[]): Promise<PushPreview[]> {
  const previews: PushPreview[] = [];
  for (const { id } of audiences) {
    const state = await ports.audiences.state(id);
    for (const push of await ports.audiences.pushes(id)) {
      if (push.status === "done" || push.status === "superseded" || push.planHash !== state?.lastPlanHash) continue;
      const held = state.frozen ? "frozen" : push.status === "waiting" ? "waits for approval" : null;
      previews.push({
        audience: id,
        platform: push.platform,
        mode: push.mode,
        pushId: push.pushId,
        hash: push.planHash,
        add: push.add,
        remove: push.remove,
        held,
        first: await firstChanges(ports, push),
      });
    }
  }
  return previews;
}

async function firstChanges(ports: Ports, push: PushRecord): Promise<PushPreview["first"]> {
  const key = planKey(push.audience, push.planHash, "0.jsonl");
  if ((await ports.objects.size(key)) === null) return [];
  const text = Buffer.from(await ports.objects.get(key)).toString("utf8");
  const lines = text
    .split("\n", FIRST)
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as PlanLine);
  const items = await ports.accounts.accounts(lines.flatMap(([, , , account]) => account ?? []).sort());
  const told = await ports.audiences.membersById(push.audience, [...new Set(lines.map(([, member]) => member))]);
  return lines.map(([action, member, , account]) => {
    const show = account === null ? undefined : items.get(account)?.result?.show;
    const sent = told.get(member)?.sent;
    const { name, domain } = show ?? (sent === undefined ? { name: null, domain: null } : (JSON.parse(sent) as CompanyMember));
    return { action, account, name: name || null, domain: domain || null };
  });
}
