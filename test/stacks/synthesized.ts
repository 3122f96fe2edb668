import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { compose } from "../../stacks/compose.ts";
import { Names, type StackNoun } from "../../stacks/names.ts";
import { STAGES_CONTEXT, type StageSettings } from "../../stacks/settings.ts";

export const ACCOUNT = "123456789012";
export const REGION = "us-east-1";

/** A resource as CloudFormation reads it. */
export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Metadata?: Record<string, unknown>;
}

/** A stage composed without bundles. */
export interface Synthesized {
  app: App;
  names: Names;
  templates: Record<StackNoun, Template>;
  /** All resources by stack and logical id. */
  resources: ReadonlyArray<{ stack: StackNoun; id: string; resource: Resource }>;
}

const known = new Map<string, Synthesized>();

/** An app as tests have it: no bundles, its output gone when the process ends. */
export function testApp(context: Record<string, unknown> = {}): App {
  const outdir = mkdtempSync(join(tmpdir(), "bullseye-synth-"));
  process.once("exit", () => rmSync(outdir, { recursive: true, force: true }));
  return new App({ analyticsReporting: false, outdir, context: { "aws:cdk:bundling-stacks": [], ...context } });
}

/** The templates of a stage with some settings; composed once for each. */
export function synthesize(stage: string, settings: Partial<StageSettings> = {}): Synthesized {
  const key = JSON.stringify([stage, settings]);
  const before = known.get(key);
  if (before) return before;
  const app = testApp({ [STAGES_CONTEXT]: { [stage]: settings } });
  const stacks = compose(app, { name: "bullseye", stage, account: ACCOUNT, region: REGION });
  const nouns = Object.keys(stacks) as StackNoun[];
  const templates = Object.fromEntries(nouns.map((noun) => [noun, Template.fromStack(stacks[noun])])) as Synthesized["templates"];
  const resources = nouns.flatMap((noun) =>
    Object.entries(templates[noun].toJSON().Resources as Record<string, Resource>).map(([id, resource]) => ({
      stack: noun,
      id,
      resource,
    })),
  );
  const synthesized = { app, names: new Names({ stage, account: ACCOUNT, region: REGION }), templates, resources };
  known.set(key, synthesized);
  return synthesized;
}

/** Resources of a type, from all stacks. */
export function ofType({ resources }: Synthesized, type: string): Array<{ stack: StackNoun; id: string; resource: Resource }> {
  return resources.filter(({ resource }) => resource.Type === type);
}

/** A value of a template as text, as it is once deployed: ARNs of functions and versions in a form of the same shape. */
export function resolved(value: unknown, { resources, names }: Synthesized): string {
  const text = (part: unknown): string => {
    if (typeof part === "string") return part;
    const [[fn, argument] = []] = Object.entries(part as Record<string, unknown>);
    if (fn === "Fn::Join") return (argument as [string, unknown[]])[1].map(text).join((argument as [string])[0]);
    if (fn === "Ref" && argument === "AWS::Partition") return "aws";
    if (fn === "Ref" && argument === "AWS::URLSuffix") return "amazonaws.com";
    const id = fn === "Ref" ? (argument as string) : fn === "Fn::GetAtt" ? (argument as [string, string])[0] : undefined;
    const found = resources.find((each) => each.id === id)?.resource;
    if (found?.Type === "AWS::Lambda::Version")
      return `${text({ "Fn::GetAtt": [refOf(found.Properties.FunctionName), "Arn"] })}:1`;
    if (found?.Type === "AWS::Lambda::Function")
      return names.arn("lambda", `function:${found.Properties.FunctionName}`).replace(/\$\{[^}]*\}/g, "aws");
    if (found?.Type === "AWS::SQS::Queue") return `arn:aws:sqs:${REGION}:${ACCOUNT}:${found.Properties.QueueName}`;
    if (found?.Type === "AWS::S3::Bucket") return `arn:aws:s3:::${found.Properties.BucketName}`;
    if (found) return `arn:aws:${found.Type}:${id}`;
    throw new Error(`cannot resolve ${JSON.stringify(part)}`);
  };
  return text(value);
}

const refOf = (value: unknown): string => (value as { Ref: string }).Ref;

/** A statement of a policy with lists for what IAM lets stand alone. */
export interface Statement {
  Effect: "Allow" | "Deny";
  Action: string[];
  Resource: string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

const listOf = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Every policy document of a stage with where it stands: of roles, of resources, of the key. */
export function policies(
  stage: Synthesized,
): Array<{ where: string; kind: "role" | "trust" | "resource" | "key"; statements: Statement[] }> {
  const read = (document: unknown): Statement[] =>
    listOf((document as { Statement: unknown[] }).Statement).map((each) => {
      const statement = each as Record<string, unknown>;
      return {
        ...statement,
        Action: listOf(statement.Action as string),
        Resource: listOf(statement.Resource).map((resource) => resolved(resource, stage)),
      } as Statement;
    });
  return stage.resources.flatMap(({ id, resource: { Type, Properties } }) => {
    const found: ReturnType<typeof policies> = [];
    if (Properties?.AssumeRolePolicyDocument)
      found.push({ where: id, kind: "trust", statements: read(Properties.AssumeRolePolicyDocument) });
    for (const { PolicyDocument } of listOf(Properties?.Policies as { PolicyDocument: unknown }[]))
      found.push({ where: id, kind: "role", statements: read(PolicyDocument) });
    if (Properties?.KeyPolicy) found.push({ where: id, kind: "key", statements: read(Properties.KeyPolicy) });
    if (Properties?.PolicyDocument)
      found.push({
        where: id,
        kind: Type === "AWS::IAM::Policy" ? "role" : "resource",
        statements: read(Properties.PolicyDocument),
      });
    return found;
  });
}
