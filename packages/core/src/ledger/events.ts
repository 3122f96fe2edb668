import type { PushRecord } from "../audiences/delivery.ts";
import type { Ports, PublishedEvent } from "../ports.ts";
import type { RunRecord } from "./records.ts";

type Happening = Omit<PublishedEvent, "id" | "at"> & { key: string };

/** Tells the outside; the id follows from what happened, so that a repetition has the same one. */
export async function publish(ports: Ports, { key, ...event }: Happening): Promise<void> {
  await ports.events.publish([{ ...event, id: ports.digest.id(`${event.type}|${key}`), at: ports.clock.now() }]);
}

/** A run came to its end, done or failed. */
export function runClosed(run: RunRecord): Happening {
  const { runId, type, status, list, kind, version, rows, accounts, tiers, balanced } = run;
  return {
    type: "run-closed",
    key: `${runId}|${status}`,
    detail: {
      runId,
      type,
      status,
      list,
      kind,
      // A refresh has none; its record says 0.
      version: version === 0 ? null : version,
      ...(rows ? { rows } : {}),
      ...(accounts ? { accounts } : {}),
      ...(tiers ? { tiers } : {}),
      ...(balanced === undefined ? {} : { balanced }),
      ...(run.error ? { error: run.error.name } : {}),
    },
  };
}

const planOf = ({ pushId, runId, audience, platform, mode, planHash, desired, add, remove }: PushRecord) => ({
  pushId,
  runId,
  audience,
  platform,
  mode,
  planHash,
  desired,
  add,
  remove,
});

/** A plan waits until somebody approves its hash. */
export function awaitingApproval(push: PushRecord): Happening {
  return {
    type: "plan-awaiting-approval",
    key: push.pushId,
    detail: { ...planOf(push), reasons: push.approvalReasons },
  };
}

/** A push is through: every member of it has an outcome, or its file is written. */
export function delivered(push: PushRecord): Happening {
  return { type: "push-delivered", key: push.pushId, detail: { ...planOf(push), files: push.files.length } };
}

/** An audience waits for a person. */
export function parkedEvent(push: PushRecord, reason: string): Happening {
  return { type: "audience-parked", key: `${push.pushId}|${reason}`, detail: { ...planOf(push), reason } };
}
