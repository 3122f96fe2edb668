import { readFileSync } from "node:fs";
import { OPERATIONS } from "@bullseye/core/operations/registry";
import { describe, expect, test } from "vitest";
import { HANDLER } from "../../stacks/bundles.ts";
import { EVENT_FUNCTIONS, FUNCTIONS, pascalCase, WORKFLOW_FUNCTION_IDS } from "../../stacks/functions.ts";
import { ACCOUNT, ofType, REGION, resolved, type Synthesized, synthesize } from "./synthesized.ts";

const dev = synthesize("dev");

interface Retrier {
  ErrorEquals: string[];
  MaxAttempts: number;
  MaxDelaySeconds: number;
}

interface State {
  Type: string;
  Retry?: Retrier[];
  Resource?: string;
  Next?: string;
  ItemProcessor?: { States: Record<string, State> };
  ItemReader?: unknown;
  ResultWriter?: { Parameters: { Bucket: string; Prefix: string } };
}

function statesOf(states: Record<string, State>): Array<[string, State]> {
  return Object.entries(states).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...(state.ItemProcessor ? statesOf(state.ItemProcessor.States) : []),
  ]);
}

function definitionOf(stage: Synthesized): { TimeoutSeconds: number; States: Record<string, State> } {
  const [machine] = ofType(stage, "AWS::StepFunctions::StateMachine");
  return JSON.parse(resolved(machine!.resource.Properties.DefinitionString, stage));
}

describe("the state machine", () => {
  const definition = definitionOf(dev);
  const states = statesOf(definition.States);

  test("is the workflow file with every substitution made", () => {
    const file = JSON.parse(readFileSync("stacks/target-accounts.asl.json", "utf8")) as typeof definition;
    expect(states.map(([name, { Type, Next }]) => [name, Type, Next])).toEqual(
      statesOf(file.States).map(([name, { Type, Next }]) => [name, Type, Next]),
    );
    expect(JSON.stringify(definition)).not.toContain("${");
    expect(definition.TimeoutSeconds).toBe(23 * 3600);
  });

  test("calls in each state a version of its function, and every function of the workflow is called", () => {
    const tasks = states.filter(([, { Type }]) => Type === "Task");
    const called = tasks.map(([name, { Resource }]) => {
      const [, id] = new RegExp(`^arn:aws:lambda:${REGION}:${ACCOUNT}:function:bullseye-dev-(.+):1$`).exec(Resource!) ?? [];
      return [name, id];
    });
    for (const [name, id] of called) expect([pascalCase(id!), "CloseFailedRun", "SaveAsResolved"]).toContain(name);
    expect(new Set(called.map(([, id]) => id))).toEqual(new Set(WORKFLOW_FUNCTION_IDS));
  });

  test("waits for room in Lambda far longer than for an answer: 200 children share the 10 places of a new account", () => {
    for (const [name, { Type, Retry = [] }] of states) {
      if (Type !== "Task") continue;
      const [answer, room] = ["TransientError", "Lambda.TooManyRequestsException"].map(
        (error) => Retry.find(({ ErrorEquals }) => ErrorEquals.includes(error))!,
      );
      // What a broken run has to save still is worth a longer wait: nobody else may begin before.
      expect([name, answer!.MaxAttempts]).toEqual([name, name === "SaveAsResolved" ? 12 : 6]);
      // With full jitter half of the longest wait is the usual one.
      expect([name, (room!.MaxAttempts * room!.MaxDelaySeconds) / 2]).toEqual([name, 30 * 60]);
    }
  });

  test("runs the operations that there are, but for those that queues call", () => {
    expect([...WORKFLOW_FUNCTION_IDS, "deliver-push"].sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
  });

  test("writes the results of its maps where they are gone in a day", () => {
    const writers = states.flatMap(([, { ResultWriter }]) => (ResultWriter ? [ResultWriter.Parameters] : []));
    expect(writers.length).toBe(states.filter(([, { Type }]) => Type === "Map").length);
    for (const { Bucket, Prefix } of writers) {
      expect(Bucket).toBe(dev.names.bucket);
      expect(Prefix).toMatch(/^map-results\//);
    }
  });

  test("is a standard one that logs errors without data, traces, and is started by its alias", () => {
    const { workflow } = dev.templates;
    workflow.hasResourceProperties("AWS::StepFunctions::StateMachine", {
      StateMachineName: "bullseye-dev-target-accounts",
      StateMachineType: "STANDARD",
      LoggingConfiguration: { Level: "ERROR", IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
    workflow.hasResourceProperties("AWS::Logs::LogGroup", {
      LogGroupName: "/aws/vendedlogs/states/bullseye-dev-target-accounts",
    });
    workflow.hasResource("AWS::StepFunctions::StateMachineVersion", { UpdateReplacePolicy: "Retain" });
    workflow.hasResourceProperties("AWS::StepFunctions::StateMachineAlias", {
      Name: "live",
      RoutingConfiguration: [{ StateMachineVersionArn: { "Fn::GetAtt": ["StateMachineVersion", "Arn"] }, Weight: 100 }],
    });
  });

  test("keeps the versions of functions that running executions may still call", () => {
    const versions = ofType(dev, "AWS::Lambda::Version");
    expect(versions).toHaveLength(WORKFLOW_FUNCTION_IDS.length);
    for (const { resource } of versions)
      expect(resource).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });
});

describe("functions", () => {
  const functions = ofType(dev, "AWS::Lambda::Function").map(({ resource }) => resource.Properties);

  test("there is one for each id, on Node 24 and arm64, traced, with a role and a log of its own", () => {
    const expected = Object.keys(FUNCTIONS).flatMap((id) => (id === "deliver" ? ["deliver-linkedin"] : [id]));
    expect(functions.map(({ FunctionName }) => FunctionName).sort()).toEqual(expected.map((id) => `bullseye-dev-${id}`).sort());
    for (const each of functions)
      expect(each).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: HANDLER,
        TracingConfig: { Mode: "Active" },
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      });
    for (const property of ["Role", "LoggingConfig"])
      expect(new Set(functions.map((each) => JSON.stringify(each[property]))).size).toBe(functions.length);
    // New accounts may run ten at a time, of which a reservation would take its part for good.
    for (const each of functions) expect(each).not.toHaveProperty("ReservedConcurrentExecutions");
  });

  test("every log ends", () => {
    const logs = ofType(dev, "AWS::Logs::LogGroup");
    expect(logs).toHaveLength(functions.length + 1);
    for (const { resource } of logs) expect(resource.Properties.RetentionInDays).toBe(30);
    for (const { resource } of ofType(synthesize("prod"), "AWS::Logs::LogGroup"))
      expect(resource.Properties.RetentionInDays).toBe(180);
  });

  test("are told of their stage, and of the state machine only where they start or look at executions", () => {
    for (const { FunctionName, Environment } of functions) {
      const { Variables } = Environment as { Variables: Record<string, unknown> };
      const told = Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, resolved(value, dev)]));
      const knows = /-(intake|refresh-schedule|settle-run)$/.test(String(FunctionName));
      expect(told).toEqual({
        BULLSEYE_STAGE: "dev",
        BULLSEYE_BUCKET: `bullseye-dev-${ACCOUNT}-${REGION}`,
        BULLSEYE_TABLE: "bullseye-dev",
        BULLSEYE_QUEUE_PREFIX: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/bullseye-dev-`,
        BULLSEYE_EVENT_BUS: "bullseye-dev",
        BULLSEYE_SECRET_PREFIX: "bullseye/dev/",
        ...(knows
          ? { BULLSEYE_STATE_MACHINE: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:bullseye-dev-target-accounts:live` }
          : {}),
        ...(/-intake$/.test(String(FunctionName)) ? { BULLSEYE_VERSION: expect.stringMatching(/^\d+\.\d+\.\d+$/) } : {}),
      });
    }
  });

  test("a delivery ends before the lease of its audience does", () => {
    expect(EVENT_FUNCTIONS.deliver.timeoutSeconds).toBeLessThanOrEqual(5 * 60);
  });
});

describe("what starts runs", () => {
  const { workflow } = dev.templates;

  test("objects created in the inbox go to the inbox queue", () => {
    workflow.hasResourceProperties("AWS::Events::Rule", {
      EventPattern: {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [dev.names.bucket] }, object: { key: [{ prefix: "inbox/" }] } },
      },
      State: "ENABLED",
    });
    workflow.hasResourceProperties("AWS::SQS::Queue", { QueueName: "bullseye-dev-inbox", DelaySeconds: 10 });
  });

  test("executions that ended badly go to the settle queue a quarter of an hour later", () => {
    const patterns = ofType(dev, "AWS::Events::Rule").map(
      ({ resource }) => resource.Properties.EventPattern as Record<string, unknown>,
    );
    const pattern = patterns.find(({ source }) => (source as string[])[0] === "aws.states")!;
    const { stateMachineArn, status } = pattern.detail as Record<string, unknown[]>;
    expect(status).toEqual(["FAILED", "TIMED_OUT", "ABORTED"]);
    expect(resolved(stateMachineArn![0], dev)).toBe(
      `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:bullseye-dev-target-accounts`,
    );
    workflow.hasResourceProperties("AWS::SQS::Queue", { QueueName: "bullseye-dev-settle", DelaySeconds: 900 });
  });

  test("only its rule may put something into a queue, and dead letters take what it cannot", () => {
    for (const { resource } of ofType(dev, "AWS::Events::Rule")) {
      const [target] = resource.Properties.Targets as Array<{ Arn: unknown; DeadLetterConfig: { Arn: unknown } }>;
      expect(resolved(target!.DeadLetterConfig.Arn, dev)).toBe(`${resolved(target!.Arn, dev)}-dead`);
    }
  });

  test("a refresh begins every day within a window, and nothing of it is lost silently", () => {
    workflow.hasResourceProperties("AWS::Scheduler::Schedule", {
      Name: "bullseye-dev-refresh",
      ScheduleExpression: "cron(0 3 * * ? *)",
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
      Target: { Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}' },
    });
    const [schedule] = ofType(dev, "AWS::Scheduler::Schedule");
    const target = schedule!.resource.Properties.Target as { Arn: unknown; DeadLetterConfig: { Arn: unknown } };
    expect(resolved(target.Arn, dev)).toContain("function:bullseye-dev-refresh-schedule");
    expect(resolved(target.DeadLetterConfig.Arn, dev)).toContain(":bullseye-dev-refresh-dead");
    workflow.hasResourceProperties("AWS::Lambda::EventInvokeConfig", { Qualifier: "$LATEST", MaximumRetryAttempts: 2 });
    const later = synthesize("dev", { refreshAt: "17:45" });
    later.templates.workflow.hasResourceProperties("AWS::Scheduler::Schedule", { ScheduleExpression: "cron(45 17 * * ? *)" });
  });
});

test("settings that are none are named", () => {
  expect(() => synthesize("dev", { refreshAt: "25:00" })).toThrow(/refreshAt/);
  expect(() => synthesize("dev", { retain: "yes" as never })).toThrow(/must be a boolean/);
  expect(() => synthesize("dev", { colour: "red" } as never)).toThrow(/"colour" is no setting/);
  expect(() => synthesize("prod", { retain: false })).toThrow(/always retains/);
  expect(() => synthesize("Dev_1")).toThrow(/cannot name a stage/);
});
