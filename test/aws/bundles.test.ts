import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync, type Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleOptions } from "../../stacks/bundles.ts";
import { FUNCTION_IDS, type FunctionId } from "../../stacks/functions.ts";

/** The most that a bundle may have (issue: 1.5 MB). */
const MOST_BYTES = 1_500_000;

/** Clients beyond S3 and DynamoDB, which all functions have. */
const CLIENTS: Partial<Record<FunctionId, readonly string[]>> = {
  "import-list": ["secrets-manager"],
  "plan-audiences": ["eventbridge"],
  "queue-pushes": ["sqs"],
  "close-run": ["eventbridge"],
  intake: ["sfn"],
  "refresh-schedule": ["sfn"],
  "settle-run": ["eventbridge", "sfn"],
  deliver: ["eventbridge", "secrets-manager", "sqs"],
};

/** Functions that ask connectors. */
const CONNECTED: readonly FunctionId[] = ["place-partition", "deliver"];

const folder = mkdtempSync(join(tmpdir(), "bullseye-bundles-"));
const bundleOf = (id: string): string => join(folder, id, "index.mjs");
let outputs: Metafile["outputs"];

beforeAll(() => {
  ({ outputs } = buildSync({ ...bundleOptions(folder), metafile: true }).metafile);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The bundle of a function, and the files of which something is in it. */
function bundle(id: FunctionId): { bytes: number; files: string[] } {
  const [, output] = Object.entries(outputs).find(([path]) => path.endsWith(`/${id}/index.mjs`))!;
  const files = Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  return { bytes: output.bytes, files };
}

describe.each(FUNCTION_IDS)("the bundle of %s", (id) => {
  test("is small and holds the clients that it uses, and no others", () => {
    const { bytes, files } = bundle(id);
    expect(bytes).toBeLessThan(MOST_BYTES);
    const clients = new Set(files.flatMap((path) => /@aws-sdk\/client-([a-z0-9-]+)/.exec(path)?.[1] ?? []));
    expect([...clients].sort()).toEqual(["dynamodb", "s3", ...(CLIENTS[id] ?? [])].sort());
  });

  test("holds one operation, and no words in forty languages", () => {
    const { files } = bundle(id);
    // `import * as z`: the name `z` of zod brings every language of its messages along.
    expect(files.filter((path) => /zod\/v4\/locales\/(?!en\.)/.test(path))).toEqual([]);
    expect(files.filter((path) => /operations\/registry|packages\/(cli|local|platform-sandbox)\//.test(path))).toEqual([]);
    expect(files.some((path) => path.includes("packages/connectors/"))).toBe(CONNECTED.includes(id));
  });
});

/** Calls a function's bundle in a process of its own, as Lambda does; answers what Lambda would make of its end. */
function call(
  id: FunctionId,
  event: unknown,
  environment: Record<string, string>,
): { errorType?: string; errorMessage?: string } {
  const caller = join(folder, "call.mjs");
  writeFileSync(
    caller,
    `const [bundle, event] = process.argv.slice(2);
    const { handler } = await import(bundle);
    const context = { functionName: "f", awsRequestId: "r", memoryLimitInMB: "512", getRemainingTimeInMillis: () => 60000 };
    const answer = await handler(JSON.parse(event), context).catch(({ name, message }) => ({ errorType: name, errorMessage: message }));
    process.stdout.write("\\nANSWER" + JSON.stringify(answer));`,
  );
  const output = execFileSync(process.execPath, [caller, bundleOf(id), JSON.stringify(event)], {
    env: { PATH: process.env.PATH, POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_TRACE_ENABLED: "false", ...environment },
    encoding: "utf8",
  });
  return JSON.parse(output.split("\nANSWER")[1]!) as { errorType?: string; errorMessage?: string };
}

const STAGE = {
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  // Nobody listens there.
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AWS_MAX_ATTEMPTS: "1",
  BULLSEYE_STAGE: "test",
  BULLSEYE_BUCKET: "bullseye-test",
  BULLSEYE_TABLE: "bullseye-test",
  BULLSEYE_QUEUE_PREFIX: "http://127.0.0.1:9/123456789012/bullseye-test-",
  BULLSEYE_EVENT_BUS: "bullseye-test",
  BULLSEYE_SECRET_PREFIX: "bullseye/test/",
};

describe("a minified bundle", () => {
  test("starts, and fails with the names that the workflow matches on, and what to do next", () => {
    expect(call("split-list", {}, {})).toMatchObject({
      errorType: "InputError",
      errorMessage: expect.stringMatching(/BULLSEYE_STAGE.*; functions get these variables from the stacks/),
    });
    expect(call("split-list", { runId: 7 }, STAGE)).toMatchObject({
      errorType: "InputError",
      errorMessage: expect.stringContaining("split-list was called with"),
    });
  });
});
