import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FUNCTION_IDS } from "../../stacks/functions.ts";
import { STACK_NOUNS } from "../../stacks/names.ts";
import { ACCOUNT, REGION } from "./synthesized.ts";

const run = promisify(execFile);

/** Largest bundle of a function (issue 3: under 1.5 MB). */
const MOST_BYTES = 1_500_000;

/** `sst` asks who it works for before it builds; nothing else is asked of AWS. */
const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::${ACCOUNT}:user/tests</Arn><UserId>tests</UserId><Account>${ACCOUNT}</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;

let sts: Server;
let folder: string;
const asked: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bullseye-same-"));
  sts = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      asked.push(/Action=(\w+)/.exec(body)?.[1] ?? `${request.method} ${request.url}`);
      response.setHeader("content-type", "text/xml").end(IDENTITY);
    });
  });
  await new Promise<void>((listening) => sts.listen(0, "127.0.0.1", listening));
});

afterAll(() => {
  sts.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What `cdk synth` runs, with what it hands over (cdk.json's context and where to write). */
async function cdk(out: string): Promise<void> {
  const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> };
  await run(process.execPath, ["stacks/app.ts"], {
    env: {
      ...process.env,
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage: "dev" }),
      CDK_DEFAULT_ACCOUNT: ACCOUNT,
      CDK_DEFAULT_REGION: REGION,
    },
  });
}

/** In a folder of links to this checkout, because `sst` writes a bundle of the configuration where it is called. */
async function sst(out: string): Promise<void> {
  const checkout = join(folder, "checkout");
  mkdirSync(checkout);
  for (const name of ["cdk.json", "node_modules", "package.json", "packages", "sst.config.ts", "stacks", "tsconfig.json"])
    symlinkSync(resolve(name), join(checkout, name));
  const { port } = sts.address() as AddressInfo;
  await run(process.execPath, ["node_modules/sst/cli/sst.js", "build", "--stage", "dev", "--to", out], {
    cwd: checkout,
    env: {
      ...process.env,
      NODE_ENV: "production",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "tests",
      AWS_SECRET_ACCESS_KEY: "tests",
      AWS_REGION: REGION,
      SST_TELEMETRY_DISABLED: "1",
      CI: "1",
    },
  });
}

test("cdk and sst give the same resources, with the same bundles", async () => {
  const outputs = { cdk: join(folder, "cdk"), sst: join(folder, "sst") };
  await Promise.all([cdk(outputs.cdk), sst(outputs.sst)]);
  const templateOf = (out: string, noun: string) =>
    JSON.parse(readFileSync(join(out, `${noun}.template.json`), "utf8")) as Record<string, unknown>;
  for (const noun of STACK_NOUNS) expect(templateOf(outputs.sst, noun)).toEqual(templateOf(outputs.cdk, noun));
  expect(asked).toEqual(["GetCallerIdentity"]);
  const functions = Object.values(
    templateOf(outputs.cdk, "workflow").Resources as Record<string, { Type: string; Properties: { Code?: { S3Key?: string } } }>,
  ).filter(({ Type }) => Type === "AWS::Lambda::Function");
  expect(functions).toHaveLength(FUNCTION_IDS.length - 1);
  for (const { Properties } of functions) expect(Properties.Code?.S3Key).toMatch(/^[0-9a-f]{64}\.zip$/);
  const bundles = readdirSync(outputs.cdk).filter((name) => name.startsWith("asset."));
  expect(bundles).toHaveLength(FUNCTION_IDS.length);
  for (const bundle of bundles)
    expect(readFileSync(join(outputs.cdk, bundle, "index.mjs")).length, bundle).toBeLessThan(MOST_BYTES);
}, 180_000);
