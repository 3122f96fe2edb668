import { RemovalPolicy, type Stack } from "aws-cdk-lib";
import { CfnSecret } from "aws-cdk-lib/aws-secretsmanager";
import { explain } from "./findings.ts";
import type { StageProps } from "./stage.ts";

/** A secret of the stage, encrypted with its key where it has one. `neverRotated` says why no timer changes it. */
export function addSecret(
  stack: Stack,
  id: string,
  { names, settings }: StageProps,
  {
    neverRotated,
    ...content
  }: { name: string; description: string; neverRotated: string } & Pick<CfnSecret, "generateSecretString" | "secretString">,
): CfnSecret {
  const { name, ...properties } = content;
  const secret = new CfnSecret(stack, id, {
    ...properties,
    name,
    ...(settings.customerKey ? { kmsKeyId: names.keyAlias } : {}),
  });
  secret.applyRemovalPolicy(settings.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  explain(secret, { "AwsSolutions-SMG4": neverRotated });
  return secret;
}
