import type { Scope } from "./engine.ts";
import { namedFailure } from "./failure.ts";
import { evaluate } from "./template.ts";
import type { MapState } from "./workflow.ts";

/** What became of one iteration; pending: the Map had failed before its turn. This is also what the journal keeps. */
export type Outcome = { output: unknown } | { error: string; cause: string } | { pending: true };

const FILES = ["SUCCEEDED", "FAILED", "PENDING"] as const;

/**
 * Writes the outcomes as Step Functions does: `<Prefix>/<execution>-<step>/manifest.json` with `ResultFiles.{SUCCEEDED,FAILED,PENDING}[].Key`, each file an array of
 * `{Name, Status, Input, Output | Error, Cause}` in the order of the items, Input and Output as JSON strings. The Map's result points at the manifest.
 */
export async function writeResults(
  state: MapState,
  input: unknown,
  inputs: readonly unknown[],
  outcomes: readonly Outcome[],
  scope: Scope,
  unit: string,
): Promise<unknown> {
  const { Bucket, Prefix } = evaluate(state.writer, input, scope.context) as { Bucket: unknown; Prefix: unknown };
  const folder = `${Prefix}/${unit.replaceAll("/", "-")}`;
  const entries = outcomes.map((outcome, index) => entry(`${unit}/${index}`, inputs[index], outcome));
  const files: Record<string, { Key: string; Size: number }[]> = {};
  try {
    for (const status of FILES) {
      const held = entries.filter((candidate) => candidate.Status === status);
      files[status] = [];
      if (held.length === 0) continue;
      const Key = `${folder}/${status}_0.json`;
      await scope.run.objects.putJson(Key, held);
      files[status].push({ Key, Size: Buffer.byteLength(JSON.stringify(held)) });
    }
    const Key = `${folder}/manifest.json`;
    await scope.run.objects.putJson(Key, { DestinationBucket: Bucket, ResultFiles: files });
    return { ResultWriterDetails: { Bucket, Key } };
  } catch (error) {
    throw namedFailure("States.ResultWriterFailed", error, `${state.name}: `);
  }
}

function entry(name: string, input: unknown, outcome: Outcome) {
  const common = { Name: name.replaceAll("/", "-"), Input: JSON.stringify(input), InputDetails: { Included: true } };
  if ("output" in outcome) {
    return { ...common, Status: "SUCCEEDED", Output: JSON.stringify(outcome.output), OutputDetails: { Included: true } };
  }
  if ("error" in outcome) return { ...common, Status: "FAILED", Error: outcome.error, Cause: outcome.cause };
  return { ...common, Status: "PENDING" };
}
