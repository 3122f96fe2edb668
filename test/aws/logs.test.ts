import { afterEach, expect, test, vi } from "vitest";
import { activateRules, dropEveryday, EVERYDAY, keyOf } from "./everyday.ts";
import { recordedMessages } from "./received.ts";
import { expectNoFailures, TestStage } from "./support.ts";

// Before any function is loaded: loggers and metrics write to this process' console.
vi.hoisted(() => {
  process.env.BULLSEYE_TEST_LOGS = "1";
  process.env.POWERTOOLS_DEV = "true";
});

let stage: TestStage;
afterEach(async () => {
  vi.restoreAllMocks();
  await stage?.close();
});

/** Lines that functions write, as what they are: one JSON object each. */
function listen(): Array<Record<string, unknown>> {
  const lines: Array<Record<string, unknown>> = [];
  for (const level of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(JSON.parse(line)));
  return lines;
}

test("functions log who they are and which run they work on, and nothing of what lists hold", async () => {
  stage = await TestStage.start();
  process.env.POWERTOOLS_METRICS_DISABLED = "false";
  await activateRules(stage);
  const lines = listen();
  await dropEveryday(stage, "people", 0);
  await dropEveryday(stage, "crm", 1);
  // Files that cannot be read, one of them full of addresses.
  const secret = `ada@nordlicht.example\n${"+49 170 5550123;".repeat(40)}\n`;
  await stage.drop({ key: keyOf("orders"), body: secret, sidecar: EVERYDAY.orders.sidecar, at: "2026-11-20T08:00:02Z" });
  await stage.drop({
    key: "inbox/contacts/x/x.csv",
    body: '"ada@nordlicht.example,+491705550123',
    sidecar: {},
    at: "2026-11-20T08:00:03Z",
  });
  const [execution] = [...stage.steps.executions.values()].slice(-1);
  expect(execution!.status).toBe("FAILED");
  expectNoFailures(await stage.invoke("settle-run", stage.ended(execution!.name)));
  const foreign = recordedMessages("s3/object-created");
  foreign.Records[0]!.body = "ada@nordlicht.example";
  await stage.invoke("intake", foreign);

  const logged = lines.filter((line) => line.level !== undefined);
  expect(logged.length).toBeGreaterThan(5);
  for (const line of logged) expect(line).toMatchObject({ stage: "test", service: "bullseye", function: expect.any(String) });
  const failed = logged.find((line) => line.level === "ERROR" && line.function === "split-list");
  expect(failed).toMatchObject({ runId: expect.stringMatching(/^[0-9a-f]{20}$/), failure: { name: "InputError" } });
  const metrics = lines.filter((line) => line._aws !== undefined);
  expect(new Set(metrics.flatMap((line) => Object.keys(line)))).toEqual(
    new Set(["_aws", "stage", "RunStarted", "RunClosed", "RunFailed", "MessageFailed"]),
  );
  const everything = JSON.stringify([lines, [...stage.steps.executions.values()], stage.standIns.events]);
  for (const word of ["ada@", "Beispiel", "5550123", "Nordlicht"]) expect(everything).not.toContain(word);
}, 120_000);
