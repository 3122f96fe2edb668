import { readdirSync } from "node:fs";
import { AD_CONNECTORS } from "@bullseye/connectors/registry";
import { describe, expect, test } from "vitest";
import { FUNCTIONS } from "../../stacks/functions.ts";
import { adManifests } from "../../stacks/manifests.ts";
import { ACCOUNT, ofType, REGION, resolved, synthesize } from "./synthesized.ts";

const dev = synthesize("dev");
const queues = new Map(
  ofType(dev, "AWS::SQS::Queue").map(({ resource }) => [String(resource.Properties.QueueName), resource.Properties]),
);
const sources = ofType(dev, "AWS::Lambda::EventSourceMapping").map(({ resource: { Properties } }) => ({
  queue: resolved(Properties.EventSourceArn, dev).split(":").at(-1)!,
  worker: resolved({ "Fn::GetAtt": [(Properties.FunctionName as { Ref: string }).Ref, "Arn"] }, dev)
    .split(":")
    .at(-1)!,
  properties: Properties,
}));

describe("every ad platform", () => {
  test("that has a folder is registered, and the other way round", () => {
    const folders = readdirSync("packages/connectors/src/ads", { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(adManifests().map(({ id }) => id)).toEqual(folders.map(({ name }) => name).sort());
    expect(adManifests().map(({ id }) => id)).toEqual(AD_CONNECTORS.map(({ id }) => id).sort());
  });

  test.each(adManifests())("$id has its queue, dead letters, worker under a cap, secret and alarms", ({ id, concurrency }) => {
    expect(queues.has(`bullseye-dev-push-${id}`)).toBe(true);
    expect(queues.has(`bullseye-dev-push-${id}-dead`)).toBe(true);
    expect(sources).toContainEqual({
      queue: `bullseye-dev-push-${id}`,
      worker: `bullseye-dev-deliver-${id}`,
      properties: expect.objectContaining({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: Math.max(2, concurrency) } }),
    });
    dev.templates.delivery.hasResourceProperties("AWS::SecretsManager::Secret", {
      Name: `bullseye/dev/${id}`,
      SecretString: "{}",
    });
    const alarms = ofType(dev, "AWS::CloudWatch::Alarm").map(({ resource }) => resource.Properties.AlarmName);
    for (const alarm of [`${id}-parked`, `push-${id}-dead`, `push-${id}-oldest`])
      expect(alarms).toContain(`bullseye-dev-${alarm}`);
  });
});

describe("every queue", () => {
  test("is encrypted", () => {
    for (const properties of queues.values()) expect(properties.SqsManagedSseEnabled).toBe(true);
  });

  test("has dead letters that wait for 14 days, or takes them", () => {
    for (const [name, properties] of queues) {
      expect(properties.MessageRetentionPeriod).toBe(14 * 86_400);
      if (name.endsWith("-dead")) continue;
      const { deadLetterTargetArn, maxReceiveCount } = properties.RedrivePolicy as Record<string, unknown>;
      expect(resolved(deadLetterTargetArn, dev)).toBe(`arn:aws:sqs:${REGION}:${ACCOUNT}:${name}-dead`);
      expect(maxReceiveCount).toBe(5);
    }
  });

  test("is worked off by one function that reports what failed, in less than a sixth of the time until it comes again", () => {
    const fed = [...queues.keys()].filter((name) => !name.endsWith("-dead"));
    expect(sources.map(({ queue }) => queue).sort()).toEqual(fed.sort());
    for (const { queue, worker, properties } of sources) {
      expect(properties.FunctionResponseTypes).toEqual(["ReportBatchItemFailures"]);
      const id = worker.replace("bullseye-dev-", "").replace(/^deliver-.*/, "deliver") as keyof typeof FUNCTIONS;
      expect(queues.get(queue)!.VisibilityTimeout).toBe(6 * FUNCTIONS[id].timeoutSeconds);
    }
  });
});
