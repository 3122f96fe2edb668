import { Aspects, CfnResource, type Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test, vi } from "vitest";
import { compose, type Stage } from "../../stacks/compose.ts";
import { STAGES_CONTEXT, type StageSettings } from "../../stacks/settings.ts";
import { ACCOUNT, REGION, testApp } from "./synthesized.ts";

vi.setConfig({ testTimeout: 180_000 });

interface Explained {
  id: string;
  reason: string;
  applies_to?: Array<{ regex: string }>;
}

/** A composed stage with what cdk-nag found in it, as `<logical id> <rule>[<detail>]`, and what was explained away. */
function check(stage: string, settings: Partial<StageSettings>, change: (stacks: Stage) => void = () => {}) {
  const app = testApp({ [STAGES_CONTEXT]: { [stage]: settings } });
  const stacks = compose(app, { name: "bullseye", stage, account: ACCOUNT, region: REGION });
  change(stacks);
  Aspects.of(app).add(new AwsSolutionsChecks());
  app.synth();
  const found = Object.values(stacks).flatMap((stack: Stack) => {
    const annotations = Annotations.fromStack(stack);
    const rule = Match.stringLikeRegexp("(AwsSolutions-|CdkNagValidationFailure).*");
    const ids = new Map<string, string>(
      stack.node
        .findAll()
        .flatMap((each) => (each instanceof CfnResource ? [[`/${each.node.path}`, String(stack.resolve(each.logicalId))]] : [])),
    );
    return [...annotations.findError("*", rule), ...annotations.findWarning("*", rule)].map(
      ({ id, entry }) => `${ids.get(id) ?? id} ${String(entry.data).split(": ")[0]}`,
    );
  });
  return { found, stacks };
}

function explanations(stacks: Stage): Array<Explained & { where: string; resource: CfnResource }> {
  return Object.values(stacks).flatMap((stack: Stack) =>
    stack.node.findAll().flatMap((each) => {
      if (!(each instanceof CfnResource)) return [];
      const nag = each.getMetadata("cdk_nag") as { rules_to_suppress: Explained[] } | undefined;
      return (nag?.rules_to_suppress ?? []).map((rule) => ({
        ...rule,
        where: String(stack.resolve(each.logicalId)),
        resource: each,
      }));
    }),
  );
}

describe("cdk-nag (AwsSolutions)", () => {
  test.each([
    ["dev", {}],
    ["prod", { alarmEmail: "ops@example.com" }],
  ] as const)("finds nothing in %s that is not explained", (stage, settings) => {
    expect(check(stage, settings).found).toEqual([]);
  });

  test("would find everything that is explained: no explanation is idle", () => {
    const explained: string[] = [];
    const patterns: Array<{ where: string; id: string; pattern: RegExp | null; reason: string }> = [];
    const { found } = check("prod", {}, (stacks) => {
      for (const { where, id, reason, applies_to, resource } of explanations(stacks)) {
        explained.push(where);
        const [regex] = applies_to ?? [];
        patterns.push({ where, id, reason, pattern: regex ? new RegExp(regex.regex.slice(1, -1)) : null });
        resource.addMetadata("cdk_nag", { rules_to_suppress: [] });
      }
    });
    expect(explained.length).toBeGreaterThan(20);
    const idle = patterns.filter(
      ({ where, id, pattern }) =>
        !found.some((each) => {
          const [, at, rule, detail] = /^(\S+) ([\w-]+)(?:\[(.*)\])?$/s.exec(each) ?? [];
          return at === where && rule === id && (pattern === null || pattern.test(detail ?? ""));
        }),
    );
    expect(idle).toEqual([]);
    for (const { reason, id, pattern } of patterns) {
      expect(reason.length).toBeGreaterThan(25);
      if (id === "AwsSolutions-IAM5") expect(pattern).not.toBeNull();
    }
  });
});
