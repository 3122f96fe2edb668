import * as z from "zod";
import { whenAudienceIsFree } from "../../audiences/audience-lease.ts";
import type { Audience } from "../../audiences/audiences.ts";
import { type AudienceState, NOTHING_DELIVERED, type PushRecord } from "../../audiences/delivery.ts";
import { type AudiencePlan, type DesiredMember, NO_SUPPRESSIONS, planAudience } from "../../audiences/plan.ts";
import { memberFor, wantedKeys } from "../../audiences/wanted-members.ts";
import { keptWords } from "../../families/suppressed-above.ts";
import { awaitingApproval, publish } from "../../ledger/events.ts";
import { runsThatStand } from "../../ledger/list-versions.ts";
import type { AudienceCounts } from "../../ledger/records.ts";
import type { Ports } from "../../ports.ts";
import { configurationOf } from "../configuration.ts";
import { operation } from "../operation.ts";
import { contextOf, type RunContext, runKey, workKey, writeJson } from "../run-context.ts";
import { SUPPRESSED_WORDS } from "../suppression.ts";
import { LineParts } from "./line-parts.ts";

/** One line of a plan: what a platform is to be told of which account. Plans hold no account data. */
export type PlanLine = [action: "add" | "remove", key: string, fingerprint: string, account: string | null];

/** What is kept of a plan beside its lines. */
export interface StoredPlan {
  parts: number;
  counts: AudienceCounts;
}

/** Objects of a plan, by its hash. */
export const planKey = (audience: string, hash: string, rest: string): string => `plans/${audience}/${hash}/${rest}`;

/**
 * Compares, audience by audience, what the rules say now with what the platform has been told, and writes down the difference. Suppressed
 * accounts are never desired. Plans with a large effect wait for the approval of their hash.
 */
export const planAudiences = operation({
  id: "plan-audiences",
  input: z.object({ runId: z.string() }),
  output: z.object({ plans: z.array(z.object({ audience: z.string(), pushId: z.string().nullable() })) }),
  async run(ports, { runId }) {
    const context = await contextOf(ports, runId);
    const { audiences } = await configurationOf(ports, context.configSha);
    const plans: Array<{ audience: string; pushId: string | null }> = [];
    const counts: AudienceCounts[] = [];
    const suppressing = await suppressionsStand(ports, context);
    for (const audience of audiences.all) {
      const planned = await whenAudienceIsFree(ports, audience.id, runId, () => planOne(ports, context, audience, suppressing));
      plans.push({ audience: audience.id, pushId: planned.push?.pushId ?? null });
      counts.push(planned.counts);
    }
    await writeJson(ports, runKey(runId, "audiences.json"), counts);
    return { plans };
  },
});

/** Pushes that a newer plan replaces; one that is queued is on its way and ends by itself. */
const OVERTAKEN: ReadonlySet<PushRecord["status"]> = new Set(["waiting", "approved", "parked"]);

type Blocked = Map<string, { reason: string; rule: string; n: number }>;

function block(blocked: Blocked, rule: string, reason: string): void {
  const key = `${rule} ${reason}`;
  const known = blocked.get(key);
  if (known) known.n++;
  else blocked.set(key, { rule, reason, n: 1 });
}

/** Companies above members that a plan names one by one [design]; the members of others are counted together. */
const MOST_FAMILIES = 20;

function namedOf(why: string, named: Set<string>): string {
  if (named.size < MOST_FAMILIES) named.add(why);
  return named.has(why) ? keptWords(why) : "suppressed by other companies above them";
}

/** Members that rules, policy and suppressions leave, in key order; `accounts` tells the account of the member at hand. */
async function* desiredOf(
  ports: Ports,
  audience: Audience,
  blocked: Blocked,
  accounts: Map<string, string>,
): AsyncGenerator<DesiredMember> {
  const denied = `${audience.id}: `;
  const named = new Set<string>();
  for await (const member of wantedKeys(ports, audience.platform)) {
    for (const row of member.rows)
      for (const each of row.blocked)
        if (each.startsWith(denied)) block(blocked, each.slice(denied.length), "the policy does not allow what is known of it");
    const chosen = memberFor(member, audience);
    if (chosen === null) continue;
    if (!("key" in chosen)) {
      block(blocked, "suppressed", "family" in chosen ? namedOf(chosen.family, named) : SUPPRESSED_WORDS[chosen.suppressed]);
      continue;
    }
    for (const row of member.rows)
      if (row !== chosen && row.audiences.includes(audience.id))
        block(blocked, "same-member", "the platform knows it as the same company as another account");
    accounts.set(member.key, chosen.id);
    yield { id: member.key, fingerprint: chosen.fingerprint! };
    accounts.delete(member.key);
  }
}

/** Whether a suppression list stands when this run has ended. */
async function suppressionsStand(ports: Ports, context: RunContext): Promise<boolean> {
  const lists = (await ports.runs.lists()).filter(({ kind }) => kind === "suppressions");
  return lists.some((list) => runsThatStand(list, context).length > 0);
}

async function planOne(
  ports: Ports,
  context: RunContext,
  audience: Audience,
  suppressing: boolean,
): Promise<{ push: PushRecord | null; counts: AudienceCounts }> {
  const { audiences: store, objects, clock } = ports;
  const { withoutSuppressions, ...known } = (await store.state(audience.id)) ?? { id: audience.id };
  // What was acknowledged for want of a list is asked anew once one stood.
  const acknowledged = suppressing ? undefined : withoutSuppressions;
  const state: AudienceState = acknowledged ? { ...known, withoutSuppressions: acknowledged } : known;
  const draft = workKey(context.runId, `draft/${audience.id}/`);
  const lines = new LineParts(ports, draft);
  const blocked: Blocked = new Map();
  const accounts = new Map<string, string>();
  const plan = await planAudience({
    audience,
    desired: desiredOf(ports, audience, blocked, accounts),
    told: store.members(audience.id),
    previousConfigSha: state.configSha ?? null,
    configSha: context.configSha,
    firstPush: state.lastPushedHash === undefined,
    unsuppressed: !suppressing && acknowledged === undefined,
    onChange: (change) =>
      lines.add(
        JSON.stringify([change.action, change.id, change.fingerprint, accounts.get(change.id) ?? null] satisfies PlanLine),
      ),
  });
  const parts = await lines.close();
  const unacknowledged = plan.approvalReasons.some((each) => each.startsWith(NO_SUPPRESSIONS));
  const approved = !plan.awaitingApproval || (state.approvedHash === plan.hash && !unacknowledged);
  const counts: AudienceCounts = {
    ...countsOf(audience, plan, approved, blocked),
    ...(suppressing ? {} : { unsuppressed: acknowledged?.day ?? null }),
  };
  for (const older of await store.pushes(audience.id))
    if (OVERTAKEN.has(older.status) && older.planHash !== plan.hash) await store.putPush({ ...older, status: "superseded" });
  await store.putState({ ...state, lastPlanHash: plan.hash });
  await writeJson(ports, planKey(audience.id, plan.hash, "plan.json"), { parts: parts.length, counts } satisfies StoredPlan);
  let push: PushRecord | null = null;
  if (plan.add + plan.remove > 0) {
    for (const [index, key] of parts.entries())
      await objects.put(planKey(audience.id, plan.hash, `${index}.jsonl`), await objects.get(key));
    const pushId = `${audience.id}-${plan.hash.slice(0, 16)}`;
    const existing = await store.push(pushId);
    const held = existing?.status === "approved" || existing?.status === "parked";
    const goesOn = existing?.status === "queued" || (held && !unacknowledged);
    push = {
      pushId,
      audience: audience.id,
      platform: audience.platform,
      mode: audience.mode,
      planHash: plan.hash,
      runId: context.runId,
      status: goesOn ? existing.status : approved ? "approved" : "waiting",
      desired: plan.desired,
      add: plan.add,
      remove: plan.remove,
      chunks: parts.length,
      chunksDone: goesOn ? existing.chunksDone : [],
      files: goesOn ? existing.files : [],
      approvalReasons: plan.approvalReasons,
      configSha: context.configSha,
      createdAt: goesOn ? existing.createdAt : clock.now(),
    };
    await store.putPush(push);
    if (push.status === "waiting") await publish(ports, awaitingApproval(push));
  }
  await objects.remove(draft);
  return { push, counts };
}

function countsOf(audience: Audience, plan: AudiencePlan, approved: boolean, blocked: Blocked): AudienceCounts {
  return {
    id: audience.id,
    platform: audience.platform,
    mode: audience.mode,
    hash: plan.add + plan.remove > 0 ? plan.hash : null,
    desired: plan.desired,
    told: plan.told,
    add: plan.add,
    remove: plan.remove,
    awaitingApproval: !approved,
    approvalReasons: approved ? [] : plan.approvalReasons,
    blocked: [...blocked.values()].sort((a, b) => (`${a.rule} ${a.reason}` < `${b.rule} ${b.reason}` ? -1 : 1)),
    ...NOTHING_DELIVERED,
    files: [],
  };
}
