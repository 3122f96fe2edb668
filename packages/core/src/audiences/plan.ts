import { createHash } from "node:crypto";
import { BugError } from "../errors.ts";
import type { Audience } from "./audiences.ts";
import type { MemberRow, MemberState } from "./delivery.ts";

/** A member that the rules want now. `fingerprint` stands for the identifiers by which the platform knows it. */
export interface DesiredMember {
  id: string;
  fingerprint: string;
}

/** A member as the platform has been told. */
export type ToldMember = Pick<MemberRow, "id" | "fingerprint" | "state">;

/** One thing to tell the platform. `changed`: the member stays, its identifiers are replaced (the removal comes right before the addition). */
export interface MemberChange {
  action: "add" | "remove";
  id: string;
  fingerprint: string;
  changed: boolean;
}

/** Members in order of id (code units), each id once; from memory or from a store. */
export type Members<T> = Iterable<T> | AsyncIterable<T>;

/** What a plan is made of. */
export interface PlanInput {
  audience: Pick<Audience, "id" | "limits">;
  desired: Members<DesiredMember>;
  told: Members<ToldMember>;
  /** Hash of the configuration of the last approved plan; null before the first. */
  previousConfigSha: string | null;
  configSha: string;
  /** Whether nothing was ever pushed to this audience. */
  firstPush: boolean;
  /** Whether no suppression list stands and nobody has acknowledged that for this audience. */
  unsuppressed?: boolean;
  /** Told of every change in order of id; hold it to keep the plan. */
  onChange?(change: MemberChange): void;
}

/** The difference between what the rules say and what the platform has been told. */
export interface AudiencePlan {
  audience: string;
  desired: number;
  /** Members that the platform holds, as far as anybody knows. */
  told: number;
  /** Additions and removals to send; a changed member counts in both. */
  add: number;
  remove: number;
  changed: number;
  unchanged: number;
  /** Desired, but the platform refused these very identifiers; not sent again until they change. */
  refused: number;
  /** SHA-256 over audience, configuration and changes; the same whatever the sizes in which members arrive. */
  hash: string;
  awaitingApproval: boolean;
  approvalReasons: string[];
}

/** What a state means for the difference: `holds` the member, has `refused` it, was `never` sent, or it is `unsure`, so that it is sent again. */
const STANDS: Readonly<Record<MemberState, "holds" | "refused" | "never" | "unsure">> = {
  exported: "holds",
  accepted: "holds",
  confirmed: "holds",
  unverified: "holds",
  rejected: "refused",
  planned: "never",
  parked: "never",
  "outcome-unknown": "unsure",
  removing: "unsure",
  withdrawn: "never",
};

/** Characters of changes gathered before they are hashed. */
const HASH_BUFFER = 65_536;

/** One member at a time, checked for order; stays synchronous where the source is. */
class Cursor<T extends { id: string }> {
  current: T | null = null;
  private readonly source: Iterator<T> | AsyncIterator<T>;
  private readonly what: string;

  constructor(members: Members<T>, what: string) {
    this.source = Symbol.iterator in members ? members[Symbol.iterator]() : members[Symbol.asyncIterator]();
    this.what = what;
  }

  /** Moves on; the promise, where there is one, must be awaited before `current` is read. */
  next(): Promise<void> | undefined {
    const result = this.source.next();
    if (result instanceof Promise) return result.then((settled) => this.take(settled));
    this.take(result as IteratorResult<T>);
    return undefined;
  }

  private take(result: IteratorResult<T>): void {
    const member = result.done ? null : result.value;
    if (member !== null && this.current !== null && !(this.current.id < member.id))
      throw new BugError(`The ${this.what} members are not in order of id: "${member.id}" comes after "${this.current.id}".`);
    this.current = member;
  }
}

/** The name of the reason for which a plan waits where no suppression list stands; approving it acknowledges that. */
export const NO_SUPPRESSIONS = "no-suppressions";
/** What it means that no suppression list stands. */
export const UNSUPPRESSED = "no suppression list stands, so customers, open deals and competitors are not left out";

/** Whether `part` is more than `limit` of `whole`, exact for shares of up to four decimals. */
const exceeds = (part: number, limit: number, whole: number): boolean => part * 10_000 > Math.round(limit * 10_000) * whole;

const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;

function approvalReasons(plan: Omit<AudiencePlan, "hash" | "awaitingApproval" | "approvalReasons">, input: PlanInput): string[] {
  if (plan.add === 0 && plan.remove === 0) return [];
  const { removeShare, addShare } = input.audience.limits;
  const reasons: string[] = [];
  if (input.firstPush) reasons.push("first push of this audience");
  if (input.previousConfigSha !== input.configSha && !input.firstPush) reasons.push("first plan of a new configuration");
  if (exceeds(plan.remove, removeShare, plan.told))
    reasons.push(`removes ${plan.remove} of ${plan.told} members, more than ${percent(removeShare)}`);
  if (!input.firstPush && exceeds(plan.add, addShare, plan.told))
    reasons.push(`adds ${plan.add} to ${plan.told} members, more than ${percent(addShare)}`);
  if (input.unsuppressed && plan.add > plan.changed) reasons.push(`${NO_SUPPRESSIONS}: ${UNSUPPRESSED}`);
  return reasons;
}

/**
 * Merges what is desired with what was told, in one pass and flat memory. Members whose removal or whole push is uncertain are sent again in the
 * direction the rules want. Throws BugError when members are out of order or come twice.
 */
export async function planAudience(input: PlanInput): Promise<AudiencePlan> {
  const digest = createHash("sha256").update(JSON.stringify(["plan", 1, input.audience.id, input.configSha]));
  let buffer = "";
  const plan = { audience: input.audience.id, desired: 0, told: 0, add: 0, remove: 0, changed: 0, unchanged: 0, refused: 0 };
  const emit = (action: "add" | "remove", id: string, fingerprint: string, changed: boolean): void => {
    plan[action]++;
    buffer += `${action === "add" ? "+" : "-"}${id.length}:${id}${fingerprint.length}:${fingerprint}`;
    if (buffer.length >= HASH_BUFFER) {
      digest.update(buffer);
      buffer = "";
    }
    input.onChange?.({ action, id, fingerprint, changed });
  };
  const desired = new Cursor(input.desired, "desired");
  const told = new Cursor(input.told, "told");
  const both = [desired.next(), told.next()];
  for (const waiting of both) if (waiting) await waiting;
  while (desired.current !== null || told.current !== null) {
    const want = desired.current;
    const have = told.current;
    const takeWant = want !== null && (have === null || want.id <= have.id);
    const takeHave = have !== null && (want === null || have.id <= want.id);
    if (takeWant) plan.desired++;
    const stands = takeHave ? STANDS[have.state] : "never";
    const held = stands === "holds" || stands === "unsure";
    if (held) plan.told++;
    if (takeWant) {
      const same = takeHave && want.fingerprint === have.fingerprint;
      if (same && stands === "holds") plan.unchanged++;
      else if (same && stands === "refused") plan.refused++;
      else {
        const changed = takeHave && held && !same;
        if (changed) {
          plan.changed++;
          emit("remove", want.id, have.fingerprint, true);
        }
        emit("add", want.id, want.fingerprint, changed);
      }
    } else if (held && have !== null) emit("remove", have.id, have.fingerprint, false);
    if (takeWant) {
      const waiting = desired.next();
      if (waiting) await waiting;
    }
    if (takeHave) {
      const waiting = told.next();
      if (waiting) await waiting;
    }
  }
  const reasons = approvalReasons(plan, input);
  return { ...plan, hash: digest.update(buffer).digest("hex"), awaitingApproval: reasons.length > 0, approvalReasons: reasons };
}
