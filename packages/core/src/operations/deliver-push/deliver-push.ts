import * as z from "zod";
import type { Attributes } from "../../account/attribute.ts";
import type { AccountItem } from "../../account/item.ts";
import { mergeStatements } from "../../account/merge.ts";
import { ifAudienceIsFree } from "../../audiences/audience-lease.ts";
import { type Audience, respectedClass } from "../../audiences/audiences.ts";
import type { MemberRow, PushRecord } from "../../audiences/delivery.ts";
import { allowedMember, fingerprintOf } from "../../audiences/member.ts";
import {
  type CompanyMember,
  DELIVERY_CLASSES,
  type DeliveryFailure,
  deliveryFailureOf,
  type PushResult,
} from "../../connector.ts";
import { InputError, isKnownError } from "../../errors.ts";
import { keptWords } from "../../families/suppressed-above.ts";
import { delivered, parkedEvent, publish } from "../../ledger/events.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Ports, Suppression } from "../../ports.ts";
import { configurationOf } from "../configuration.ts";
import { sameHomesNow } from "../match-companies/same.ts";
import { operation } from "../operation.ts";
import { type PlanLine, planKey } from "../plan-audiences/plan-audiences.ts";
import { readJson } from "../run-context.ts";
import { CURRENT_BASE, type CurrentBase } from "../summarise-base/summarise-base.ts";
import { suppressionKeys, suppressionOf } from "../suppression.ts";
import { keptByFamilies } from "./kept-by-families.ts";
import { writeFiles } from "./write-files.ts";

/** How long a message waits when another worker delivers to the same audience [design]. */
const BUSY_SECONDS = 15;

/** What became of one message: `done`, `defer`red for some seconds, or the audience is `parked` until a person acts. */
const Output = z.object({
  outcome: z.enum(["done", "defer", "parked"]),
  delaySeconds: z.number(),
  reason: z.string().nullable(),
});
export type DeliverPushOutcome = z.infer<typeof Output>;

/** Delivers one part of an approved push. Suppressions and policy are asked once more, at this very moment. */
export const deliverPush = operation({
  id: "deliver-push",
  input: z.object({ pushId: z.string(), chunk: z.number(), worker: z.string() }),
  output: Output,
  async run(ports, { pushId, chunk, worker }) {
    const known = await ports.audiences.push(pushId);
    if (!known) return DONE;
    const outcome = await ifAudienceIsFree(ports, known.audience, worker, () => deliver(ports, pushId, chunk));
    return outcome?.done ?? defer(BUSY_SECONDS, `another worker delivers ${known.audience}`);
  },
});

async function deliver(ports: Ports, pushId: string, chunk: number): Promise<DeliverPushOutcome> {
  const push = await ports.audiences.push(pushId);
  if (push?.status !== "queued") return DONE;
  const standing = await ports.audiences.state(push.audience);
  if (standing?.frozen) {
    await ports.audiences.putPush({ ...push, status: "approved" });
    return DONE;
  }
  if (standing?.lastPlanHash !== push.planHash) {
    await ports.audiences.putPush({ ...push, status: "superseded" });
    return DONE;
  }
  const { audiences } = await configurationOf(ports, push.configSha);
  const audience = audiences.all.find((each) => each.id === push.audience);
  if (!audience) throw new InputError(`push ${pushId} is for an audience that its configuration does not have`);
  const judge = new SendingJudge(ports, push, audience);
  if (push.mode === "file") {
    const files = await writeFiles(ports, push, audience, judge);
    await finish(ports, { ...push, files, chunksDone: Array.from({ length: push.chunks }, (_, index) => index) });
    return DONE;
  }
  return deliverChunk(ports, push, audience, chunk, judge);
}

const DONE = { outcome: "done" as const, delaySeconds: 0, reason: null };

type Verdict = { member: CompanyMember; fingerprint: string } | { refused: string };

/** Decides, at the moment of sending, what of some accounts a platform may be told. */
export class SendingJudge {
  readonly #ports: Ports;
  readonly #push: PushRecord;
  readonly #audience: Audience;

  constructor(ports: Ports, push: PushRecord, audience: Audience) {
    this.#ports = ports;
    this.#push = push;
    this.#audience = audience;
  }

  /** The policy of the newest configuration that anything was judged by, then that of the plan: what either denies is not sent. */
  async #policies(): Promise<Policy[]> {
    const shas = new Set([this.#push.configSha]);
    if ((await this.#ports.objects.size(CURRENT_BASE)) !== null)
      shas.add((await readJson<CurrentBase>(this.#ports, CURRENT_BASE)).configSha);
    const policies: Policy[] = [];
    for (const sha of [...shas].reverse()) policies.push((await configurationOf(this.#ports, sha)).policy);
    return policies;
  }

  /** The member to send of each account, or why not. Policies and suppressions are asked once, now, for all of them. */
  async judge(items: Iterable<AccountItem>): Promise<(item: AccountItem | undefined) => Verdict> {
    const { accounts, digest, runs } = this.#ports;
    const policies = await this.#policies();
    const origins = new Map(
      (await runs.lists()).map((list): [string, { origin: never; reference: boolean }] => [
        list.id,
        { origin: list.source.origin as never, reference: list.kind === "reference" },
      ]),
    );
    const any = (await accounts.suppressionCount()) > 0;
    const same = any ? await sameHomesNow(this.#ports) : null;
    const wanted = new Map<string, { attributes: Attributes; keys: string[] }>();
    for (const item of items) {
      if (!item.result?.audiences.includes(this.#audience.id)) continue;
      const attributes = mergeStatements(item.groups, item.ref, origins);
      const keys = same === null ? [] : same(suppressionKeys(item.id, item.groups, item.ref, attributes, digest));
      wanted.set(item.id, { attributes, keys });
    }
    const keys = [...new Set([...wanted.values()].flatMap((each) => each.keys))].sort();
    const suppressed = keys.length > 0 ? await accounts.suppressed(keys) : new Map<string, Suppression[]>();
    const keptOut = await keptByFamilies(this.#ports, this.#audience, wanted.keys(), origins, same);
    return (item) => {
      const known = item && wanted.get(item.id);
      if (!known) return { refused: "no longer wanted" };
      const kept = respectedClass(this.#audience, suppressionOf(known.keys, suppressed)?.classes ?? []);
      if (kept !== undefined) return { refused: kept === "other" ? "suppressed" : `suppressed: ${kept}` };
      const why = keptOut.get(item.id);
      if (why !== undefined) return { refused: keptWords(why) };
      let allowed: CompanyMember | null = null;
      for (const policy of policies) {
        const { member, denial } = allowedMember(item.id, known.attributes, this.#audience.platform, policy, origins);
        if (!member) return { refused: `policy: ${denial!.rule}` };
        allowed ??= member;
      }
      const member = allowed!;
      return { member, fingerprint: fingerprintOf(member, digest) };
    };
  }
}

async function deliverChunk(
  ports: Ports,
  push: PushRecord,
  audience: Audience,
  chunk: number,
  judge: SendingJudge,
): Promise<DeliverPushOutcome> {
  const connector = ports.adConnector(push.platform);
  const text = Buffer.from(await ports.objects.get(planKey(push.audience, push.planHash, `${chunk}.jsonl`))).toString("utf8");
  const lines = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as PlanLine);
  const told = await ports.audiences.membersById(push.audience, [...new Set(lines.map(([, key]) => key))]);
  const items = await ports.accounts.accounts(
    lines.flatMap(([action, , , account]) => (action === "add" && account ? [account] : [])).sort(),
  );
  const verdictOn = await judge.judge(items.values());
  const rows = new Map<string, MemberRow>();
  const gone = new Set<string>();
  const add = new Map<string, CompanyMember>();
  const remove = new Map<string, CompanyMember>();
  for (const [action, key, fingerprint, account] of lines) {
    if (action === "remove") {
      const sent = told.get(key)?.sent;
      if (sent) remove.set(key, { ...(JSON.parse(sent) as CompanyMember), id: key });
      else gone.add(key);
      continue;
    }
    const row = { audience: push.audience, id: key, account: account!, fingerprint, push: push.pushId };
    const known = told.get(key);
    if (
      known?.push === push.pushId &&
      known.fingerprint === fingerprint &&
      known.state !== "outcome-unknown" &&
      known.state !== "planned"
    )
      continue;
    const verdict = verdictOn(items.get(account!));
    if ("refused" in verdict) {
      const state = known?.state === "outcome-unknown" ? "removing" : "parked";
      rows.set(key, { ...row, state, reason: verdict.refused, ...(known?.sent ? { sent: known.sent } : {}) });
      continue;
    }
    add.set(key, { ...verdict.member, id: key });
    rows.set(key, {
      ...row,
      fingerprint: verdict.fingerprint,
      state: "planned",
      sent: JSON.stringify({ ...verdict.member, id: key }),
    });
  }
  let result: PushResult = { verdicts: [], unanswered: [] };
  let failure: DeliveryFailure | undefined;
  try {
    if (add.size + remove.size > 0) {
      const ctx = ports.connectorContext(push.platform, audience.settings);
      const api = connector.api;
      if (!api) throw new InputError(`${push.platform} cannot be told by API`, { hint: "use mode: file for this audience" });
      let state = (await ports.audiences.state(push.audience)) ?? { id: push.audience };
      if (!state.platformId) {
        const { platformId } = await api.ensureAudience(ctx, { audienceId: audience.id, name: audience.name });
        state = { ...state, platformId };
        await ports.audiences.putState(state);
      }
      // From here on the platform may know: noted first, so that a crash in between leaves nobody there unnoticed.
      await ports.audiences.putMembers(
        [...add.keys()].map((key) => ({ ...rows.get(key)!, state: "outcome-unknown" as const })),
        [],
      );
      result = await api.push(ctx, {
        platformId: state.platformId!,
        add: [...add.values()],
        remove: [...remove.values()],
        pushId: push.pushId,
      });
      failure = result.failure;
    }
  } catch (error) {
    // What is thrown was thrown before the first request: nobody was told anything.
    await ports.audiences.putMembers(
      [...add.keys()].map((key) => told.get(key) ?? { ...rows.get(key)!, state: "planned" as const }),
      [],
    );
    failure = deliveryFailureOf(error);
    if (!failure) {
      if (!isKnownError(error) || error.name === "BugError") throw error;
      const reason = error.hint ? `${error.message}; ${error.hint}` : error.message;
      return error.name === "TransientError" ? defer(30, reason) : park(ports, push, reason);
    }
  }
  const confirmed = connector.capabilities.verdicts === "per-member" ? "confirmed" : "accepted";
  for (const verdict of result.verdicts) {
    if (verdict.action === "remove") {
      if (verdict.outcome === "accepted" && !add.has(verdict.id)) gone.add(verdict.id);
      else if (verdict.outcome === "rejected" && !add.has(verdict.id))
        rows.set(verdict.id, {
          ...told.get(verdict.id)!,
          state: "removing",
          reason: verdict.reason ?? "the platform refused the removal",
        });
      continue;
    }
    const row = rows.get(verdict.id)!;
    row.state = verdict.outcome === "accepted" ? confirmed : "rejected";
    if (verdict.outcome === "rejected") row.reason = verdict.reason ?? "refused by the platform";
  }
  for (const each of result.unanswered) {
    const state = each.outcome === "unknown" ? "outcome-unknown" : each.action === "add" ? "planned" : "removing";
    const row = rows.get(each.id) ?? told.get(each.id);
    if (row) rows.set(each.id, { ...row, state: each.action === "remove" && each.outcome === "unknown" ? "removing" : state });
  }
  for (const key of rows.keys()) gone.delete(key);
  await ports.audiences.putMembers(
    [...rows.values()],
    [...gone].map((id) => ({ audience: push.audience, id })),
  );
  if (failure) {
    const { handling, hint } = DELIVERY_CLASSES[failure.class];
    if (handling === "park") return park(ports, push, `${failure.message}; ${hint}`);
    if (handling !== "record") return defer(failure.retryAfter ?? (handling === "resend" ? 1 : 30), failure.message);
  }
  const fresh = (await ports.audiences.push(push.pushId))!;
  const chunksDone = [...new Set([...fresh.chunksDone, chunk])].sort((a, b) => a - b);
  if (chunksDone.length >= fresh.chunks) await finish(ports, { ...fresh, chunksDone });
  else await ports.audiences.putPush({ ...fresh, chunksDone });
  return { outcome: "done", delaySeconds: 0, reason: null };
}

const defer = (delaySeconds: number, reason: string): DeliverPushOutcome => ({ outcome: "defer", delaySeconds, reason });

/** Holds an audience until a person acts: its push keeps its place, the reason is shown. */
async function park(ports: Ports, push: PushRecord, reason: string): Promise<DeliverPushOutcome> {
  const state = (await ports.audiences.state(push.audience)) ?? { id: push.audience };
  await ports.audiences.putState({ ...state, parked: reason });
  // Told first: a message that comes again finds a parked push and does nothing.
  await publish(ports, parkedEvent(push, reason));
  await ports.audiences.putPush({ ...push, status: "parked", reason });
  return { outcome: "parked", delaySeconds: 0, reason };
}

async function finish(ports: Ports, push: PushRecord): Promise<void> {
  const state = (await ports.audiences.state(push.audience)) ?? { id: push.audience };
  const { parked, ...rest } = state;
  void parked;
  await ports.audiences.putState({ ...rest, lastPushedHash: push.planHash, configSha: push.configSha });
  const { reason, ...done } = push;
  void reason;
  // Told first: a message that comes again finds a push that is done and does nothing.
  await publish(ports, delivered(push));
  await ports.audiences.putPush({ ...done, status: "done" });
}
