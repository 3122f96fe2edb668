import { firstDataRecord } from "@bullseye/core/lists/reading/row-number";
import { type RunContext, runKey } from "@bullseye/core/operations/run-context";
import type { Output } from "./output.ts";
import type { Workplace } from "./workplace.ts";

/** What each state of the workflow does, for people, and on a stage what comes before and behind; states that pass in no time are left out. */
const STEPS: Readonly<Record<string, string>> = {
  Upload: "uploading",
  Intake: "waiting for the stage to take up",
  WaitForTurn: "waiting for other runs before",
  SplitList: "looking through",
  ImportRanges: "reading",
  ResolvePartitions: "finding the companies of",
  SummariseBase: "summing up",
  PlacePartitions: "scoring and placing",
  SaveRest: "after an error, saving the rest of",
  PlanAudiences: "planning the audiences of",
  QueuePushes: "handing over the audiences of",
  CloseRun: "checking the sums of",
  Deliver: "waiting for the delivery of",
};

/** Where the run is looked up. */
type Place = Pick<Workplace, "ports">;

/** Steps that do not go through the rows of a file. */
const WITHOUT_ROWS = new Set(["Upload", "Intake", "WaitForTurn", "Deliver"]);

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
  #place: Place | null = null;
  #rows: number | null = null;
  #asked = false;

  constructor(out: Output) {
    this.#out = out;
  }

  /** A run begins. `title` is what a person calls it: the file's name. */
  begin(title: string, place: Place): void {
    this.#title = title;
    this.#place = place;
    this.#rows = null;
    this.#asked = false;
    this.#out.progress("", 0, 0);
  }

  /** The run is over: the line goes. */
  end(): void {
    this.#place = null;
    this.#out.progress("", 0, 0);
  }

  show({ state, done, total }: Step): void {
    const step = STEPS[state];
    if (this.#place === null || step === undefined) return;
    const label = `${step} ${this.#title}`;
    if (WITHOUT_ROWS.has(state)) {
      this.#out.progress(label, done, total);
      return;
    }
    if (!this.#asked && (state !== "SplitList" || done === 1)) void this.#count(this.#place);
    if (this.#rows === null || total <= 1) this.#out.progress(label, done, total);
    else this.#out.progress(`${label}: rows`, Math.round((this.#rows * done) / total), this.#rows);
  }

  /** Asks the run that is on its way how many rows its file has; progress does without when it cannot tell. */
  async #count(place: Place): Promise<void> {
    this.#asked = true;
    try {
      const running = (await place.ports.runs.runs()).find((run) => run.status === "running" && run.type === "list");
      if (running === undefined) return;
      const body = await place.ports.objects.get(runKey(running.runId, "context.json"));
      const { table } = JSON.parse(Buffer.from(body).toString("utf8")) as RunContext;
      if (table !== null && this.#place === place) this.#rows = table.records - firstDataRecord(table.dialect) + 1;
    } catch {
      this.#rows = null;
    }
  }
}
