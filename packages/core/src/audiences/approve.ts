import { InputError, NotFoundError } from "../errors.ts";
import { queuePush } from "../operations/queue-pushes/queue-pushes.ts";
import type { Ports } from "../ports.ts";
import { whenAudienceIsFree } from "./audience-lease.ts";
import type { AudienceState, MemberRow, PushRecord } from "./delivery.ts";
import { NO_SUPPRESSIONS } from "./plan.ts";

/** Hex digits of a plan's hash that are enough to name it. */
export const SHORTEST_HASH = 6;

/** Who holds an audience while a person changes something of it. */
const byHand = (ports: Ports): string => `by-hand ${ports.clock.now()}`;

/** Members written at a time. */
const PAGE = 1_000;

/** Lets one plan go whose effect was large enough to wait for somebody. `prefix`: the first six or more digits of its hash. */
export async function approvePlan(ports: Ports, prefix: string): Promise<PushRecord> {
  const hash = prefix.trim().toLowerCase();
  if (!/^[0-9a-f]+$/.test(hash) || hash.length < SHORTEST_HASH)
    throw new InputError(`"${prefix}" names no plan`, {
      hint: `give ${SHORTEST_HASH} or more digits of its hash; ${await waitingWords(ports)}`,
    });
  const waiting = await waitingPlans(ports);
  const meant = waiting.filter((push) => push.planHash.startsWith(hash));
  if (meant.length !== 1)
    throw new NotFoundError(
      meant.length === 0 ? `no plan ${hash} waits for approval` : `${meant.length} plans begin with ${hash}`,
      {
        hint: await waitingWords(ports),
      },
    );
  const { audience, pushId } = meant[0]!;
  return whenAudienceIsFree(ports, audience, byHand(ports), async () => {
    const push = await ports.audiences.push(pushId);
    if (push?.status !== "waiting")
      throw new NotFoundError(`the plan ${hash} does not wait any more`, { hint: await waitingWords(ports) });
    const approved: PushRecord = { ...push, status: "approved" };
    const state = await stateOf(ports, audience);
    const acknowledges = push.approvalReasons.some((each) => each.startsWith(NO_SUPPRESSIONS));
    await ports.audiences.putState({
      ...state,
      approvedHash: approved.planHash,
      ...(acknowledges ? { withoutSuppressions: { day: ports.clock.now().slice(0, 10), plan: approved.planHash } } : {}),
    });
    await ports.audiences.putPush(approved);
    return approved;
  });
}

/** Plans that wait for approval, newest first. */
export async function waitingPlans(ports: Ports): Promise<PushRecord[]> {
  return (await ports.audiences.pushes()).filter((push) => push.status === "waiting");
}

async function waitingWords(ports: Ports): Promise<string> {
  const waiting = await waitingPlans(ports);
  if (waiting.length === 0) return "no plan waits; bullseye audiences plan makes them";
  return `waiting: ${waiting.map((push) => `${push.planHash.slice(0, 12)} (${push.audience})`).join(", ")}`;
}

const stateOf = async (ports: Ports, audience: string): Promise<AudienceState> =>
  (await ports.audiences.state(audience)) ?? { id: audience };

/**
 * Queues every approved push, those that a person has to retry included: a parked audience is tried again, for its credentials may be there
 * now. Frozen audiences keep theirs; what a later plan has overtaken is not sent any more. Answers the pushes queued.
 */
export async function queueApproved(ports: Ports, which: "all" | "parked" = "all"): Promise<PushRecord[]> {
  const queued: PushRecord[] = [];
  for (const { pushId, audience, status } of await ports.audiences.pushes()) {
    if (!isOpen(status, which)) continue;
    const push = await whenAudienceIsFree(ports, audience, byHand(ports), () => queueAgain(ports, pushId, which));
    if (push) queued.push(push);
  }
  return queued;
}

const isOpen = (status: PushRecord["status"], which: "all" | "parked"): boolean =>
  status === "parked" || (which === "all" && (status === "approved" || status === "queued"));

async function queueAgain(ports: Ports, pushId: string, which: "all" | "parked"): Promise<PushRecord | null> {
  const push = await ports.audiences.push(pushId);
  if (!push || !isOpen(push.status, which)) return null;
  const { parked, ...state } = await stateOf(ports, push.audience);
  if (state.frozen) return null;
  if (push.planHash !== state.lastPlanHash) {
    await ports.audiences.putPush({ ...push, status: "superseded" });
    return null;
  }
  if (parked !== undefined) await ports.audiences.putState(state);
  const { reason: _, ...retried } = push;
  await queuePush(ports, { ...retried, status: "approved" });
  return push;
}

/** Stops or lets go an audience: nothing of a frozen one is sent, planning goes on. */
export async function freezeAudience(ports: Ports, audience: string, frozen: boolean): Promise<void> {
  await whenAudienceIsFree(ports, audience, byHand(ports), async () => {
    const { frozen: _, ...state } = await stateOf(ports, audience);
    await ports.audiences.putState(frozen ? { ...state, frozen } : state);
  });
}

/**
 * Notes that somebody uploaded the file of a push: its members count as confirmed. `matched`: how many of them the platform said to have
 * found. Answers the number confirmed by this call. InputError where the push wrote no file yet.
 */
export async function confirmPush(
  ports: Ports,
  pushId: string,
  matched?: number,
): Promise<{ push: PushRecord; confirmed: number }> {
  const push = await ports.audiences.push(pushId);
  if (!push) {
    const open = (await ports.audiences.pushes()).filter((each) => each.mode === "file" && each.status === "done");
    throw new NotFoundError(`there is no push ${pushId}`, {
      hint:
        open.length === 0 ? "bullseye audiences push writes the files" : `written: ${open.map((each) => each.pushId).join(", ")}`,
    });
  }
  if (push.mode !== "file")
    throw new InputError(`push ${pushId} was sent, not uploaded`, {
      hint: "only uploads of files need to be confirmed by a person",
    });
  if (push.status !== "done")
    throw new InputError(`push ${pushId} has written no file yet (${push.status})`, {
      hint: "bullseye audiences push writes it",
    });
  return whenAudienceIsFree(ports, push.audience, byHand(ports), async () =>
    confirmMembers(ports, (await ports.audiences.push(pushId)) ?? push, matched),
  );
}

async function confirmMembers(
  ports: Ports,
  push: PushRecord,
  matched: number | undefined,
): Promise<{ push: PushRecord; confirmed: number }> {
  let page: MemberRow[] = [];
  let gone: Array<{ audience: string; id: string }> = [];
  let confirmed = 0;
  const write = async (): Promise<void> => {
    await ports.audiences.putMembers(page, gone);
    confirmed += page.length;
    page = [];
    gone = [];
  };
  for await (const member of ports.audiences.members(push.audience)) {
    if (member.push !== push.pushId) continue;
    if (member.state === "exported") page.push({ ...member, state: "confirmed" });
    else if (member.state === "withdrawn") gone.push({ audience: push.audience, id: member.id });
    if (page.length + gone.length >= PAGE) await write();
  }
  await write();
  const noted: PushRecord = matched === undefined ? push : { ...push, matched };
  if (matched !== undefined) await ports.audiences.putPush(noted);
  return { push: noted, confirmed };
}
