import { Aws } from "aws-cdk-lib";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { WORKFLOW_FUNCTION_IDS } from "./functions.ts";
import type { AdManifest } from "./manifests.ts";
import type { Names } from "./names.ts";
import type { Permission, Resource } from "./permissions.ts";
import type { StageSettings } from "./settings.ts";

/** Who a permission is for. */
export interface Grantee {
  names: Names;
  settings: Pick<StageSettings, "customerKey">;
  platforms: readonly AdManifest[];
  /** The platform of a delivery worker; it reaches its own queue and secret alone. */
  platform?: string;
  /** Id of the function whose log it is. */
  functionId?: string;
}

type Condition = Record<string, Record<string, string | string[]>>;

interface Scope {
  resources: string[];
  condition?: Condition;
}

function scopeOf(resource: Resource, grantee: Grantee): Scope {
  const { names } = grantee;
  switch (resource.kind) {
    case "objects":
      return { resources: [`${names.bucketArn}/${resource.prefix}*`] };
    case "listing": {
      // Looking for one object carries no prefix; then the key is absent and only the IfExists form lets it pass.
      const operator = resource.orAbsent ? "StringLikeIfExists" : "StringLike";
      const prefixes = resource.prefixes.map((prefix) => `${prefix}*`);
      return { resources: [names.bucketArn], condition: { [operator]: { "s3:prefix": prefixes } } };
    }
    case "items":
      return {
        resources: [names.tableArn],
        condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...resource.keys] } },
      };
    case "index":
      return { resources: [names.indexArn] };
    case "queue": {
      if (resource.queue === "push") {
        const platforms = grantee.platform === undefined ? grantee.platforms.map(({ id }) => id) : [grantee.platform];
        return { resources: platforms.map((platform) => names.queueArn(names.pushQueue(platform))) };
      }
      const short = { inbox: names.inboxQueue, settle: names.settleQueue, "refresh-dead": names.refreshDeadLetters };
      return { resources: [names.queueArn(short[resource.queue])] };
    }
    case "secret":
      if (resource.secret === "hash-key") return { resources: [names.secretArn(names.hashKeySecret)] };
      if (grantee.platform === undefined) throw new Error("only a platform's worker may read its secret");
      return { resources: [names.secretArn(names.secret(grantee.platform))] };
    case "event-bus":
      return { resources: [names.eventBusArn] };
    case "state-machine": {
      const alias = `${names.stateMachineArn}:${names.stateMachineAlias}`;
      return { resources: resource.alias ? [names.stateMachineArn, alias] : [names.stateMachineArn] };
    }
    case "executions": {
      const executions = names.arn("states", `execution:${names.stateMachine}`);
      return { resources: resource.children ? [`${executions}:*`, `${executions}/*:*`] : [`${executions}:*`] };
    }
    case "workflow-functions": {
      const functions = WORKFLOW_FUNCTION_IDS.map((id) => names.functionArn(id));
      return { resources: functions.map((arn) => `${arn}:*`) };
    }
    case "logs":
      if (grantee.functionId === undefined) throw new Error("only a function has a log");
      return { resources: [names.arn("logs", `log-group:${names.logGroupOf(grantee.functionId)}:*`)] };
    case "everything":
      return { resources: ["*"] };
  }
}

/** What S3, DynamoDB and Secrets Manager ask of the stage's key on behalf of who calls them. */
const KEY_ACTIONS: ReadonlyArray<{ service: string; when: RegExp; actions: readonly string[] }> = [
  { service: "s3", when: /^s3:GetObject/, actions: ["kms:Decrypt"] },
  { service: "s3", when: /^s3:PutObject$/, actions: ["kms:Decrypt", "kms:GenerateDataKey"] },
  { service: "dynamodb", when: /^dynamodb:/, actions: ["kms:Decrypt"] },
  {
    service: "dynamodb",
    when: /^dynamodb:(Put|Update|Delete|BatchWrite)/,
    actions: ["kms:Encrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey"],
  },
  { service: "secretsmanager", when: /^secretsmanager:Get/, actions: ["kms:Decrypt"] },
  { service: "secretsmanager", when: /^secretsmanager:Put/, actions: ["kms:Decrypt", "kms:GenerateDataKey"] },
];

/** Use of the stage's key, through the services that hold its data and through nothing else. */
function keyStatements(names: Names, actions: readonly string[]): PolicyStatement[] {
  const byService = new Map<string, Set<string>>();
  for (const { service, when, actions: needed } of KEY_ACTIONS) {
    if (!actions.some((action) => when.test(action))) continue;
    const known = byService.get(service) ?? new Set();
    for (const action of needed) known.add(action);
    byService.set(service, known);
  }
  return [...byService].map(
    ([service, needed]) =>
      new PolicyStatement({
        actions: [...needed].sort(),
        // The id of the key is not known in other stacks; its alias is.
        resources: [names.arn("kms", "key/*")],
        conditions: {
          "ForAnyValue:StringEquals": { "kms:ResourceAliases": names.keyAlias },
          StringEquals: { "kms:ViaService": `${service}.${names.place.region}.${Aws.URL_SUFFIX}` },
        },
      }),
  );
}

/** The statements of a list of permissions; those over the same resource become one. */
export function statementsOf(permissions: readonly Permission[], grantee: Grantee): PolicyStatement[] {
  const merged = new Map<string, { actions: Set<string>; scope: Scope }>();
  for (const { actions, resource } of permissions) {
    const scope = scopeOf(resource, grantee);
    const key = JSON.stringify(scope);
    const known = merged.get(key) ?? { actions: new Set(), scope };
    for (const action of actions) known.actions.add(action);
    merged.set(key, known);
  }
  const statements = [...merged.values()].map(
    ({ actions, scope }) =>
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: [...actions].sort(),
        resources: scope.resources,
        ...(scope.condition ? { conditions: scope.condition } : {}),
      }),
  );
  const all = permissions.flatMap(({ actions }) => actions);
  return grantee.settings.customerKey ? [...statements, ...keyStatements(grantee.names, all)] : statements;
}
