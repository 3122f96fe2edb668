import { firstDataRecord } from "@bullseye/core/lists/reading/row-number";
import { type RunContext, runKey } from "@bullseye/core/operations/run-context";
import type { Home } from "@bullseye/local";
import type { Output } from "./output.ts";

/** What each state of the workflow does, for people; states that pass in no time are left out. */
const STEPS: Readonly<Record<string, string>> = {
  SplitList: "looking through",
  ImportRanges: "reading",
  ResolvePartitions: "finding the companies of",
  SummariseBase: "summing up",
  PlacePartitions: "scoring and placing",
  PlanAudiences: "planning the audiences of",
  QueuePushes: "handing over the audiences of",
  CloseRun: "checking the sums of",
};

/** A state began or moved on. */
interface Step {
  state: string;
  done: number;
  total: number;
}

/** Turns the states of the workflow into one line of progress, in rows where the number of rows is known. */
export class RunProgress {
  readonly #out: Output;
  #title = "";
  #home: Home | null = null;
  #rows: number | null = null;
  #asked = false;

  constructor(out: Output) {
    this.#out = out;
  }

  /** A run begins. `title` is what a person calls it: the file's name. */
  begin(title: string, home: Home): void {
    this.#title = title;
    this.#home = home;
    this.#rows = null;
    this.#asked = false;
    this.#out.progress("", 0, 0);
  }

  /** The run is over: the line goes. */
  end(): void {
    this.#home = null;
    this.#out.progress("", 0, 0);
  }

  show({ state, done, total }: Step): void {
    const step = STEPS[state];
    if (this.#home === null || step === undefined) return;
    if (!this.#asked && (state !== "SplitList" || done === 1)) void this.#count(this.#home);
    const label = `${step} ${this.#title}`;
    if (this.#rows === null || total <= 1) this.#out.progress(label, done, total);
    else this.#out.progress(`${label}: rows`, Math.round((this.#rows * done) / total), this.#rows);
  }

  /** Asks the run that is on its way how many rows its file has; progress does without when it cannot tell. */
  async #count(home: Home): Promise<void> {
    this.#asked = true;
    try {
      const running = (await home.ports.runs.runs()).find((run) => run.status === "running" && run.type === "list");
      if (running === undefined) return;
      const body = await home.ports.objects.get(runKey(running.runId, "context.json"));
      const { table } = JSON.parse(Buffer.from(body).toString("utf8")) as RunContext;
      if (table !== null && this.#home === home) this.#rows = table.records - firstDataRecord(table.dialect) + 1;
    } catch {
      this.#rows = null;
    }
  }
}
