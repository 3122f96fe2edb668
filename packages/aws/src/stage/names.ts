import { AD_PLATFORMS } from "@bullseye/core/audiences/platforms";
import { InputError } from "@bullseye/core/errors";
import patterns from "../../../../stacks/names.json" with { type: "json" };

/** Where a stage lies. */
export interface StagePlace {
  stage: string;
  account: string;
  region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  partition: string;
}

/** Everything of a stage by its name, computed as the stacks compute it. */
export interface StageNames extends StagePlace {
  bucket: string;
  table: string;
  listingIndex: string;
  eventBus: string;
  dashboard: string;
  secretPrefix: string;
  stateMachineArn: string;
  /** The state machine with its alias: what executions are started on. */
  stateMachineAliasArn: string;
  /** Alias of the customer-managed key, where the stage has one. */
  keyAlias: string;
  /** Stacks in the order in which they are deployed. */
  stacks: string[];
  /** Common beginning of the queues' names. */
  queuePrefix: string;
  /** Ids of the queues that messages are sent to; the name of one is the prefix and its id. */
  queues: string[];
  /** Ids of the queues of dead letters; `from` is the queue that they came from and can go back to, null where there is none. */
  deadLetters: Array<{ id: string; from: string | null }>;
  /** The secrets of the ad platforms and of the hash key, by full name. */
  secrets: string[];
  functionName(id: string): string;
}

/** Letters, digits and dashes: names of buckets, stacks and queues are made of it, and the bucket's has 63 characters in all. */
const STAGE = /^[a-z](?:[a-z0-9-]{0,14}[a-z0-9])?$/;

/** The one stage that is never removed by a command. */
export const PRODUCTION = "prod";

/** A pattern with its placeholders filled in. */
function filled(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A name that a stage can have; InputError otherwise. */
export function checkStageName(stage: string): string {
  if (STAGE.test(stage)) return stage;
  throw new InputError(`"${stage}" cannot name a stage`, {
    hint: "use lower-case letters, digits and dashes, at most 16, beginning with a letter",
  });
}

/** All names of a stage. */
export function stageNames(place: StagePlace): StageNames {
  const { stage, account, region, partition } = place;
  const fill = (pattern: string, more: Readonly<Record<string, string>> = {}): string =>
    filled(pattern, { stage, account, region, ...more });
  const stateMachineArn = `arn:${partition}:states:${region}:${account}:stateMachine:${fill(patterns.stateMachine)}`;
  const secretPrefix = fill(patterns.secretPrefix);
  const queues = [
    patterns.inboxQueue,
    patterns.settleQueue,
    ...AD_PLATFORMS.map((platform) => fill(patterns.pushQueue, { platform })),
  ];
  return {
    ...place,
    bucket: fill(patterns.bucket),
    table: fill(patterns.table),
    listingIndex: patterns.listingIndex,
    eventBus: fill(patterns.eventBus),
    dashboard: fill(patterns.dashboard),
    secretPrefix,
    stateMachineArn,
    stateMachineAliasArn: `${stateMachineArn}:${patterns.stateMachineAlias}`,
    keyAlias: fill(patterns.key),
    stacks: Object.values(patterns.stacks).map((each) => fill(each)),
    queuePrefix: fill(patterns.queuePrefix),
    queues,
    deadLetters: [
      ...queues.map((from) => ({ id: from + patterns.deadLetterSuffix, from })),
      { id: patterns.refreshDeadLetters, from: null },
    ],
    secrets: [patterns.hashKeySecret, ...AD_PLATFORMS].map((name) => secretPrefix + name),
    functionName: (id) => fill(patterns.function, { id }),
  };
}

/** ARN of an execution. Executions of an alias bear the state machine's own name. */
export function executionArn({ stateMachineArn }: StageNames, name: string): string {
  return `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
}
