import type { Meter } from "@bullseye/core/cost/meter";

/** Services whose calls are counted; any other client costs nothing by the call. */
export type MeteredService = "s3" | "dynamodb" | "sqs" | "secrets" | "eventBridge";

/** Any client of the SDK. */
interface Client {
  readonly middlewareStack: { add(...args: never[]): void };
}

interface Call {
  readonly input: object;
}
type Answer = { output: object };
type Handler = (call: Call) => Promise<Answer>;
type Middleware = (next: Handler, context: { readonly commandName?: string }) => Handler;
interface Stack {
  add(middleware: Middleware, options: { step: string; priority?: string; name: string }): void;
}

/**
 * Counts every request that a client sends into a meter, as AWS charges for it: retries and the parts of a multipart upload each count,
 * what is deleted from S3 is free, SQS and EventBridge count begun 64 KB, DynamoDB says itself how many units a request took.
 */
export function meterClient(client: Client, service: MeteredService, meter: Meter): void {
  const stack = client.middlewareStack as unknown as Stack;
  if (service === "dynamodb") stack.add(askForUnits, { step: "initialize", name: "bullseyeAskForUnits" });
  const counted = COUNTED[service];
  // Inside the retry loop, outside of the deserializer: once for each attempt, with the parsed answer.
  stack.add(
    (next, context) => async (call) => {
      const command = (context.commandName ?? "").replace(/Command$/, "");
      try {
        const answer = await next(call);
        counted(meter, command, call.input, answer.output);
        return answer;
      } catch (error) {
        counted(meter, command, call.input, undefined, error);
        throw error;
      }
    },
    { step: "deserialize", priority: "high", name: "bullseyeMeter" },
  );
}

type Counted = (meter: Meter, command: string, input: object, output: object | undefined, error?: unknown) => void;

/** "Amazon S3 pricing", Requests and data retrievals: PUT, COPY, POST, LIST; GET and all other; DELETE and CANCEL free. */
const S3_PUTS = /^(Put|Copy|Create|Complete|UploadPart|Restore)/;
const S3_FREE = /^(Delete|Abort)/;

/** "Amazon SQS pricing": every 64 KB chunk of a payload is one request. "Amazon EventBridge pricing": and one event. */
const CHUNK_BYTES = 64 * 1024;

const DYNAMODB_READS = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);
const DYNAMODB_WRITES = new Set(["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"]);

const COUNTED: Readonly<Record<MeteredService, Counted>> = {
  s3(meter, command) {
    if (S3_FREE.test(command)) return;
    meter.count(command.startsWith("List") ? "s3.list" : S3_PUTS.test(command) ? "s3.put" : "s3.get");
  },

  dynamodb(meter, command, _input, output, error) {
    const unit = DYNAMODB_WRITES.has(command) ? "dynamodb.write" : DYNAMODB_READS.has(command) ? "dynamodb.read" : undefined;
    if (unit === undefined) return;
    if (output !== undefined) {
      const units = unitsOf(output);
      if (units > 0) meter.count(unit, units);
    }
    // A refused condition is charged as a write of the item and its answer carries no count; items of ours take about one unit.
    else if ((error as { name?: string } | undefined)?.name === "ConditionalCheckFailedException") meter.count(unit);
  },

  sqs(meter, _command, input, output) {
    const { MessageBody, Entries } = input as { MessageBody?: string; Entries?: Array<{ MessageBody?: string }> };
    const { Messages } = (output ?? {}) as { Messages?: Array<{ Body?: string }> };
    let bytes = bytesOf(MessageBody);
    for (const entry of Entries ?? []) bytes += bytesOf(entry.MessageBody);
    for (const message of Messages ?? []) bytes += bytesOf(message.Body);
    meter.count("sqs.request", chunks(bytes));
  },

  secrets(meter) {
    meter.count("secrets.request");
  },

  eventBridge(meter, command, input) {
    if (command !== "PutEvents") return;
    for (const entry of (input as { Entries?: Array<{ Detail?: string }> }).Entries ?? [])
      meter.count("eventBridge.event", chunks(bytesOf(entry.Detail)));
  },
};

const askForUnits: Middleware = (next, context) => (call) => {
  const command = (context.commandName ?? "").replace(/Command$/, "");
  if (!DYNAMODB_READS.has(command) && !DYNAMODB_WRITES.has(command)) return next(call);
  return next({ ...call, input: { ReturnConsumedCapacity: "TOTAL", ...call.input } });
};

/** Units of one answer: of a request, or of a batch by table. */
function unitsOf(output: object): number {
  const { ConsumedCapacity } = output as { ConsumedCapacity?: Capacity | Capacity[] };
  let units = 0;
  for (const each of Array.isArray(ConsumedCapacity) ? ConsumedCapacity : [ConsumedCapacity]) units += each?.CapacityUnits ?? 0;
  return units;
}

interface Capacity {
  readonly CapacityUnits?: number;
}

const bytesOf = (text: string | undefined): number => (text === undefined ? 0 : Buffer.byteLength(text));
const chunks = (bytes: number): number => Math.max(1, Math.ceil(bytes / CHUNK_BYTES));
