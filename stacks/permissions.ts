import type { FunctionId } from "./functions.ts";

/** What a permission is about, in the words of the stage; policies.ts turns it into ARNs and conditions. */
export type Resource =
  /** Objects under a prefix of the bucket. */
  | { kind: "objects"; prefix: string }
  /** The bucket itself, for keys under these prefixes. `orAbsent`: also to learn that an object does not exist. */
  | { kind: "listing"; prefixes: readonly string[]; orAbsent: boolean }
  /** Items of the table whose partition key is, or begins with, one of these (`*` at the end). */
  | { kind: "items"; keys: readonly string[] }
  /** The listing index, whatever its key. */
  | { kind: "index" }
  | { kind: "queue"; queue: QueueName }
  | { kind: "secret"; secret: "hash-key" | "platform" }
  | { kind: "event-bus" }
  /** To start executions of it; with `alias` by its alias. */
  | { kind: "state-machine"; alias: boolean }
  /** Executions of the state machine; with `children` also those that its maps start. */
  | { kind: "executions"; children: boolean }
  /** The functions that states call, in the versions that executions began with. */
  | { kind: "workflow-functions" }
  /** The function's own log group. */
  | { kind: "logs" }
  /** AWS offers nothing narrower. */
  | { kind: "everything" };

/** A queue by its use; `push` is the platform's own for `deliver`, and those of all platforms for everybody else. */
export type QueueName = "inbox" | "settle" | "push" | "refresh-dead";

/** What one principal may do to one kind of resource. */
export interface Permission {
  actions: readonly string[];
  resource: Resource;
  /** Why it is allowed, where a run in good order never uses it or where nothing narrower exists. */
  because?: string;
}

/** Partition keys of the table, by what lies under them. */
export const KEYS = {
  accounts: "A#*",
  parked: "P#*",
  aliases: "K#*",
  suppressions: "S#*",
  facts: "F#*",
  lists: "L",
  runs: "R",
  audiences: "U",
  pushes: "Q",
  members: "M#*",
  leases: "T",
  /** What the store knows of itself as a whole. */
  control: "X",
  /** Parts of whatever is too large for one item, contacts among them. */
  parts: "B#*",
} as const;
export type ItemKind = keyof typeof KEYS;

/** Contacts lie among the facts, those with many of them in parts. */
export const PERSONAL_KEYS: readonly string[] = [KEYS.facts, KEYS.parts];
/** Where objects may name people: lists as they were dropped and what was made of their rows. */
export const PERSONAL_PREFIXES = ["personal/", "rejects/", "inbox/", "outbox/"] as const;

export const WORK = "personal/work/";
export const REFERENCE = "personal/reference/";
export const CORRECTIONS = "personal/corrections/";
/** What files of one list said of companies that they share. */
export const EVIDENCE = "personal/evidence/";
/** Names and places of companies, compared in every run. */
export const CARDS = "personal/cards/";
export const MAP_RESULTS = "map-results/";

const ANSWERED = "only where somebody answered what was asked about a list with the same header";
const CORRECTED_ANEW = "only where rows were corrected that nobody reads any more";
const SAVED_AND_FAILED = "only where a run failed after it had saved: what names it knows is kept";
const SHARED = "only where several files of a list speak of one company";
const ABORT = "ends the upload of a large object that failed half-way";
const PARTS = "items of more than 300 KB lie in parts, which few lists ever make";

export const read = (...prefixes: string[]): Permission[] =>
  prefixes.map((prefix) => ({ actions: ["s3:GetObject"], resource: { kind: "objects", prefix } }));

export const write = (...prefixes: string[]): Permission[] =>
  prefixes.flatMap((prefix) => [
    { actions: ["s3:PutObject"], resource: { kind: "objects" as const, prefix } },
    { actions: ["s3:AbortMultipartUpload"], resource: { kind: "objects" as const, prefix }, because: ABORT },
  ]);

const list = (...prefixes: string[]): Permission => ({
  actions: ["s3:ListBucket"],
  resource: { kind: "listing", prefixes, orAbsent: false },
});

/** Without it S3 answers "forbidden" instead of "there is none" (S3 API Reference, HeadObject, "Permissions", 2026-11). */
const mayBeAbsent = (...prefixes: string[]): Permission => ({
  actions: ["s3:ListBucket"],
  resource: { kind: "listing", prefixes, orAbsent: true },
});

const remove = (...prefixes: string[]): Permission[] => [
  ...prefixes.map((prefix): Permission => ({ actions: ["s3:DeleteObject"], resource: { kind: "objects", prefix } })),
  list(...prefixes),
];

const items =
  (verb: string) =>
  (...kinds: ItemKind[]): Permission => ({
    actions: [`dynamodb:${verb}`],
    resource: { kind: "items", keys: kinds.map((kind) => KEYS[kind]) },
  });

const get = items("GetItem");
const getMany = items("BatchGetItem");
const query = items("Query");
const put = items("PutItem");
const update = items("UpdateItem");
const erase = items("DeleteItem");
const writeMany = items("BatchWriteItem");

export const rarely = (because: string, ...permissions: Permission[]): Permission[] =>
  permissions.map((permission) => ({ ...permission, because }));

/** Reading parts: the item is asked for again where its parts changed meanwhile. */
const readParts = (...owners: ItemKind[]): Permission[] => rarely(PARTS, getMany("parts"), get(...owners));
const writeParts = rarely(PARTS, put("parts"), erase("parts"));

/** Rows packed in groups: read, changed, and written under the condition that nobody else did meanwhile; empty groups go. */
const addToGroups = (...kinds: ItemKind[]): Permission[] => [
  getMany(...kinds),
  put(...kinds),
  ...readParts(...kinds),
  ...writeParts,
];

const changeGroups = (...kinds: ItemKind[]): Permission[] => [...addToGroups(...kinds), erase(...kinds)];

const changeRecords = (...kinds: ItemKind[]): Permission[] => [
  get(...kinds),
  put(...kinds),
  ...readParts(...kinds),
  ...writeParts,
];

const lease: Permission[] = [get("leases"), put("leases")];

/** A save notes its turn in the one item about the store. */
const control: Permission[] = [get("control"), update("control")];

const send = (queue: QueueName, because?: string): Permission => ({
  actions: ["sqs:SendMessage"],
  resource: { kind: "queue", queue },
  ...(because ? { because } : {}),
});

/** What Lambda itself does with the function's role to read its queue. */
const consume = (queue: QueueName): Permission => ({
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  resource: { kind: "queue", queue },
  because: "Lambda polls the queue with the function's role",
});

const publish: Permission = { actions: ["events:PutEvents"], resource: { kind: "event-bus" } };

const hashKey: Permission = { actions: ["secretsmanager:GetSecretValue"], resource: { kind: "secret", secret: "hash-key" } };

const startRuns: Permission = { actions: ["states:StartExecution"], resource: { kind: "state-machine", alias: true } };

/** Everything logs and traces. */
export const TELEMETRY: readonly Permission[] = [
  {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resource: { kind: "logs" },
    because: "Lambda writes the log with the function's role",
  },
  {
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    resource: { kind: "everything" },
    because: "X-Ray knows no resources for these actions (Service Authorization Reference, AWS X-Ray, 2026-11)",
  },
];

/** Every operation leaves beside its run what it used. */
const USAGE = write("runs/");

/** And most read what the run pinned. */
const RUN = [...read("runs/"), ...USAGE];

/** Batches handed from one operation to the next. */
const BATCH = [...RUN, ...read(WORK), ...write(WORK)];

/** Accounts of a range, as classified before. */
const SCAN = [query("accounts"), ...readParts("accounts")];

/** Ends a run that failed: takes its version back, clears its objects away, gives its turn to the next, tells of it. */
const CLOSING: Permission[] = [
  ...read("runs/"),
  list("runs/"),
  ...changeRecords("runs", "lists"),
  query("aliases", "suppressions"),
  ...changeGroups("aliases", "suppressions"),
  ...control,
  ...lease,
  ...remove(WORK),
  list(CORRECTIONS),
  ...rarely(CORRECTED_ANEW, ...remove(CORRECTIONS)),
  ...rarely(SAVED_AND_FAILED, ...read("matching/", WORK), mayBeAbsent("matching/"), ...write("matching/", CARDS)),
  publish,
];

/** Notes in a run what was delivered and writes its report. */
const REPORTING: Permission[] = [
  ...RUN,
  ...read("config/", "base/", "rejects/", "matching/"),
  mayBeAbsent("runs/"),
  ...rarely("the first push may go before its run has ended; rejects expire", mayBeAbsent("base/", "rejects/", "matching/")),
  ...write("reports/"),
  ...changeRecords("runs"),
  get("lists", "audiences"),
  query("runs", "lists", "pushes", "members"),
  ...SCAN,
  ...readParts("lists", "audiences", "pushes"),
  ...lease,
];

/** Finds the configuration that the next run works under; the examples are stored where none was activated. */
const PIN_CONFIGURATION = [...read("config/"), mayBeAbsent("config/"), ...write("config/")];

const ofPlatform = (action: string): Permission => ({
  actions: [`secretsmanager:${action}`],
  resource: { kind: "secret", secret: "platform" },
});

/** What each function may do; nothing else is granted to it. */
export const FUNCTION_PERMISSIONS: Record<FunctionId, readonly Permission[]> = {
  "take-turn": [...USAGE, ...changeRecords("runs"), ...lease],
  "split-list": [
    ...USAGE,
    // Rejects that come back are known by the ledgers and the headers of the runs that they came from.
    ...read("inbox/", WORK, "ledger/", "runs/", CORRECTIONS),
    ...write(WORK, CORRECTIONS),
    { actions: ["s3:GetObjectVersion"], resource: { kind: "objects", prefix: "inbox/" } },
    mayBeAbsent("inbox/", "erasures/"),
    ...rarely("only where somebody was erased", ...read("erasures/")),
    list("ledger/", CORRECTIONS),
    ...rarely(SHARED, list(EVIDENCE)),
    ...rarely(ANSWERED, ...read("config/mappings/"), list("config/mappings/")),
    ...changeRecords("runs", "lists"),
    // Its turn is the one that saves from here on.
    ...control,
    // Whether there is anything at all, and how many accounts.
    query("lists", "accounts", "parked", "aliases", "facts"),
  ],
  "import-list": [
    ...BATCH,
    { actions: ["s3:GetObjectVersion"], resource: { kind: "objects", prefix: "inbox/" } },
    ...read("ledger/", CORRECTIONS),
    ...rarely(SHARED, ...read(EVIDENCE)),
    ...write("ledger/"),
    hashKey,
  ],
  "open-round": [...USAGE, ...read(WORK), ...write(WORK), list(WORK), mayBeAbsent(WORK)],
  "resolve-partition": [
    ...BATCH,
    ...write(REFERENCE),
    ...rarely(SHARED, ...write(EVIDENCE)),
    getMany("accounts", "parked", "facts"),
    query("accounts", "parked"),
    ...readParts("accounts", "parked", "facts"),
    ...addToGroups("aliases", "suppressions"),
    ...control,
  ],
  "match-companies": [
    ...BATCH,
    list(WORK),
    ...read("config/"),
    ...read("matching/", CARDS),
    ...write(CARDS),
    ...rarely("only where similar names join companies", ...write("matching/")),
    list("matching/"),
    mayBeAbsent("matching/"),
    query("lists"),
    ...rarely("only where somebody decided which companies are one", list("runs/")),
    ...rarely("only where the base was filled before names were compared", ...SCAN),
  ],
  "merge-partition": BATCH,
  "enrich-partition": [...BATCH, ...read(REFERENCE), mayBeAbsent(REFERENCE), ...SCAN],
  "summarise-base": [
    ...[...BATCH, mayBeAbsent("runs/", "base/", "matching/"), ...read("base/", "matching/"), ...write("base/", "matching/")],
    ...[list(WORK), ...SCAN, query("lists", "parked"), getMany("accounts", "parked", "aliases"), ...readParts("parked")],
    ...readParts("aliases", "suppressions"),
    // Which companies above others are suppressed.
    ...control,
    query("suppressions"),
    getMany("suppressions"),
    ...rarely("only where somebody decided who is whose parent", list("runs/")),
  ],
  "classify-partition": [...BATCH, ...read("base/", "matching/"), ...SCAN, getMany("accounts")],
  "score-partition": [...BATCH, ...read("config/")],
  "place-partition": [
    ...BATCH,
    ...read("config/"),
    ...control,
    query("suppressions"),
    getMany("suppressions"),
    ...readParts("suppressions"),
  ],
  "save-partition": [
    ...RUN,
    ...read(WORK),
    ...write("ledger/"),
    put("accounts", "parked"),
    erase("accounts", "parked"),
    ...changeGroups("facts", "aliases"),
    get("control"),
    ...rarely("the first accounts of a stage, where no row vouches for a key", update("control")),
    ...rarely("a run that broke while it saved saves the rest as it was resolved", list("runs/"), getMany("accounts")),
  ],
  "plan-audiences": [
    ...RUN,
    ...read("config/", WORK),
    ...write("plans/", WORK),
    ...remove(WORK),
    ...changeRecords("audiences", "pushes"),
    // Whether a suppression list stands.
    query("accounts", "pushes", "members", "lists"),
    ...readParts("lists"),
    ...lease,
    publish,
  ],
  "queue-pushes": [...USAGE, ...changeRecords("audiences", "pushes"), ...lease, send("push")],
  "close-run": [
    ...CLOSING,
    ...REPORTING,
    ...read(WORK, "ledger/"),
    list("ledger/"),
    ...write("base/", "rejects/", "matching/"),
    ...remove(REFERENCE, CARDS, "matching/"),
    ...rarely(SHARED, ...read(EVIDENCE), ...write(EVIDENCE), ...remove(EVIDENCE)),
  ],
  intake: [consume("inbox"), startRuns, ...PIN_CONFIGURATION],
  "refresh-schedule": [startRuns, ...PIN_CONFIGURATION, send("refresh-dead", "where Lambda puts a call that failed three times")],
  "settle-run": [
    consume("settle"),
    ...CLOSING,
    ...rarely(
      "a run that died after its version stood is closed as done",
      ...read(WORK, "ledger/", EVIDENCE),
      list("ledger/", CARDS),
      ...write("runs/", "base/", "rejects/", "matching/", EVIDENCE),
      mayBeAbsent("runs/"),
      ...remove(REFERENCE, CARDS, EVIDENCE, "matching/"),
    ),
    { actions: ["states:DescribeExecution"], resource: { kind: "executions", children: false } },
  ],
  deliver: [
    consume("push"),
    send("push"),
    ...REPORTING,
    ...read("plans/"),
    ...write("outbox/"),
    // Whether there are suppressions at all.
    get("control"),
    getMany("accounts", "suppressions", "members"),
    ...readParts("suppressions"),
    ...changeRecords("audiences", "pushes"),
    writeMany("members"),
    // A suppression of a key counts for every company that a person decided to be the same.
    ...rarely("only where companies are suppressed and somebody decided which are one", list("runs/")),
    publish,
    ofPlatform("GetSecretValue"),
    { ...ofPlatform("PutSecretValue"), because: "keeps tokens that the platform renewed" },
  ],
};

/** The vocabulary of people's roles (people.ts). */
export const may = {
  read,
  write,
  list,
  mayBeAbsent,
  remove,
  get,
  getMany,
  query,
  readParts,
  changeRecords,
  changeGroups,
  put,
  erase,
  writeMany,
  lease,
  control,
  send,
  hashKey,
  startRuns,
};
