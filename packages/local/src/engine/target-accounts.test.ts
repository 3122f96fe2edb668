import fs from "node:fs";
import { createRequire } from "node:module";
import { BugError, InputError } from "@bullseye/core/errors";
import { describe, expect, it } from "vitest";
import { operations } from "./fixtures/operations.ts";
import { Rig } from "./fixtures/rig.ts";
import { FILE, LIST_INPUT, REFRESH_INPUT, readWorkflowFile, SUBSTITUTIONS } from "./fixtures/workflow-file.ts";
import { loadWorkflow } from "./load-workflow.ts";
import { InlineRunner, type TaskHandler } from "./task-runner.ts";

const workflow = loadWorkflow(readWorkflowFile(), SUBSTITUTIONS);
const RUN = { runId: "run-1", bucket: "lists", asOf: LIST_INPUT.asOf, configSha: "c0ffee" };
const LIST = { ...RUN, key: "inbox/a.csv", versionId: "v1", refresh: false };

interface Call {
  resource: string;
  input: Record<string, unknown>;
}

function recorded(rig: Rig, over: Record<string, TaskHandler> = {}) {
  const calls: Call[] = [];
  const handlers: Record<string, TaskHandler> = {};
  for (const [resource, handler] of Object.entries({ ...operations(rig.objects), ...over })) {
    handlers[resource] = async (input) => {
      calls.push({ resource, input: input as Call["input"] });
      return handler(input);
    };
  }
  return { calls, tasks: new InlineRunner(handlers) };
}

const of = (calls: Call[], resource: string) => calls.filter((call) => call.resource === resource).map((call) => call.input);

describe("stacks/target-accounts.asl.json", () => {
  it("passes asl-validator", () => {
    const validate = createRequire(import.meta.url)("asl-validator") as (json: unknown) => {
      isValid: boolean;
      errorsText(): string;
    };
    const result = validate(readWorkflowFile());
    expect(result.isValid ? "" : result.errorsText()).toBe("");
  });

  it("writes tolerated failures as decimals", () => {
    const values = [...fs.readFileSync(FILE, "utf8").matchAll(/"ToleratedFailurePercentage": ([^,\s]+)/g)].map(
      (match) => match[1],
    );
    expect(values).toHaveLength(4);
    for (const value of values) expect(value).toMatch(/^\d+\.\d+$/);
  });

  it("hands every operation its flat input, over a list", async () => {
    const rig = new Rig();
    const { calls, tasks } = recorded(rig);
    const output = (await rig.run(null, {}, { workflow, tasks, input: LIST_INPUT })) as { failed: boolean; written: string[][] };
    expect(output.failed).toBe(false);
    const { bucket: _bucket, refresh: _list, ...dropped } = LIST;
    expect(of(calls, "take-turn")).toEqual([{ ...dropped, droppedAt: LIST_INPUT.droppedAt }]);
    expect(of(calls, "split-list")).toEqual([{ ...LIST, fence: 7 }]);
    const { refresh: _, ...ranged } = LIST;
    expect(of(calls, "import-list")).toEqual([10, 20, 30, 40].map((range) => ({ ...ranged, kind: "accounts", range })));
    expect(of(calls, "open-round")).toEqual([0, 1, 2, 3].map((round) => ({ ...LIST, kind: "accounts", round })));
    const resolved = [0, 1, 2, 3, 4, 1, 3].map((partition, index) => ({ ...RUN, round: index < 5 ? 1 : 2, partition }));
    expect(of(calls, "resolve-partition")).toEqual(resolved);
    expect(of(calls, "merge-partition")).toEqual(resolved);
    const enriched = of(calls, "enrich-partition");
    expect(enriched.filter((input) => input.partition === 3).map((input) => [input.round, input.cursor])).toEqual([
      [1, null],
      [1, 1],
      [1, 2],
      [2, null],
      [2, 1],
      [2, 2],
    ]);
    expect(Object.keys(enriched[0]!).sort()).toEqual(["asOf", "bucket", "configSha", "cursor", "partition", "round", "runId"]);
    expect(of(calls, "summarise-base")).toEqual([{ ...RUN, rounds: 4 }]);
    expect(of(calls, "match-companies")).toEqual([{ ...RUN, round: 3 }]);
    const placed = [0, 1, 2, 3, 4].map((partition) => ({ ...RUN, baseVersion: "base-1", partition }));
    for (const step of ["classify", "score", "place", "save"]) expect(of(calls, `${step}-partition`)).toEqual(placed);
    expect(of(calls, "plan-audiences")).toEqual([{ ...RUN, baseVersion: "base-1" }]);
    expect(of(calls, "queue-pushes")).toEqual([{ ...RUN, plans: { bucket: "work", key: "run-1/plans", count: 1 } }]);
    expect(of(calls, "close-run")).toEqual([{ ...LIST, failed: false }]);
    expect(rig.clock.sleeps.every((sleep) => sleep > 0 && sleep <= 600_000)).toBe(true);
    expect(output.written.map(([key]) => key)).toContain("run-1/saved/4");
  });

  it("runs a refresh without a list: no range is imported", async () => {
    const rig = new Rig();
    const { calls, tasks } = recorded(rig);
    await rig.run(null, {}, { workflow, tasks, input: REFRESH_INPUT });
    expect(of(calls, "split-list")).toEqual([{ ...RUN, key: null, versionId: null, refresh: true, fence: 7 }]);
    expect(of(calls, "import-list")).toEqual([]);
    expect(of(calls, "open-round")[0]).toEqual({ ...RUN, key: null, versionId: null, refresh: true, kind: null, round: 0 });
    expect(of(calls, "save-partition")).toHaveLength(5);
  });

  it("saves the rest as it was resolved where a partition breaks on the way to be saved", async () => {
    const rig = new Rig();
    const broken: TaskHandler = async (input) => {
      if ((input as Call["input"]).partition === 2) throw new BugError("broken on purpose");
      return {};
    };
    const { calls, tasks } = recorded(rig, { "place-partition": broken });
    await expect(rig.run(null, {}, { workflow, tasks, input: LIST_INPUT })).rejects.toThrow("broken on purpose");
    const rest = of(calls, "save-partition").filter((input) => input.rest === true);
    expect(rest.map(({ partition }) => partition)).toEqual([0, 1, 2, 3, 4]);
    expect(of(calls, "close-run")).toMatchObject([
      { failed: true, error: { Cause: expect.stringContaining("broken on purpose") } },
    ]);
  });

  const mapSteps = [
    "import-list",
    "resolve-partition",
    "merge-partition",
    "enrich-partition",
    "score-partition",
    "save-partition",
  ];
  it("waits for its turn while another run has it", async () => {
    const rig = new Rig();
    let asked = 0;
    const { calls, tasks } = recorded(rig, { "take-turn": async () => ({ mine: ++asked === 3, fence: asked }) });
    await rig.run(null, {}, { workflow, tasks, input: LIST_INPUT });
    expect(of(calls, "take-turn")).toHaveLength(3);
    expect(rig.clock.sleeps.slice(0, 2)).toEqual([30_000, 30_000]);
    expect(of(calls, "split-list")).toEqual([{ ...LIST, fence: 3 }]);
  });

  const topSteps = [
    "take-turn",
    "split-list",
    "open-round",
    "match-companies",
    "summarise-base",
    "plan-audiences",
    "queue-pushes",
  ];
  it.each([...mapSteps, ...topSteps])("closes the run as failed when %s fails, and fails with its error", async (resource) => {
    const rig = new Rig();
    const failing = async () => {
      throw new InputError("profile is broken", { hint: "mend the profile" });
    };
    const { calls, tasks } = recorded(rig, { [resource]: failing });
    const end = rig.run(null, {}, { workflow, tasks, input: LIST_INPUT });
    await expect(end).rejects.toMatchObject({ name: "InputError", hint: "mend the profile" });
    const [closed] = of(calls, "close-run");
    const name = mapSteps.includes(resource) ? "States.ExceedToleratedFailureThreshold" : "InputError";
    expect(closed).toMatchObject({
      ...LIST,
      failed: true,
      error: { Error: name, Cause: expect.stringContaining("profile is broken") },
    });
    expect(Object.keys(closed!).sort()).toEqual([...Object.keys(LIST), "error", "failed"].sort());
  });

  it("closes a run again as failed when its intake does not balance, and fails even if that can't be closed", async () => {
    const rig = new Rig();
    const unbalanced = async (input: unknown) => {
      throw new BugError((input as { failed: boolean }).failed ? "can't close" : "intake does not balance");
    };
    const { calls, tasks } = recorded(rig, { "close-run": unbalanced });
    const end = rig.run(null, {}, { workflow, tasks, input: LIST_INPUT });
    await expect(end).rejects.toMatchObject({ name: "BugError", message: "intake does not balance" });
    expect(of(calls, "close-run").map((input) => input.failed)).toEqual([false, true]);
  });
});
