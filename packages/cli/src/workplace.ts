import type { Day } from "@bullseye/core/account/attribute";
import type { PushRecord } from "@bullseye/core/audiences/delivery";
import type { ListDescription } from "@bullseye/core/ledger/describe-list";
import type { ListRecord, RunRecord } from "@bullseye/core/ledger/records";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";
import type { Retraction } from "@bullseye/core/operations/run-context";
import type { Ports } from "@bullseye/core/ports";
import type { PreparedDrop, RunOutcome } from "@bullseye/local";

/** Where commands work: a home on this machine, or a deployed stage. */
export interface Workplace {
  readonly ports: Ports;
  /** The day that counts as today. */
  readonly asOf: Day;
  /** The rules that the next run works under; not checked. */
  configuration(): Promise<ConfigurationTexts>;
  /** The hash under which the next run pins these rules. InputError where they are not valid. */
  configurationSha(): Promise<string>;
  /** Runs what changes the place outside of a run (approvals, deliveries), as alone as the place needs it. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Drops a file and answers when its run has ended. */
  run(drop: PreparedDrop): Promise<RunOutcome>;
  /** The workflow without a list. */
  refresh(): Promise<RunOutcome>;
  /** Withdraws a list, or one version of it, as if it had never come. */
  undo(list: string, version?: number): Promise<RunOutcome>;
  /** Changes name, owner, tags or source of a list; looks at every account again where the source changes. */
  describe(list: string, given: ListDescription): Promise<ListRecord>;
  /** Takes out of a list what names somebody who is erased. */
  eraseFrom(list: string, what: Retraction): Promise<RunOutcome>;
  /** Works while no run is at work; TransientError where one is and does not end soon. */
  betweenRuns<T>(work: () => Promise<T>): Promise<T>;
  /** What is kept for a while of objects that were overwritten or removed, in words; null where nothing is. */
  readonly keepsOldVersions: string | null;
  /** Goes on with a run that was cut short, or begins a failed one again. InputError where it is done. */
  retry(run: RunRecord): Promise<RunOutcome>;
  /** Answers when what is queued has been delivered, or the workers' patience or ours is at an end. */
  deliver(queued: readonly PushRecord[]): Promise<void>;
  /** Delivers what is approved, notes in a run what became of its audiences, and writes its report. */
  settle(run: RunRecord): Promise<RunRecord>;
  /** Makes the keyed hashes of the ports work, by which people are found: a stage reads its hash key for that. */
  useHashKey(): Promise<void>;
  /** An object's place as people and scripts are told it: a path relative to the home, or an `s3://` URL. */
  locate(key: string): string;
  close(): Promise<void>;
}
