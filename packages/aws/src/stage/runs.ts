import type { S3Client } from "@aws-sdk/client-s3";
import type { Day } from "@bullseye/core/account/attribute";
import { unfinishedErasure } from "@bullseye/core/erasure/erase";
import { BugError, CredentialError, InputError, NotFoundError, TransientError } from "@bullseye/core/errors";
import {
  described,
  describedByDrop,
  type ListDescription,
  sourceDiffers,
  storeDescription,
} from "@bullseye/core/ledger/describe-list";
import type { ExecutionInput, ExecutionStart } from "@bullseye/core/ledger/execution";
import { standingVersions, versionThatSays } from "@bullseye/core/ledger/list-versions";
import { isFileOf, type ListRecord, type RunRecord } from "@bullseye/core/ledger/records";
import { runIdOf } from "@bullseye/core/ledger/run-id";
import { configurationToPin } from "@bullseye/core/operations/active-configuration";
import { closeRun } from "@bullseye/core/operations/close-run/close-run";
import { perform } from "@bullseye/core/operations/operation";
import { type Retraction, type RunContext, readJson, retractionKey, runKey } from "@bullseye/core/operations/run-context";
import { TURN, TURN_SECONDS } from "@bullseye/core/operations/take-turn/take-turn";
import { undoable } from "@bullseye/core/operations/undoable";
import type { Ports } from "@bullseye/core/ports";
import type { Execution, StageExecutions } from "./executions.ts";
import { droppedBefore, type StageDrop, stageInboxKey, uploadDrop } from "./inbox.ts";
import { type OnProgress, Patience } from "./progress.ts";

/** A run and whether its file had been imported before. */
export interface StageOutcome {
  run: RunRecord;
  alreadyImported: boolean;
  seconds: number;
}

/** What running on a stage needs. */
export interface StageRunner {
  ports: Ports;
  s3: S3Client;
  bucket: string;
  stage: string;
  executions: StageExecutions;
  asOf: Day;
  onProgress: OnProgress;
}

/** Longer than a record takes to be written anew [design]. */
const DECLARING_SECONDS = 60;

/** Longer than a person's command between two runs takes; a command that is killed keeps runs waiting for as long [design]. */
const BY_HAND_SECONDS = 60 * 60;

/** How long a person's command waits for the runs before it [design]. */
const TURN_PATIENCE_SECONDS = 15 * 60;

/** How long the event of a drop may be on its way before the same command drops the file again [design]. */
const IN_FLIGHT_MILLISECONDS = 15 * 60 * 1000;

const isOpen = (run: RunRecord): boolean => run.status === "waiting" || run.status === "running";

/** Drops a file and waits for its run; a drop of the same bytes that is on its way is waited for, one that stands is said again. */
export async function runDrop(runner: StageRunner, drop: StageDrop): Promise<StageOutcome> {
  const { ports, s3, bucket } = runner;
  const began = performance.now();
  const list = await listOfKind(runner, drop);
  const standing = await standingRun(runner, list, drop);
  if (standing) return { run: standing, alreadyImported: true, seconds: (performance.now() - began) / 1000 };
  const key = stageInboxKey(drop);
  const known = await droppedBefore(s3, bucket, key, drop.versionId);
  if (known !== null) {
    const runId = runIdOf(ports.digest, { bucket, key, versionId: known.versionId, attempt: 0 });
    const execution = await runner.executions.find(runId);
    const justDropped = Date.parse(ports.clock.now()) - known.at.getTime() < IN_FLIGHT_MILLISECONDS;
    const onItsWay = execution ? execution.status === "RUNNING" : justDropped && (await ports.runs.run(runId)) === null;
    if (onItsWay) return outcomeOf(runner, runId, began);
  }
  await ports.objects.put(`${key}.list.json`, JSON.stringify(drop.sidecar));
  const versionId = await uploadDrop(s3, bucket, drop, runner.onProgress);
  return outcomeOf(runner, runIdOf(ports.digest, { bucket, key, versionId, attempt: 0 }), began);
}

/**
 * The list that a file is dropped into. Where it holds another kind and is this file alone, read otherwise by mistake, it is withdrawn first;
 * where it holds anything else that is an InputError.
 */
async function listOfKind(runner: StageRunner, drop: StageDrop): Promise<ListRecord | null> {
  const list = await runner.ports.runs.list(drop.list);
  const standing = standingVersions(list);
  if (!list || list.kind === drop.kind || standing.length === 0) return list;
  if (standing.some((each) => !isFileOf(each, drop.versionId)))
    throw new InputError(`the list "${drop.list}" holds ${list.kind}, and ${drop.fileName} holds ${drop.kind}`, {
      hint: "give it another --list name, or the right --kind",
    });
  await runWithoutFile(runner, "undo", list);
  return runner.ports.runs.list(drop.list);
}

/** The run that made these very bytes stand, and nothing is to be done but to declare their source anew. */
async function standingRun(runner: StageRunner, list: ListRecord | null, drop: StageDrop): Promise<RunRecord | null> {
  const { ports } = runner;
  const { versionId, reading, sidecar } = drop;
  const same = versionThatSays(list, { contentHash: versionId, reading, mode: sidecar.mode, batch: sidecar.batch });
  const run = same && (await ports.runs.run(same.runId));
  if (!list || !run) return null;
  if (JSON.stringify(list) !== JSON.stringify(describedByDrop(list, sidecar)))
    await describeWith(runner, list.id, (now) => describedByDrop(now, sidecar));
  const { created = 0, updated = 0, unchanged = 0 } = run.accounts ?? {};
  return { ...run, accounts: { created: 0, updated: 0, unchanged: created + updated + unchanged, removed: 0 } };
}

/** Changes name, owner, tags or source of a list; answers the list. */
export function describeList(runner: StageRunner, id: string, given: ListDescription): Promise<ListRecord> {
  return describeWith(runner, id, (list) => described(list, given));
}

/** Notes what is said of a list between two runs: one that is being closed writes the same record. Another source needs a look at every account. */
async function describeWith(runner: StageRunner, id: string, change: (list: ListRecord) => ListRecord): Promise<ListRecord> {
  const { ports } = runner;
  const holder = `describe ${ports.clock.now()}`;
  if ((await ports.leases.take(TURN, holder, DECLARING_SECONDS)) === null)
    throw new TransientError("a run is at work, and a list is described between runs", {
      hint: "run the same command again when it has ended",
    });
  let list: ListRecord | null;
  let next: ListRecord;
  try {
    list = await ports.runs.list(id);
    if (!list) throw new NotFoundError(`there is no list "${id}"`, { hint: "bullseye lists shows them" });
    next = change(list);
    await storeDescription(ports, next);
  } finally {
    await ports.leases.release(TURN, holder);
  }
  if (sourceDiffers(list, next)) await runWithoutFile(runner, "refresh", null);
  return next;
}

/** Starts a refresh or an undo and waits for it; one that is on its way is waited for. */
export async function runWithoutFile(
  runner: StageRunner,
  type: "refresh" | "undo",
  list: ListRecord | null,
  undoes?: number,
): Promise<StageOutcome> {
  const { ports, bucket, executions } = runner;
  const began = performance.now();
  const id = list?.id ?? null;
  const open = (await ports.runs.runs()).filter((run) => isOpen(run) && run.type === type && run.list === id);
  // A scheduled refresh has another day; what a person asks for is not that.
  const mine = open.find((run) => type === "undo" || run.input.asOf === runner.asOf);
  const run = mine ?? (await newRun(runner, type, list, undoes));
  if (!mine) await ports.runs.putRun(run);
  // Starting it again is harmless, and heals a start that was cut short between the record and the execution.
  if ((await executions.find(run.runId)) === null) await executions.start(startOf(bucket, run));
  return outcomeOf(runner, run.runId, began);
}

async function newRun(
  { ports, bucket, asOf }: StageRunner,
  type: "refresh" | "undo" | "erase",
  list: ListRecord | null,
  undoes: number | undefined,
): Promise<RunRecord> {
  const configSha = await configurationToPin(ports);
  const startedAt = ports.clock.now();
  return {
    runId: ports.digest.id(`${bucket}|${type}|${list?.id ?? ""}|${asOf}|${configSha}|${startedAt}`),
    type,
    status: "waiting",
    list: list?.id ?? null,
    kind: list?.kind ?? null,
    version: null,
    ...(undoes === undefined ? {} : { undoes }),
    input: { key: null, versionId: "", asOf, configSha },
    startedAt,
  };
}

/** The execution of a run whose record is written first. */
function startOf(bucket: string, { runId, startedAt, input }: RunRecord): ExecutionStart {
  const { key, versionId, asOf, configSha } = input;
  const common = { bucket, asOf, droppedAt: startedAt, configSha };
  return {
    name: runId,
    input: (key === null ? { ...common, refresh: true } : { ...common, key, versionId }) satisfies ExecutionInput,
  };
}

/** Takes out of a list what names somebody, and waits for it. */
export async function eraseFrom(runner: StageRunner, id: string, what: Retraction): Promise<StageOutcome> {
  const { ports, bucket, executions } = runner;
  const began = performance.now();
  const run = await newRun(runner, "erase", await ports.runs.list(id), undefined);
  await ports.objects.put(retractionKey(run.runId), JSON.stringify(what));
  await ports.runs.putRun(run);
  await executions.start(startOf(bucket, run));
  return outcomeOf(runner, run.runId, began);
}

/** Does `work` while no run has the turn: gets in line like a run, and runs that are dropped meanwhile wait. */
export async function betweenRuns<T>({ ports }: StageRunner, work: () => Promise<T>): Promise<T> {
  const since = ports.clock.now();
  const holder = `by-hand ${since}`;
  const patience = new Patience((milliseconds) => ports.clock.sleep(milliseconds), TURN_PATIENCE_SECONDS);
  try {
    while ((await ports.leases.take(TURN, holder, BY_HAND_SECONDS, since)) === null) {
      if (patience.atEnd)
        throw new TransientError("other runs are at work, and this is done between runs", {
          hint: "run the same command again when they have ended",
        });
      await patience.wait();
    }
    return await work();
  } finally {
    await ports.leases.release(TURN, holder);
  }
}

/** Withdraws a list, or one version of it, as if it had never come. */
export async function undoList(runner: StageRunner, id: string, version?: number): Promise<StageOutcome> {
  const { ports } = runner;
  const list = await ports.runs.list(id);
  if (!list) throw new NotFoundError(`there is no list "${id}"`, { hint: "bullseye lists shows them" });
  const begun = (await ports.runs.runs()).some((run) => run.type === "undo" && run.list === id && isOpen(run));
  return runWithoutFile(runner, "undo", list, begun ? undefined : await undoable(ports, list, version));
}

/**
 * Goes on with a run. One that is at work is waited for. One whose execution was stopped before it was closed is redriven where no other run
 * had the turn since. Any other begins again as a new attempt at the same version of the same object, under the rules that are active now.
 */
export async function retryRun(runner: StageRunner, run: RunRecord): Promise<StageOutcome> {
  const { ports, bucket, executions } = runner;
  const began = performance.now();
  if (run.status === "done")
    throw new InputError(`run ${run.runId} is done`, { hint: "only failed and unfinished runs are retried" });
  const execution = await executions.find(run.runId);
  if (isOpen(run)) {
    if (execution === null) await executions.start(startOf(bucket, run));
    const goesOn = execution === null || execution.status === "RUNNING" || execution.status === "PENDING_REDRIVE";
    if (goesOn || (stoppedMidway(execution) && (await redriven(runner, run)))) return outcomeOf(runner, run.runId, began);
    // Nothing of it may stand when it begins again; the stage would close it too, some minutes later.
    const error = {
      Error: execution.error ?? execution.status,
      Cause: execution.cause ?? "the execution ended without closing its run",
    };
    await perform(closeRun, ports, { runId: run.runId, failed: true, error });
  }
  if (run.type === "erase") throw unfinishedErasure(run.runId);
  if (run.type !== "list") {
    const list = run.list === null ? null : await ports.runs.list(run.list);
    const again = await newRun(runner, run.type, list, run.undoes);
    await ports.runs.putRun(again);
    await executions.start(startOf(bucket, again));
    return outcomeOf(runner, again.runId, began);
  }
  const again = await nextAttempt(runner, run);
  await executions.start(again);
  return outcomeOf(runner, again.name, began);
}

/**
 * Whether redriving goes on with the work: an execution that was stopped or ran out of time goes on in the middle of it. One that failed
 * went on to close its run, and would only do that again.
 */
const stoppedMidway = ({ status, redrivable }: Execution): boolean =>
  redrivable && (status === "ABORTED" || status === "TIMED_OUT");

/** Whether the execution goes on where it failed: what it pinned of the store must still hold, so no other run may have had the turn. */
async function redriven({ ports, executions }: StageRunner, run: RunRecord): Promise<boolean> {
  const key = runKey(run.runId, "context.json");
  const pinned = (await ports.objects.size(key)) === null ? null : await readJson<RunContext>(ports, key);
  if (pinned === null) return false;
  const fence = await ports.leases.take(TURN, run.runId, TURN_SECONDS);
  if (fence !== pinned.fence) {
    await ports.leases.release(TURN, run.runId);
    return false;
  }
  await executions.redrive(run.runId);
  return true;
}

/** The first attempt at this version of this object that was not made yet. */
async function nextAttempt({ ports, bucket }: StageRunner, run: RunRecord): Promise<ExecutionStart> {
  const { versionId, asOf } = run.input;
  const key = run.input.key!;
  const pinned = await ports.objects.pinned(key, versionId);
  if ((await ports.objects.size(pinned)) === null)
    throw new InputError(`${key} is not there any more`, { hint: "run the file itself again" });
  const configSha = await configurationToPin(ports);
  for (let attempt = 1; ; attempt++) {
    const name = runIdOf(ports.digest, { bucket, key, versionId, attempt });
    const known = await ports.runs.run(name);
    if (known && !isOpen(known)) continue;
    return { name, input: { bucket, key, versionId, asOf, droppedAt: known?.startedAt ?? ports.clock.now(), configSha } };
  }
}

/** What a run came to, once its execution has ended. A failed run is thrown as the error that ended it. */
async function outcomeOf(runner: StageRunner, runId: string, began: number): Promise<StageOutcome> {
  const { ports, executions, onProgress } = runner;
  const execution = await executions.ended(runId, onProgress);
  const run = await ports.runs.run(runId);
  if (run?.status === "failed") throw failureOf(run);
  if (run?.status !== "done") throw cutShort(runner, runId, execution);
  const alreadyImported = (await ports.objects.size(runKey(runId, "already-imported.json"))) !== null;
  return { run, alreadyImported, seconds: (performance.now() - began) / 1000 };
}

const ERRORS = { InputError, NotFoundError, CredentialError, TransientError, BugError };

function failureOf({ runId, error }: RunRecord): Error {
  const { name = "BugError", message = "the run failed", hint } = error ?? {};
  const kind = name in ERRORS ? ERRORS[name as keyof typeof ERRORS] : BugError;
  return new kind(message, { hint: hint ?? `bullseye runs show ${runId} says more` });
}

function cutShort({ stage }: StageRunner, runId: string, { status, error }: Execution): Error {
  return new TransientError(`the run ${runId} was cut short (${error ?? status})`, {
    hint: `bullseye runs retry ${runId} --stage ${stage} goes on with it`,
  });
}
