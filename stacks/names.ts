import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Aws } from "aws-cdk-lib";

/** Where a stage lives. */
export interface Place {
  stage: string;
  /** Twelve digits. */
  account: string;
  region: string;
}

/** A file of the checkout as JSON. SST bundles the stacks into one file in the working directory, so paths start there. */
export function readJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(process.cwd(), ...path), "utf8")) as T;
}

type Patterns = Record<
  | "bucket"
  | "table"
  | "listingIndex"
  | "stateMachine"
  | "stateMachineAlias"
  | "function"
  | "queuePrefix"
  | "inboxQueue"
  | "settleQueue"
  | "refreshDeadLetters"
  | "pushQueue"
  | "deadLetterSuffix"
  | "eventBus"
  | "alarmTopic"
  | "dashboard"
  | "budget"
  | "secretPrefix"
  | "hashKeySecret"
  | "schedule"
  | "role"
  | "key",
  string
> & { stacks: Record<StackNoun, string> };

/** The stacks of a stage, one noun each, in the order in which they are deployed. */
export const STACK_NOUNS = ["storage", "workflow", "delivery", "observability"] as const;
export type StackNoun = (typeof STACK_NOUNS)[number];

/** Names of buckets, stacks and queues are made of it, and the bucket's has 63 characters in all. */
const STAGE = /^[a-z](?:[a-z0-9-]{0,14}[a-z0-9])?$/;

/** Names and ARNs of everything in one stage, computed from names.json; nothing is imported from another stack. */
export class Names {
  readonly place: Place;
  readonly #patterns: Patterns;

  constructor(place: Place) {
    if (!STAGE.test(place.stage))
      throw new Error(
        `"${place.stage}" cannot name a stage: at most 16 lower-case letters, digits and dashes, beginning with a letter`,
      );
    this.place = place;
    this.#patterns = readJson<Patterns>("stacks", "names.json");
  }

  #fill(pattern: string, more: Record<string, string> = {}): string {
    const values: Record<string, string> = { ...this.place, ...more };
    return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`stacks/names.json: nothing is known to put for ${whole}`);
      return value;
    });
  }

  get bucket(): string {
    return this.#fill(this.#patterns.bucket);
  }
  get table(): string {
    return this.#fill(this.#patterns.table);
  }
  get listingIndex(): string {
    return this.#patterns.listingIndex;
  }
  get stateMachine(): string {
    return this.#fill(this.#patterns.stateMachine);
  }
  get stateMachineAlias(): string {
    return this.#patterns.stateMachineAlias;
  }
  get eventBus(): string {
    return this.#fill(this.#patterns.eventBus);
  }
  get alarmTopic(): string {
    return this.#fill(this.#patterns.alarmTopic);
  }
  get dashboard(): string {
    return this.#fill(this.#patterns.dashboard);
  }
  get budget(): string {
    return this.#fill(this.#patterns.budget);
  }
  get secretPrefix(): string {
    return this.#fill(this.#patterns.secretPrefix);
  }
  get queuePrefix(): string {
    return this.#fill(this.#patterns.queuePrefix);
  }
  get schedule(): string {
    return this.#fill(this.#patterns.schedule);
  }
  /** With `alias/` before it. */
  get keyAlias(): string {
    return this.#fill(this.#patterns.key);
  }
  get inboxQueue(): string {
    return this.#patterns.inboxQueue;
  }
  get settleQueue(): string {
    return this.#patterns.settleQueue;
  }
  /** Short name of the queue that takes refreshes which nobody could begin. */
  get refreshDeadLetters(): string {
    return this.#patterns.refreshDeadLetters;
  }
  stack(noun: StackNoun): string {
    return this.#fill(this.#patterns.stacks[noun]);
  }
  /** Name of the function with an id: an operation, a handler, or `deliver-<platform>`. */
  function(id: string): string {
    return this.#fill(this.#patterns.function, { id });
  }
  /** Short name of the queue of a platform; {@link queue} gives its whole name. */
  pushQueue(platform: string): string {
    return this.#fill(this.#patterns.pushQueue, { platform });
  }
  queue(short: string): string {
    return `${this.queuePrefix}${short}`;
  }
  /** Short name of the queue that takes what another queue's worker gave up. */
  deadLetters(short: string): string {
    return `${short}${this.#patterns.deadLetterSuffix}`;
  }
  role(person: string): string {
    return this.#fill(this.#patterns.role, { person });
  }
  /** Name of a secret: `hash-key`, or a platform's id. */
  secret(short: string): string {
    return `${this.secretPrefix}${short}`;
  }
  get hashKeySecret(): string {
    return this.secret(this.#patterns.hashKeySecret);
  }

  /** An ARN in this stage's account and region. */
  arn(service: string, resource: string): string {
    return `arn:${Aws.PARTITION}:${service}:${this.place.region}:${this.place.account}:${resource}`;
  }
  get bucketArn(): string {
    return `arn:${Aws.PARTITION}:s3:::${this.bucket}`;
  }
  get tableArn(): string {
    return this.arn("dynamodb", `table/${this.table}`);
  }
  get indexArn(): string {
    return `${this.tableArn}/index/${this.listingIndex}`;
  }
  get stateMachineArn(): string {
    return this.arn("states", `stateMachine:${this.stateMachine}`);
  }
  get eventBusArn(): string {
    return this.arn("events", `event-bus/${this.eventBus}`);
  }
  functionArn(id: string): string {
    return this.arn("lambda", `function:${this.function(id)}`);
  }
  queueArn(short: string): string {
    return this.arn("sqs", this.queue(short));
  }
  /** Secrets Manager puts six characters of its own behind a name. */
  secretArn(name: string): string {
    return this.arn("secretsmanager", `secret:${name}-??????`);
  }
  get logGroupOfStateMachine(): string {
    return `/aws/vendedlogs/states/${this.stateMachine}`;
  }
  logGroupOf(id: string): string {
    return `/aws/lambda/${this.function(id)}`;
  }
  /** What a short queue name is put behind to give its URL. */
  get queueUrlPrefix(): string {
    return `https://sqs.${this.place.region}.${Aws.URL_SUFFIX}/${this.place.account}/${this.queuePrefix}`;
  }
}
