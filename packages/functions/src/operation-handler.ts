import { performMetered } from "@bullseye/core/cost/perform-metered";
import { type Operation, perform } from "@bullseye/core/operations/operation";
import { type Parts, withParts } from "./container.ts";
import { type Invocation, type LambdaHandler, lambda } from "./lambda.ts";

/** Performs an operation, and writes down beside its run what it used. */
export async function performIn<In, Out>(
  { container, context }: Invocation,
  operation: Operation<In, Out>,
  input: unknown,
): Promise<Out> {
  const { ports } = container;
  const metered = { id: operation.id, perform: () => perform(operation, ports, input) };
  const memoryMb = Number(context.memoryLimitInMB);
  return (await performMetered(metered, ports, ports.meter, input, { memoryMb })) as Out;
}

/** What a function does around its operation. Performing checks the input; before that it may be anything. */
export type Around<In, Out> = (invocation: Invocation, perform: () => Promise<Out>, input: In) => Promise<Out>;

/** The function of a state: its operation, with the ports beyond the stores that it asks for. */
export function operationHandler<In, Out>(
  operation: Operation<In, Out>,
  parts: Parts = {},
  around: Around<In, Out> = (_, perform) => perform(),
): LambdaHandler<Out> {
  const work = (event: unknown, invocation: Invocation): Promise<Out> => {
    const { runId } = (event ?? {}) as { runId?: unknown };
    if (typeof runId === "string") invocation.logger.appendKeys({ runId });
    return around(invocation, () => performIn(invocation, operation, event), (event ?? {}) as In);
  };
  return lambda(operation.id, work, withParts(parts));
}
