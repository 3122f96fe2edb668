import { BugError } from "@bullseye/core/errors";

/** Whether a condition of a write did not hold. */
export function isConditionFailure(error: unknown): boolean {
  return (error as { name?: string } | null)?.name === "ConditionalCheckFailedException";
}

/** A run saves under a turn that is over. */
export function turnLost(fence: number, what: string): BugError {
  return new BugError(`the run lost its turn: ${what} belongs to a turn later than ${fence}`, {
    hint: "the other run goes on; start this one again with: bullseye runs retry",
  });
}
