import { Meter } from "@bullseye/core/cost/meter";
import { meteredPorts } from "@bullseye/core/cost/metered-ports";
import { LAMBDA_MEMORY_MB, performMetered } from "@bullseye/core/cost/perform-metered";
import { OPERATIONS } from "@bullseye/core/operations/registry";
import type { Ports } from "@bullseye/core/ports";
import type { TaskHandler } from "./engine/task-runner.ts";

const known = new WeakMap<Ports, Readonly<Record<string, TaskHandler>>>();

/** Every operation over the ports of this thread, by id; what it would have used on AWS is counted and written beside its run. */
export function meteredHandlers(ports: Ports): Readonly<Record<string, TaskHandler>> {
  let handlers = known.get(ports);
  if (!handlers) {
    const meter = new Meter();
    const counting = meteredPorts(ports, meter);
    const lambda = { memoryMb: LAMBDA_MEMORY_MB, estimated: new Map() };
    handlers = Object.fromEntries(
      OPERATIONS.map((operation): [string, TaskHandler] => [
        operation.id,
        (input) => performMetered(operation, counting, meter, input, lambda),
      ]),
    );
    known.set(ports, handlers);
  }
  return handlers;
}
