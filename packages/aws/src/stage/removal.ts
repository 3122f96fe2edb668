import {
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { DeleteObjectsCommand, ListObjectVersionsCommand, type ObjectIdentifier } from "@aws-sdk/client-s3";
import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { InputError, TransientError } from "@bullseye/core/errors";
import type { OperatorClients } from "./clients.ts";
import type { StageExecutions } from "./executions.ts";
import { PRODUCTION, type StageNames } from "./names.ts";
import { Patience } from "./progress.ts";

/** What removing a stage did. */
export interface Removal {
  stacks: string[];
  objects: number;
  executions: number;
  /** Resources that CloudFormation left where they are, because the stack says so. */
  retained: Array<{ type: string; id: string }>;
  /** What AWS keeps although all of this is gone, in words. */
  kept: string[];
}

/** What removing needs. */
export interface StageRemover {
  clients: OperatorClients;
  names: StageNames;
  executions: StageExecutions;
  sleep(milliseconds: number): Promise<void>;
  /** Told what is being done. */
  onStep(step: string, done: number, total: number): void;
}

/** How long CloudFormation may take for one stack [design]. */
const STACK_SECONDS = 45 * 60;
/** Objects that one DeleteObjects takes ("DeleteObjects", Amazon S3 API Reference). */
const REMOVED_AT_ONCE = 1_000;

/**
 * Removes everything of a stage that a command may remove. Cut short, the same call goes on. InputError for the production stage, and for
 * any other that was deployed to retain its data.
 */
export async function removeStage(remover: StageRemover): Promise<Removal> {
  const { names, clients, executions, onStep } = remover;
  if (names.stage === PRODUCTION)
    throw new InputError(`the stage ${PRODUCTION} is not removed by a command`, {
      hint: "its data is retained on purpose; docs/operations.md says how an administrator takes it down",
    });
  const [storage, ...others] = names.stacks;
  const there = new Map<string, string>();
  for (const stack of names.stacks) {
    const id = await stackId(clients, stack);
    if (id !== null) there.set(stack, id);
  }
  const storageId = there.get(storage!);
  if (storageId !== undefined && (await retainsData(clients, storageId)))
    throw new InputError(`the stage ${names.stage} retains its data`, {
      hint: `to remove it with all its data, set "retain" of ${names.stage} to false in cdk.json, deploy it, and run the same command again`,
    });
  onStep("stopping what runs", 0, 1);
  const stopped = there.size === 0 ? 0 : await stopExecutions(executions, names.stage);
  const retained: Removal["retained"] = [];
  const removed: string[] = [];
  const remove = async (stack: string): Promise<void> => {
    const id = there.get(stack);
    if (id === undefined) return;
    await removeStack(remover, stack, id);
    removed.push(stack);
    retained.push(...(await retainedBy(clients, id)));
  };
  // What writes into the bucket goes first: an object that comes later would keep the bucket from going.
  for (const stack of others.reverse()) await remove(stack);
  const objects = await emptyBucket(remover);
  for (const secret of names.secrets) await removeSecret(clients, secret);
  await remove(storage!);
  return { stacks: removed, objects, executions: stopped, retained, kept: keptByAws(names, retained) };
}

/** Whether the stack was deployed so that what lies in it outlives it: emptying the bucket would undo just that. */
async function retainsData({ cloudFormation }: OperatorClients, stack: string): Promise<boolean> {
  const { TemplateBody = "{}" } = await cloudFormation.send(new GetTemplateCommand({ StackName: stack }));
  const { Resources = {} } = JSON.parse(TemplateBody) as { Resources?: Record<string, { DeletionPolicy?: string }> };
  return Object.values(Resources).some(({ DeletionPolicy = "Delete" }) => DeletionPolicy !== "Delete");
}

async function stopExecutions(executions: StageExecutions, stage: string): Promise<number> {
  try {
    return await executions.stopAll(`the stage ${stage} is being removed`);
  } catch (error) {
    // The state machine may be gone already where a removal was cut short.
    if ((error as Error).name === "StateMachineDoesNotExist") return 0;
    throw error;
  }
}

async function stackId({ cloudFormation }: OperatorClients, stack: string): Promise<string | null> {
  try {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }));
    const found = Stacks?.[0];
    return found && found.StackStatus !== "DELETE_COMPLETE" ? (found.StackId ?? stack) : null;
  } catch (error) {
    if (/does not exist/i.test((error as Error).message)) return null;
    throw error;
  }
}

async function removeStack({ clients, sleep, onStep }: StageRemover, stack: string, id: string): Promise<void> {
  onStep(`removing the stack ${stack}`, 0, 1);
  await clients.cloudFormation.send(new DeleteStackCommand({ StackName: id }));
  const patience = new Patience(sleep, STACK_SECONDS);
  for (;;) {
    const status = await stackStatus(clients, id);
    if (status === "DELETE_COMPLETE") return;
    if (status === "DELETE_FAILED")
      throw new TransientError(`CloudFormation could not remove the stack ${stack}: ${await whyFailed(clients, id)}`, {
        hint: "settle that, and run the same command again: it goes on",
      });
    if (patience.atEnd)
      throw new TransientError(`CloudFormation is still removing the stack ${stack}`, {
        hint: "run the same command again later",
      });
    onStep(`removing the stack ${stack}`, 0, 1);
    await patience.wait();
  }
}

async function stackStatus({ cloudFormation }: OperatorClients, id: string): Promise<string> {
  try {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: id }));
    return Stacks?.[0]?.StackStatus ?? "DELETE_COMPLETE";
  } catch (error) {
    if (/does not exist/i.test((error as Error).message)) return "DELETE_COMPLETE";
    throw error;
  }
}

async function whyFailed({ cloudFormation }: OperatorClients, id: string): Promise<string> {
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: id }));
  const failed = StackEvents.filter((event) => event.ResourceStatus === "DELETE_FAILED" && event.PhysicalResourceId !== id);
  return (
    failed
      .map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`)
      .slice(0, 3)
      .join("; ") || "it does not say why"
  );
}

/** What the deletion of a stack passed over, as its events say. */
async function retainedBy({ cloudFormation }: OperatorClients, id: string): Promise<Removal["retained"]> {
  const retained: Removal["retained"] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: id, NextToken }));
    for (const each of page.StackEvents ?? [])
      if (each.ResourceStatus === "DELETE_SKIPPED")
        retained.push({ type: each.ResourceType ?? "", id: each.PhysicalResourceId ?? each.LogicalResourceId ?? "" });
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return retained;
}

/** Removes every version and every delete marker of the bucket; answers how many there were. */
async function emptyBucket({ clients, names, onStep }: StageRemover): Promise<number> {
  let removed = 0;
  for (;;) {
    const batch = await someVersions(clients, names.bucket);
    if (batch.length === 0) return removed;
    const { Errors = [] } = await clients.s3.send(
      new DeleteObjectsCommand({ Bucket: names.bucket, Delete: { Objects: batch, Quiet: true } }),
    );
    if (Errors.length === batch.length)
      throw new TransientError(
        `S3 does not remove the objects of ${names.bucket}: ${Errors[0]?.Code} ${Errors[0]?.Message ?? ""}`,
        {
          hint: "settle that, and run the same command again: it goes on",
        },
      );
    removed += batch.length - Errors.length;
    onStep(`emptying the bucket: ${removed} versions removed`, 0, 1);
  }
}

async function someVersions({ s3 }: OperatorClients, bucket: string): Promise<ObjectIdentifier[]> {
  try {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: REMOVED_AT_ONCE }),
    );
    return [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) => (Key === undefined ? [] : [{ Key, VersionId }]));
  } catch (error) {
    if ((error as Error).name === "NoSuchBucket") return [];
    throw error;
  }
}

/** Without a recovery window: under the same name another can be deployed at once. Removing what is not there is no error to AWS. */
async function removeSecret({ secrets }: OperatorClients, name: string): Promise<void> {
  try {
    await secrets.send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }));
  } catch (error) {
    if ((error as Error).name !== "ResourceNotFoundException") throw error;
  }
}

/** What outlives a stage, by what AWS documents of each service. */
function keptByAws({ table, keyAlias, region, functionName }: StageNames, retained: Removal["retained"]): string[] {
  const kept = [
    `a backup of the table ${table}, made by DynamoDB when a table with point-in-time recovery goes: 35 days, without charge`,
    `metrics in CloudWatch: 15 months, without charge; the history of executions goes with the state machine`,
    `the deployed code under the bootstrap bucket of CDK or SST: until somebody removes it`,
    `a customer-managed key (${keyAlias}), where the stage had one: waits for its deletion for 7 to 30 days, without charge, and can be called back`,
    `log groups that were not of the stacks: aws logs describe-log-groups --log-group-name-prefix /aws/lambda/${functionName("")} --region ${region} lists them`,
  ];
  for (const { type, id } of retained) kept.unshift(`${type} ${id}, which its stack retains`);
  return kept;
}
