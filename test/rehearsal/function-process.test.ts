import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { DeployedFunction } from "./deployed-code.ts";
import { FunctionProcess } from "./function-process.ts";

const ended: Array<() => unknown> = [];

afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

/** A process that runs a bundle of one line. */
function processOf(code: string, more: Partial<DeployedFunction> = {}, environment: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-test-"));
  writeFileSync(join(folder, "index.mjs"), code);
  const deployed: DeployedFunction = {
    name: "f",
    version: "3",
    arn: "arn:aws:lambda:eu-central-1:123456789012:function:f:3",
    handler: "index.handler",
    memoryMb: 256,
    timeoutSeconds: 30,
    environment: {},
    codeSha256: "",
    folder,
    ...more,
  };
  const lines: string[] = [];
  const started = new FunctionProcess(process.execPath, deployed, environment, (line) => lines.push(line));
  ended.push(
    () => started.end(),
    () => rmSync(folder, { recursive: true, force: true }),
  );
  return { started, lines };
}

describe("a function in a process of its own", () => {
  test("answers what its handler answers, and stays warm", async () => {
    const { started, lines } = processOf(
      "let n = 0; export const handler = async (event, context) => { console.log('hello'); return { n: ++n, event, arn: context.invokedFunctionArn }; };",
    );
    const arn = "arn:aws:lambda:eu-central-1:123456789012:function:f:3";
    expect(JSON.parse((await started.invoke({ a: 1 })).payload)).toEqual({ n: 1, event: { a: 1 }, arn });
    expect(await started.invoke(null)).toEqual({ payload: JSON.stringify({ n: 2, event: null, arn }), failed: false });
    await expect.poll(() => lines).toEqual(["hello", "hello"]);
  });

  test("sees the environment that it was deployed with, and no other", async () => {
    const { started } = processOf("export const handler = async () => Object.keys(process.env).sort();", {}, { GIVEN: "1" });
    const { payload } = await started.invoke({});
    expect(JSON.parse(payload)).toEqual(expect.arrayContaining(["GIVEN"]));
    expect(JSON.parse(payload)).not.toContain("HOME");
    expect(JSON.parse(payload)).not.toContain("PATH");
  });

  test("fails as Lambda's functions do, with the name of the error", async () => {
    const { started } = processOf(
      "export const handler = async () => { throw Object.assign(new Error('too fast'), { name: 'TransientError' }); };",
    );
    const { payload, failed } = await started.invoke({});
    expect(failed).toBe(true);
    expect(JSON.parse(payload)).toMatchObject({ errorType: "TransientError", errorMessage: "too fast" });
    expect(started.alive).toBe(true);
  });

  test.each([
    ["ends its process", "export const handler = () => process.exit(7);", "Runtime.ExitError"],
    ["cannot be imported", "throw new SyntaxError('broken');", "SyntaxError"],
    ["exports no handler", "export const other = 1;", "Error"],
  ])("one that %s tells so", async (_, code, errorType) => {
    const { payload, failed } = await processOf(code).started.invoke({});
    expect(failed).toBe(true);
    expect(JSON.parse(payload)).toMatchObject({ errorType });
  });

  test("is ended when it takes longer than it was given", async () => {
    const { started } = processOf("export const handler = () => { for (;;); };", { timeoutSeconds: 1 });
    const { payload, failed } = await started.invoke({});
    expect(failed).toBe(true);
    expect(JSON.parse(payload)).toMatchObject({ errorType: "Sandbox.Timedout" });
  });
});
