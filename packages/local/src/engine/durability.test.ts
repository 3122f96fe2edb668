import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { operations } from "./fixtures/operations.ts";
import { MemoryObjects, Rig } from "./fixtures/rig.ts";
import { LIST_INPUT, readWorkflowFile, SUBSTITUTIONS } from "./fixtures/workflow-file.ts";
import { FileJournal, MemoryJournal } from "./journal.ts";
import { loadWorkflow } from "./load-workflow.ts";
import { InlineRunner, type TaskRunner } from "./task-runner.ts";

const workflow = loadWorkflow(readWorkflowFile(), SUBSTITUTIONS);
const directory = fs.mkdtempSync(path.join(os.tmpdir(), "engine-"));
afterAll(() => fs.rmSync(directory, { recursive: true }));

/** A process that can be killed: from then on its tasks never answer and its journal takes nothing. */
class MortalJournal extends MemoryJournal {
  dead = false;

  override put(at: string, value: unknown): void {
    if (!this.dead) super.put(at, value);
  }
}

interface Death {
  /** The number of the call at which the process dies. */
  call: number;
  /** Whether the task had done its work by then. */
  after: boolean;
}

/** One process: fresh memory, the objects and journal that the one before left. Resolves with the output, or with null when it was killed. */
function live(objects: MemoryObjects, journal: MortalJournal, calls: string[], death: Death | null): Promise<unknown> {
  const inner = new InlineRunner(operations(objects));
  let count = 0;
  let kill: (value: null) => void;
  const killed = new Promise<null>((resolve) => {
    kill = resolve;
  });
  const die = () => {
    journal.dead = true;
    kill(null);
    return new Promise<never>(() => {});
  };
  const tasks: TaskRunner = {
    run: async (resource, input) => {
      if (journal.dead) return die();
      const number = count++;
      if (number === death?.call && !death.after) return die();
      calls.push(callTag(resource, input));
      const output = await inner.run(resource, input, null);
      if (number === death?.call) return die();
      return journal.dead ? die() : output;
    },
  };
  const rig = new Rig();
  const run = rig.run(null, {}, { workflow, tasks, objects, journal, input: LIST_INPUT, concurrency: 3 });
  return Promise.race([run, killed]);
}

type Fields = { round?: number; partition?: number; range?: number };

function callTag(resource: string, input: unknown): string {
  const { round, partition, range } = input as Fields;
  return [resource, round, partition ?? range].join(":");
}

const STAGES: Record<string, string[]> = {
  range: ["import-list"],
  round: ["resolve-partition", "merge-partition", "enrich-partition"],
  baseVersion: ["classify-partition", "score-partition", "place-partition", "save-partition"],
};

/** The calls that must not happen again, from what the journal holds as completed. */
function completed(journal: MemoryJournal): Set<string> {
  const tags = new Set<string>();
  for (const [at, text] of journal.entries) {
    const value = JSON.parse(text);
    if (value.state !== undefined) {
      const { round: closed } = value.data.resolution ?? {};
      const round = value.state === "OpenRound" ? closed - 1 : value.state === "MatchCompanies" ? closed : undefined;
      const resource = (workflow.states.get(value.state) as { resource?: string }).resource;
      if (resource !== undefined) tags.add(callTag(resource, { round }));
    } else if (/^run-1\/\d+\/\d+$/.test(at)) {
      const stage = Object.keys(STAGES).find((field) => field in value.output)!;
      for (const resource of STAGES[stage]!) tags.add(callTag(resource, value.output));
    }
  }
  return tags;
}

describe("a run that is killed", async () => {
  const calls: string[] = [];
  const wholeObjects = new MemoryObjects();
  const wholeJournal = new MortalJournal();
  const whole = await live(wholeObjects, wholeJournal, calls, null);

  it("has something to lose", () => {
    expect(calls.length).toBeGreaterThan(60);
    expect(completed(wholeJournal)).toEqual(new Set(calls));
  });

  it.each([false, true])(
    "at any task (after its work: %s) continues to the same end and runs nothing again that was journalled",
    async (after) => {
      for (let call = 0; call < calls.length; call += 1) {
        const objects = new MemoryObjects();
        const first = new MortalJournal();
        expect(await live(objects, first, [], { call, after })).toBeNull();
        const second = new MortalJournal();
        for (const [at, text] of first.entries) second.entries.set(at, text);
        const before = completed(second);
        const again: string[] = [];
        expect(await live(objects, second, again, null)).toEqual(whole);
        expect(objects.texts).toEqual(wholeObjects.texts);
        expect(again.filter((tag) => before.has(tag))).toEqual([]);
        expect(again.length).toBeGreaterThan(0);
      }
    },
  );

  it("again and again still ends", async () => {
    const objects = new MemoryObjects();
    let entries = new Map<string, string>();
    let lives = 0;
    for (let output: unknown = null; output === null && lives < 50; lives += 1) {
      const journal = new MortalJournal();
      for (const [at, text] of entries) journal.entries.set(at, text);
      output = await live(objects, journal, [], { call: 20, after: true });
      entries = journal.entries;
      if (output !== null) expect(output).toEqual(whole);
    }
    expect(lives).toBeGreaterThan(3);
    expect(lives).toBeLessThan(50);
  });

  it("continues from a journal file cut off at every 41st byte", async () => {
    const file = path.join(directory, "run-1.jsonl");
    const finished = new FileJournal(directory);
    for (const [at, text] of wholeJournal.entries) finished.put(at, JSON.parse(text));
    finished.close();
    const bytes = fs.readFileSync(file);
    for (let size = 0; size < bytes.length; size += 41) {
      fs.writeFileSync(file, bytes.subarray(0, size));
      const objects = new MemoryObjects();
      for (const [key, text] of wholeObjects.texts) objects.texts.set(key, text);
      const journal = new FileJournal(directory);
      const tasks = new InlineRunner(operations(objects));
      const output = await new Rig().run(null, {}, { workflow, tasks, objects, journal, input: LIST_INPUT });
      journal.close();
      expect(output).toEqual(whole);
    }
  });
});
