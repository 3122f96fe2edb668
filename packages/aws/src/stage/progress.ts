/** How far something is: `done` of `total`; the state is one of the workflow, or `Upload`, `Intake`, `Deliver`. */
export interface StageProgress {
  state: string;
  done: number;
  total: number;
}

export type OnProgress = (progress: StageProgress) => void;

/** Milliseconds between two looks at something that happens in the stage: quick at first, then calmer [design]. */
const FIRST_LOOK = 250;
const LONGEST_LOOK = 3_000;
const CALMER = 1.4;

/** Waits between looks. */
export class Patience {
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #most: number;
  #next = FIRST_LOOK;
  #waited = 0;

  /** `seconds`: how long in all; without an end where it is left out. */
  constructor(sleep: (milliseconds: number) => Promise<void>, seconds = Number.POSITIVE_INFINITY) {
    this.#sleep = sleep;
    this.#most = seconds * 1000;
  }

  get atEnd(): boolean {
    return this.#waited >= this.#most;
  }

  async wait(): Promise<void> {
    await this.#sleep(this.#next);
    this.#waited += this.#next;
    this.#next = Math.min(LONGEST_LOOK, this.#next * CALMER);
  }
}
