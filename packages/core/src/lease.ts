import { WAITING_SECONDS } from "./ports.ts";

/** A lease as a store keeps it. Times are milliseconds since 1970. */
export interface LeaseState {
  /** Empty when nobody has it. */
  holder: string;
  until: number;
  fence: number;
  /** Who waits, in which order, and when he last asked. */
  waiting: Record<string, { order: string; asked: number }>;
}

/** A lease that nobody has had yet. */
export const FREE_LEASE: Readonly<LeaseState> = { holder: "", until: 0, fence: 0, waiting: {} };

/** Somebody asks for a lease. */
export interface LeaseRequest {
  holder: string;
  seconds: number;
  order: string | undefined;
  now: number;
}

/** What becomes of a lease when somebody asks for it, and whether he has it now. The store saves the answer unless another was faster. */
export function askForLease(
  lease: LeaseState,
  { holder, seconds, order, now }: LeaseRequest,
): { lease: LeaseState; granted: boolean } {
  const waiting: LeaseState["waiting"] = {};
  for (const [who, place] of Object.entries(lease.waiting))
    if (who !== holder && place.asked > now - WAITING_SECONDS * 1000) waiting[who] = place;
  const until = now + seconds * 1000;
  const held = lease.holder !== "" && lease.until > now;
  if (held && lease.holder === holder) return { lease: { ...lease, until, waiting }, granted: true };
  // Who does not get in line comes after all who did.
  const first = Object.entries(waiting).every(
    ([who, place]) => order !== undefined && comesBefore(holder, order, who, place.order),
  );
  if (!held && first) {
    const fence = lease.holder === holder ? lease.fence : lease.fence + 1;
    return { lease: { holder, until, fence, waiting }, granted: true };
  }
  if (order !== undefined) waiting[holder] = { order, asked: now };
  return { lease: { ...lease, waiting }, granted: false };
}

/** The lease after somebody let go of it or left the line. The fence stays, so that the next holder's is larger. */
export function giveUpLease(lease: LeaseState, holder: string): LeaseState {
  const { [holder]: _, ...waiting } = lease.waiting;
  return lease.holder === holder ? { ...lease, holder: "", until: 0, waiting } : { ...lease, waiting };
}

function comesBefore(holder: string, order: string, other: string, otherOrder: string): boolean {
  return order === otherOrder ? holder < other : order < otherOrder;
}
