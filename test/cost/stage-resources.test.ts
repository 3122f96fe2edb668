import { AD_PLATFORMS } from "@bullseye/core/audiences/platforms";
import { usd } from "@bullseye/core/cost/amount";
import { idleCost } from "@bullseye/core/cost/idle-cost";
import { stageResources } from "@bullseye/core/cost/stage-resources";
import { describe, expect, test } from "vitest";
import { ofType, synthesize } from "../stacks/synthesized.ts";

describe("what an idle stage costs", () => {
  test.each([
    ["dev", false],
    ["prod", true],
  ])("counts what the stacks of %s have", (stage, customerKey) => {
    const synthesized = synthesize(stage);
    const count = (type: string): number => ofType(synthesized, type).length;
    expect(stageResources({ platforms: AD_PLATFORMS.length, customerKey, accounts: 0 })).toMatchObject({
      alarms: ofType(synthesized, "AWS::CloudWatch::Alarm").reduce(
        (sum, { resource: { Properties } }) =>
          sum + ((Properties.Metrics as Array<{ MetricStat?: object }>)?.filter((each) => each.MetricStat).length ?? 1),
        0,
      ),
      dashboards: count("AWS::CloudWatch::Dashboard"),
      secrets: count("AWS::SecretsManager::Secret"),
      customerKeys: count("AWS::KMS::Key"),
      polledQueues: count("AWS::Lambda::EventSourceMapping"),
      pointInTimeRecovery: true,
    });
  });

  test("is the sum of its lines, grows with what lies in it, and is some dollars for an empty one", () => {
    const empty = idleCost(stageResources({ platforms: 1, customerKey: false, accounts: 0 }));
    const full = idleCost(
      stageResources({ platforms: 1, customerKey: true, accounts: 1_000_000, refresh: { "dynamodb.write": 1_000_000 } }),
    );
    for (const { amount, lines } of [empty, full]) expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(amount);
    expect(usd(empty.amount)).toBeCloseTo(16 * 0.1 + 3 + 2 * 0.4 + 0.3 / 12 + 3 * 0.2592, 6);
    // A key, storage under recovery, and thirty times a million writes.
    expect(usd(full.amount) - usd(empty.amount)).toBeGreaterThan(1 + 30 * 0.625);
  });
});
