import type {
  CompanyMember,
  ConnectorContext,
  DeliveryFailure,
  MemberVerdict,
  PushInput,
  PushResult,
  UnansweredMember,
} from "@bullseye/core/connector";
import { backoffMs } from "../../backoff.ts";
import { classOfStatus, failure, mayHaveTakenEffect, parseJson } from "./classify.ts";
import { type CompanyElement, readVerdicts } from "./convert.ts";
import manifest from "./manifest.json" with { type: "json" };
import { NOT_READY_DELAY_MS, NOT_READY_WINDOW_MS, RETRY, RETRY_LATER_SECONDS } from "./patience.ts";
import { type Claim, type Entry, toEntries } from "./plan.ts";
import { openSession, pause, type Session } from "./session.ts";

/** Streams a difference to a company segment. Adding what is there and removing what is not are no errors at LinkedIn, so that any push may be repeated. */
export async function push(ctx: ConnectorContext, input: PushInput<CompanyMember>): Promise<PushResult> {
  const session = await openSession(ctx);
  const { entries, verdicts } = toEntries(input);
  const unanswered: UnansweredMember[] = [];
  const size = manifest.limits.maxPerRequest;
  for (let from = 0; from < entries.length; from += size) {
    const stopped = await sendBatch(ctx, session, input.platformId, entries.slice(from, from + size), verdicts);
    if (stopped === undefined) continue;
    for (const entry of stopped.pending) leave(entry.claims, stopped.outcome, unanswered);
    for (let rest = from + size; rest < entries.length; rest++) leave(entries[rest]!.claims, "unsent", unanswered);
    return { verdicts, unanswered, failure: stopped.failure };
  }
  return { verdicts, unanswered };
}

interface Stopped {
  readonly pending: readonly Entry[];
  readonly outcome: UnansweredMember["outcome"];
  readonly failure: DeliveryFailure;
}

/** Sends one batch until every element has its verdict; elements answered with a transient status go again by themselves. */
async function sendBatch(
  ctx: ConnectorContext,
  session: Session,
  platformId: string,
  batch: readonly Entry[],
  verdicts: MemberVerdict[],
): Promise<Stopped | undefined> {
  let pending = batch;
  let tookEffect = false;
  let attempt = 0;
  let waitedForReady = 0;
  for (;;) {
    const round = await sendOnce(session, platformId, pending, verdicts);
    if (round === undefined) return undefined;
    pending = round.pending;
    tookEffect ||= mayHaveTakenEffect(round.failure);
    const stop = (failed: DeliveryFailure): Stopped => ({ pending, outcome: tookEffect ? "unknown" : "unsent", failure: failed });
    let wait: number;
    switch (round.failure.class) {
      case "THROTTLED":
      case "TRANSIENT":
        attempt++;
        wait = Math.max(backoffMs(RETRY, attempt, platformId), (round.failure.retryAfter ?? 0) * 1000);
        if (attempt >= RETRY.maxAttempts || wait > RETRY.maxDelayMs) return stop(later(round.failure));
        break;
      case "NOT_READY":
        wait = NOT_READY_DELAY_MS;
        if (waitedForReady >= NOT_READY_WINDOW_MS)
          return stop(failure("INVALID_REQUEST", `sending members: segment ${platformId} does not exist`, { status: 404 }));
        waitedForReady += wait;
        break;
      default:
        return stop(round.failure);
    }
    if (!(await pause(ctx, wait))) return stop(later(round.failure));
  }
}

async function sendOnce(
  session: Session,
  platformId: string,
  pending: readonly Entry[],
  verdicts: MemberVerdict[],
): Promise<{ pending: readonly Entry[]; failure: DeliveryFailure } | undefined> {
  const elements: CompanyElement[] = pending.map((entry) => entry.element);
  const answer = await session.call({
    doing: "sending members",
    method: "POST",
    path: `/dmpSegments/${encodeURIComponent(platformId)}/companies`,
    restliMethod: "BATCH_CREATE",
    body: { elements },
  });
  if ("failure" in answer) return { pending, failure: answer.failure };
  const results = readVerdicts(parseJson(answer.response.text), pending.length);
  if (results === undefined)
    return {
      pending,
      failure: failure("OUTCOME_UNKNOWN", "sending members: the answer does not hold one verdict for each element"),
    };
  const again: Entry[] = [];
  let transient: { status: number; message: string | undefined } | undefined;
  for (let i = 0; i < results.length; i++) {
    const entry = pending[i]!;
    const result = results[i]!;
    if (result.status >= 200 && result.status < 300) settle(entry.claims, "accepted", undefined, verdicts);
    else if (isTransient(result.status)) {
      again.push(entry);
      transient = transient === undefined || result.status > transient.status ? result : transient;
    } else settle(entry.claims, "rejected", session.scrub(result.message ?? `status ${result.status}`), verdicts);
  }
  if (transient === undefined) return undefined;
  const message = `sending members: ${again.length} of ${results.length} elements answered status ${transient.status}`;
  return { pending: again, failure: failure(classOfStatus(transient.status), message, { status: transient.status }) };
}

function isTransient(status: number): boolean {
  const deliveryClass = classOfStatus(status);
  return deliveryClass === "THROTTLED" || deliveryClass === "TRANSIENT";
}

function later(failed: DeliveryFailure): DeliveryFailure {
  return failed.retryAfter === undefined ? { ...failed, retryAfter: RETRY_LATER_SECONDS } : failed;
}

function settle(
  claims: readonly Claim[],
  outcome: MemberVerdict["outcome"],
  reason: string | undefined,
  verdicts: MemberVerdict[],
): void {
  for (const { id, action, superseded } of claims) {
    const why = reason ?? (superseded ? "superseded-by-add" : undefined);
    verdicts.push(why === undefined ? { id, action, outcome } : { id, action, outcome, reason: why });
  }
}

function leave(claims: readonly Claim[], outcome: UnansweredMember["outcome"], unanswered: UnansweredMember[]): void {
  for (const { id, action } of claims) unanswered.push({ id, action, outcome });
}
