import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Folders whose tests take longest, the longest first: begun late, one of them keeps a lone worker busy when all others are done. */
const SLOW = ["test/rehearsal/", "test/aws/", "test/conservation/", "test/faults/", "test/workflow/", "test/contracts/"];

function rank({ moduleId }: TestSpecification): number {
  const found = SLOW.findIndex((folder) => moduleId.includes(`/${folder}`));
  return found === -1 ? SLOW.length : found;
}

/** A fresh clone knows no durations of earlier runs, so the usual order is by size of file; this one puts the slow folders first. */
export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
