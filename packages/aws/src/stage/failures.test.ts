import { BugError } from "@bullseye/core/errors";
import { expect, test } from "vitest";
import { namingStage } from "./failures.ts";

const sdk = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, $metadata: {}, ...more });

test.each([
  [Object.assign(new Error("Region is missing"), { name: "Error" }), "InputError", "no AWS region is set"],
  [sdk("CredentialsProviderError", { $metadata: undefined }), "CredentialError", "there are no AWS credentials here"],
  [sdk("ExpiredTokenException"), "CredentialError", "does not take these credentials"],
  [sdk("AccessDeniedException"), "CredentialError", "denies it"],
  [sdk("NoSuchBucket"), "NotFoundError", "the stage olive is not there"],
  [sdk("StateMachineDoesNotExist"), "NotFoundError", "the stage olive is not there"],
  [sdk("ThrottlingException"), "TransientError", "busy or out of reach"],
  [Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), "TransientError", "busy or out of reach"],
])("%s is one line of ours", (error, name, said) => {
  const known = namingStage(error, "olive") as Error;
  expect([known.name, known.message]).toEqual([name, expect.stringContaining(said)]);
  expect(known.message).not.toContain("\n");
});

test("what is ours already, and what is no error of the SDK, stays as it is", () => {
  const ours = new BugError("an invariant broke");
  const other = new TypeError("x is not a function");
  expect([namingStage(ours, "olive"), namingStage(other, "olive")]).toEqual([ours, other]);
});
