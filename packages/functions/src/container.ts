import { createDigest } from "@bullseye/aws/digest";
import { readEnvironment, type StageEnvironment } from "@bullseye/aws/environment";
import { openStores } from "@bullseye/aws/stores";
import { Meter } from "@bullseye/core/cost/meter";
import { BugError } from "@bullseye/core/errors";
import type { EventBus, Ports, Queue } from "@bullseye/core/ports";

/** The ports of a function; its meter counts their calls. */
export interface FunctionPorts extends Ports {
  meter: Meter;
  /** Reads the key of the keyed hashes, where the function has it. */
  useHashKey(): Promise<void>;
}

/** What a container keeps from one invocation to the next. */
export interface Container {
  stage: string;
  environment: StageEnvironment;
  ports: FunctionPorts;
}

/** Opens the ports that a function works with. */
export type Opener = (stage: StageEnvironment) => FunctionPorts;

/** Ports beyond the stores; a function names those that its operation asks for, and its bundle holds no client of another. */
export interface Parts {
  queue?: (stage: StageEnvironment, meter: Meter) => Queue;
  events?: (stage: StageEnvironment, meter: Meter) => EventBus;
  secrets?: (stage: StageEnvironment, meter: Meter) => { hashKey(): Promise<string> };
  adConnector?: Ports["adConnector"];
}

/** The stores and some more. */
export const withParts =
  ({ queue, events, secrets, adConnector }: Parts): Opener =>
  (stage) => {
    const meter = new Meter();
    let hashKey: string | undefined;
    return {
      ...openStores(stage, meter),
      meter,
      digest: createDigest(() => hashKey),
      queue: queue?.(stage, meter) ?? missing("queue"),
      events: events?.(stage, meter) ?? missing("event bus"),
      adConnector: adConnector ?? (() => missing("connector")),
      connectorContext: () => missing("connector"),
      useHashKey: async () => {
        hashKey ??= await (secrets?.(stage, meter) ?? missing<{ hashKey(): Promise<string> }>("secret")).hashKey();
      },
    };
  };

/** Stands for a port that a function has not; whoever asks it for anything learns that. */
function missing<T extends object>(what: string): T {
  return new Proxy({} as T, {
    get: () => {
      throw new BugError(`this function was given no ${what}`, { hint: "name the part where its handler is made" });
    },
  });
}

const containers = new Map<Opener, Container>();

/** The container of a function: its ports, opened at the first invocation. */
export function containerFor(open: Opener): Container {
  let container = containers.get(open);
  if (!container) {
    const environment = readEnvironment();
    container = { stage: environment.stage, environment, ports: open(environment) };
    containers.set(open, container);
  }
  return container;
}

/** Forgets all containers, as when Lambda gives up the processes that functions ran in. */
export function forgetContainers(): void {
  containers.clear();
}
