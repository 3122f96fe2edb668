import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import type { Stage } from "./stage.ts";

/** What a stage consists of, for people and scripts. */
export interface StageDescription {
  stage: string;
  account: string;
  region: string;
  bucket: string;
  table: string;
  workflow: string;
  eventBus: string;
  queues: string;
  secrets: string;
  /** Pages of the AWS console. */
  urls: { runsPage: string; bucketPage: string; dashboardPage: string };
  stacks: Array<{ name: string; status: string; changedAt: string | null }>;
}

/** The names of a stage, where to look at it, and how its stacks stand. */
export async function describeStage({ names, clients }: Stage): Promise<StageDescription> {
  const { region, partition } = names;
  const console = `https://${region}.console.${partition === "aws-cn" ? "amazonaws.cn" : "aws.amazon.com"}`;
  const stacks = await Promise.all(
    names.stacks.map(async (name) => {
      try {
        const { Stacks } = await clients.cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
        const found = Stacks?.[0];
        const changedAt = found?.LastUpdatedTime ?? found?.CreationTime;
        return { name, status: found?.StackStatus ?? "not there", changedAt: changedAt?.toISOString() ?? null };
      } catch (error) {
        if (/does not exist/i.test((error as Error).message)) return { name, status: "not there", changedAt: null };
        throw error;
      }
    }),
  );
  return {
    stage: names.stage,
    account: names.account,
    region,
    bucket: names.bucket,
    table: names.table,
    workflow: names.stateMachineAliasArn,
    eventBus: names.eventBus,
    queues: `${names.queuePrefix}{${names.queues.join(",")}}`,
    secrets: `${names.secretPrefix}…`,
    urls: {
      runsPage: `${console}/states/home?region=${region}#/statemachines/view/${encodeURIComponent(names.stateMachineArn)}`,
      bucketPage: `${console}/s3/buckets/${names.bucket}`,
      dashboardPage: `${console}/cloudwatch/home?region=${region}#dashboards/dashboard/${names.dashboard}`,
    },
    stacks,
  };
}
