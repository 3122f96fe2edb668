// Runs one deployed bundle as Lambda's runtime does, one invocation at a time. Started with the bundle's folder, its handler and nothing else
// in the environment but what Lambda would give it; talks to whoever started it by messages, and ends when that one does.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Asked {
  event: unknown;
  requestId: string;
  arn: string;
  deadline: number;
}

type Handler = (event: unknown, context: unknown) => unknown;

const [folder = "", handlerName = ""] = process.argv.slice(2);
const [file = "", name = ""] = handlerName.split(".");

process.once("disconnect", () => process.exit(0));

function failure(error: unknown): unknown {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

async function load(): Promise<Handler> {
  const module = (await import(pathToFileURL(join(folder, `${file}.mjs`)).href)) as Record<string, unknown>;
  const handler = module[name];
  if (typeof handler !== "function") throw new Error(`${handlerName} is undefined or not exported`);
  return handler as Handler;
}

function contextOf({ requestId, arn, deadline }: Asked): unknown {
  const environment = process.env;
  return {
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: arn,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

const began = performance.now();
load().then(
  (handler) => {
    process.on("message", async (asked: Asked) => {
      process.env._X_AMZN_TRACE_ID = `Root=1-00000000-${asked.requestId.replaceAll("-", "").slice(0, 24)};Sampled=0`;
      try {
        const result = await handler(asked.event, contextOf(asked));
        process.send?.({ result: JSON.stringify(result === undefined ? null : result) });
      } catch (error) {
        process.send?.({ error: failure(error) });
      }
    });
    process.send?.({ ready: performance.now() - began });
  },
  (error: unknown) => process.send?.({ broken: failure(error) }),
);
