import type { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { NagSuppressions } from "cdk-nag";
import type { IConstruct } from "constructs";

/** Says of one construct why a finding of cdk-nag (AwsSolutions) stays. */
export function explain(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  NagSuppressions.addResourceSuppressions(
    construct,
    Object.entries(reasons).map(([id, reason]) => ({ id, reason })),
  );
}

/** The wildcards that resources of policies may hold, each with its reason; others are findings. */
const WILDCARDS: ReadonlyArray<{ resource: string; reason: string }> = [
  { resource: String.raw`arn:.+:s3:::bullseye-[a-z0-9-]+\/([a-z-]+\/)+\*`, reason: "objects are granted by their prefix" },
  { resource: String.raw`arn:.+:kms:[^:]+:\d+:key\/\*`, reason: "the stage's own key, by the condition on its alias" },
  {
    resource: String.raw`arn:.+:logs:[^:]+:\d+:log-group:\/aws\/lambda\/[a-z0-9-]+:\*`,
    reason: "the streams of the function's own log group",
  },
  {
    resource: String.raw`arn:.+:lambda:[^:]+:\d+:function:[a-z0-9-]+:\*`,
    reason: "the versions of one function: running executions keep the one they began with",
  },
  {
    resource: String.raw`arn:.+:states:[^:]+:\d+:execution:[a-z0-9-]+(\/\*)?:\*`,
    reason: "executions of this one state machine, whose names are hashes",
  },
  { resource: String.raw`\*`, reason: "AWS knows no resources for these actions: see the reasons in permissions.ts" },
];

/** Explains the wildcards that the statements of a role hold, and only those. */
export function explainWildcards(role: IConstruct, statements: readonly PolicyStatement[]): void {
  const resources = statements.flatMap((statement) => statement.resources);
  NagSuppressions.addResourceSuppressions(
    role,
    WILDCARDS.filter(({ resource }) => resources.some((each) => new RegExp(`^${resource}$`).test(each))).map(
      ({ resource, reason }) => ({
        id: "AwsSolutions-IAM5",
        reason,
        appliesTo: [{ regex: `/^Resource::${resource}$/` }],
      }),
    ),
  );
}
