import { pascalCase } from "../../stacks/functions.ts";
import { ACCOUNT, policies, REGION, type Statement, synthesize } from "../stacks/synthesized.ts";
import type { ArnNames, Use } from "./recorder.ts";

/** The templates of the stage that tests play on. */
export const synthesized = synthesize("test");

export const arn = (service: string, resource: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** ARNs of the stage as its templates have them. */
export const names: ArnNames = {
  bucketArn: `arn:aws:s3:::${synthesized.names.bucket}`,
  tableArn: arn("dynamodb", `table/${synthesized.names.table}`),
  indexArn: arn("dynamodb", `table/${synthesized.names.table}/index/${synthesized.names.listingIndex}`),
  eventBusArn: arn("events", `event-bus/${synthesized.names.eventBus}`),
  queueArn: (name) => arn("sqs", name),
  secretArn: (name) => arn("secretsmanager", `secret:${name}-AbCdEf`),
};

/** The function that is deployed under an id; workers are deployed once for each platform. */
export const deployed = (functionId: string): string => (functionId === "deliver" ? "deliver-linkedin" : functionId);

/** What the role of a function, or of the state machine, says. */
export function roleOf(id: string): Statement[] {
  return policies(synthesized)
    .filter(({ where, kind }) => kind === "role" && new RegExp(`^${pascalCase(deployed(id))}Role[0-9A-F]{8}$`).test(where))
    .flatMap(({ statements }) => statements);
}

/** A use with the region of the templates. */
export const inRegion = (use: Use): Use => ({ ...use, resource: use.resource.replace("eu-central-1", REGION) });
