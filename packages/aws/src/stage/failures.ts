import { CredentialError, InputError, isKnownError, type KnownError, NotFoundError } from "@bullseye/core/errors";
import { type AwsError, isMissing, isNetworkFailure, knownFailure } from "../failures.ts";

/** Error names by which the SDK says that it found no credentials at all. */
const NO_CREDENTIALS = new Set(["CredentialsProviderError", "ProviderError", "TokenProviderError"]);

/** What Step Functions and CloudFormation call the thing that a stage without it is none. */
const MISSING = new Set(["StateMachineDoesNotExist", "StackNotFoundException"]);

/** An error of the SDK in one line that says what a person does about it; what is no error of the SDK as it is. */
export function namingStage(error: unknown, stage: string): unknown {
  if (isKnownError(error)) return error;
  const { name = "", message = "", $metadata } = (error ?? {}) as AwsError;
  if (/region is missing/i.test(message))
    return new InputError("no AWS region is set", {
      cause: error,
      hint: `set AWS_REGION, or a region in the AWS profile, to where the stage ${stage} is to be found`,
    });
  if (NO_CREDENTIALS.has(name))
    return new CredentialError("there are no AWS credentials here", {
      cause: error,
      hint: "set AWS_PROFILE, or log in (aws sso login), and run the same command again",
    });
  if (isMissing(error) || MISSING.has(name)) return noSuchStage(stage, name, error);
  if ($metadata !== undefined || isNetworkFailure(error)) return knownFailure(error, `the stage ${stage}`);
  return error;
}

/** The error for a stage that is not there, or of which a part is not. */
export function noSuchStage(stage: string, what: string, cause?: unknown): KnownError {
  return new NotFoundError(`the stage ${stage} is not there in this account and region (${what})`, {
    cause,
    hint: `npm run deploy -- --stage ${stage} makes it; if it should be there, check --stage, AWS_PROFILE and AWS_REGION`,
  });
}
