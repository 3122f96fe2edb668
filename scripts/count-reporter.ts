import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** What a run came to. A file that does not load and an error outside any test count as failures, so that a red run never reads "0 failed". */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The closing line that CI reads: `N passed, N failed, N skipped`, alone on a line. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Names every skipped test, then prints the closing line; with COUNTS_FILE set the line goes to that file, for a caller that prints it last. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    const counts: Counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") counts.passed++;
        else if (state === "failed") counts.failed++;
        else {
          counts.skipped++;
          const note = test.result().state === "skipped" ? (test.result() as { note?: string }).note : "never ran";
          skipped.push(`skipped: ${module.relativeModuleId} > ${test.fullName}${note ? ` (${note})` : ""}`);
        }
      }
    }
    for (const line of skipped) console.log(line);
    const file = process.env.COUNTS_FILE;
    if (file === undefined) console.log(closingLine(counts));
    else writeFileSync(file, `${closingLine(counts)}\n`);
  }
}
