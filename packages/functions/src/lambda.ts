import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { captureLambdaHandler } from "@aws-lambda-powertools/tracer/middleware";
import middy from "@middy/core";
import { type Container, containerFor, type Opener } from "./container.ts";
import { failureOf, loggedError } from "./failure.ts";
import { tracer } from "./telemetry.ts";

/** What Lambda tells of an invocation, as far as it is read. */
export interface LambdaContext {
  functionName: string;
  awsRequestId: string;
  memoryLimitInMB: string;
}

/** What a function works with. */
export interface Invocation {
  container: Container;
  /** Writes one line of JSON each, with the keys of function, stage and run; it is never given a payload. */
  logger: Logger;
  context: LambdaContext;
}

/** A function as Lambda calls it. */
export type LambdaHandler<Out> = (event: unknown, context: LambdaContext) => Promise<Out>;

/** A Lambda handler: ports opened once for each container, logged and traced, failing with our errors alone. */
export function lambda<Out>(
  id: string,
  work: (event: unknown, invocation: Invocation) => Promise<Out>,
  open: Opener,
): LambdaHandler<Out> {
  const logger = new Logger({ serviceName: "bullseye", persistentKeys: { function: id } });
  const handler = async (event: unknown, context: LambdaContext): Promise<Out> => {
    try {
      const container = containerFor(open);
      logger.appendKeys({ stage: container.stage });
      return await work(event, { container, logger, context });
    } catch (error) {
      const failure = failureOf(error);
      logger.error("failed", { failure: loggedError(failure) });
      throw failure;
    }
  };
  // Lambda ends what runs out of time by itself, under a name that the workflow tries again.
  return middy({ timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .handler(handler as never) as never;
}
