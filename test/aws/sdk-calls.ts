import { AsyncLocalStorage } from "node:async_hooks";
import { s3Client } from "@bullseye/aws/clients/s3";
import { Meter } from "@bullseye/core/cost/meter";

/** An invocation of a function. */
export interface RunningFunction {
  functionId: string;
  /** Where it is to crash; undefined where it lives. */
  crash?: PlannedCrash | undefined;
}

/** A container that stops at one of its writes: before it (it never happened) or after it (nobody heard of it). */
export interface PlannedCrash {
  at: number;
  when: "before" | "after";
  /** Writes so far. */
  writes: number;
  happened(): void;
}

/** A call that a function makes. */
export interface SdkCall {
  functionId: string;
  /** `S3`, `DynamoDB`, `SQS`, … as the SDK calls its services. */
  service: string;
  /** Without "Command". */
  command: string;
  input: Record<string, unknown>;
}

/** Stands between the functions and the SDK: `send` makes the call. */
export type SdkWatcher = (call: SdkCall, running: RunningFunction, send: () => Promise<unknown>) => Promise<unknown>;

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Record<string, unknown>;
}
interface ClientPrototype {
  send(this: { config: { serviceId: string } }, command: Command, ...rest: unknown[]): Promise<unknown>;
}

/** Which function the calling code belongs to. */
export const running = new AsyncLocalStorage<RunningFunction>();

const watchers = new Set<SdkWatcher>();
let patched = false;

/** Lets `watcher` see every SDK call that functions make, until the answer is called. */
export function watchSdk(watcher: SdkWatcher): () => void {
  if (!patched) patch();
  patched = true;
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** All clients inherit `send` from one class. */
function patch(): void {
  const client = s3Client({ region: "eu-central-1", pathStyle: true }, new Meter());
  let prototype = Object.getPrototypeOf(client) as ClientPrototype;
  while (!Object.hasOwn(prototype, "send")) prototype = Object.getPrototypeOf(prototype) as ClientPrototype;
  client.destroy();
  const plain = prototype.send;
  prototype.send = function (command, ...rest) {
    const functionNow = running.getStore();
    let send = (): Promise<unknown> => plain.call(this, command, ...rest);
    if (!functionNow) return send();
    const call: SdkCall = {
      functionId: functionNow.functionId,
      service: this.config.serviceId,
      command: command.constructor.name.replace(/Command$/, ""),
      input: command.input,
    };
    for (const watcher of watchers) {
      const next = send;
      send = () => watcher(call, functionNow, next);
    }
    return send();
  };
}
