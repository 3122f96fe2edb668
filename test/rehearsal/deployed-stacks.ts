import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";

/** A resource as its template declares it, intrinsic functions resolved as far as they can be. */
export interface DeclaredResource {
  stack: string;
  logicalId: string;
  type: string;
  properties: Readonly<Record<string, unknown>>;
  /** Whether CloudFormation says that it made it. */
  made: boolean;
  /** Whether it stays when its stack goes. */
  retained: boolean;
}

/** Which account and region a stage lies in. */
export interface DeployedPlace {
  account: string;
  region: string;
}

interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
}

/** Every resource of the stacks whose names begin with a prefix, in the order of their templates. */
export async function declaredResources(
  cloudFormation: CloudFormationClient,
  prefix: string,
  place: DeployedPlace,
): Promise<DeclaredResource[]> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  const found: DeclaredResource[] = [];
  for (const { StackName = "", StackStatus = "" } of Stacks) {
    if (!StackName.startsWith(prefix)) continue;
    if (!/_COMPLETE$/.test(StackStatus) || /ROLLBACK|FAILED/.test(StackStatus)) throw new Error(`${StackName} is ${StackStatus}`);
    const { TemplateBody = "{}" } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
    const { Resources = {} } = JSON.parse(TemplateBody) as { Resources?: Record<string, TemplateResource> };
    const { StackResourceSummaries = [] } = await cloudFormation.send(new ListStackResourcesCommand({ StackName }));
    const physical = new Map(StackResourceSummaries.map((each) => [each.LogicalResourceId ?? "", each.PhysicalResourceId ?? ""]));
    const resolve = resolver(physical, { ...place, stack: StackName });
    for (const [logicalId, { Type, Properties = {}, DeletionPolicy }] of Object.entries(Resources))
      found.push({
        stack: StackName,
        logicalId,
        type: Type,
        properties: resolve(Properties) as Record<string, unknown>,
        made: physical.has(logicalId),
        retained: DeletionPolicy === "Retain",
      });
  }
  return found;
}

/** The ARN of a queue by its URL. */
function queueArn(url: string, { account, region }: DeployedPlace): string | undefined {
  const name = /^https?:\/\/.*\/([^/]+)$/.exec(url)?.[1];
  return name === undefined ? undefined : `arn:aws:sqs:${region}:${account}:${name}`;
}

/** Resolves Ref, Fn::Join, Fn::Sub and the ARNs of queues; what cannot be resolved stays as it is written. */
function resolver(physical: ReadonlyMap<string, string>, place: DeployedPlace & { stack: string }): (value: unknown) => unknown {
  const pseudo: Readonly<Record<string, string>> = {
    "AWS::AccountId": place.account,
    "AWS::Region": place.region,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": place.stack,
  };
  const named = (name: string): string | undefined => pseudo[name] ?? (physical.get(name) || undefined);
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [name, argument] = entries.length === 1 ? entries[0]! : [];
    if (name === "Ref") return named(argument as string) ?? value;
    if (name === "Fn::GetAtt") {
      const [resource = "", attribute] = argument as string[];
      return (attribute === "Arn" && queueArn(named(resource) ?? "", place)) || value;
    }
    if (name === "Fn::Sub" && typeof argument === "string")
      return argument.replace(/\$\{([\w:]+)\}/g, (whole, each: string) => named(each) ?? whole);
    if (name === "Fn::Join") {
      const [by, parts] = argument as [string, unknown[]];
      const resolved = parts.map(resolve);
      return resolved.every((part) => typeof part === "string") ? resolved.join(by) : value;
    }
    return Object.fromEntries(entries.map(([key, each]) => [key, resolve(each)]));
  };
  return resolve;
}
