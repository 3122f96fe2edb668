import { type Executions, openExecutions } from "@bullseye/aws/intake/executions";
import { BugError } from "@bullseye/core/errors";
import type { Container } from "./container.ts";

const opened = new WeakMap<Container, Executions>();

/** The executions of the stage's workflow, opened once for each container. Apart from the ports, for most functions need no such client. */
export function executionsOf(container: Container): Executions {
  const executions = opened.get(container) ?? openExecutions(container.environment);
  if (!executions)
    throw new BugError("this function was not told which state machine to start", { hint: "set BULLSEYE_STATE_MACHINE for it" });
  opened.set(container, executions);
  return executions;
}
