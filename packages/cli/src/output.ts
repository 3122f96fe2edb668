/** How a command speaks: tables and colours to people, one JSON document (or a line an object) to scripts. */
export interface Output {
  /** `--json` was given: nothing but one JSON document goes to standard output. */
  readonly json: boolean;
  /** `--jsonl`: one object a line. */
  readonly jsonl: boolean;
  readonly quiet: boolean;
  /** Standard output is a terminal that shows colours. */
  readonly colours: boolean;
  /** The one JSON document; call once, only with `json`. */
  document(value: unknown): void;
  /** One object of `--jsonl`. */
  line(value: unknown): void;
  /** Text for people on standard output; silent under `--json` and `--jsonl`. */
  text(line?: string): void;
  /** A table for people; cells are padded, numbers right-aligned. */
  table(header: readonly string[], rows: ReadonlyArray<readonly (string | number | null)[]>): void;
  /** Raw text on standard output (`--csv`). */
  raw(text: string): void;
  /** Until what was written has left: whoever writes much waits for it from time to time, so that it does not pile up. */
  flushed(): Promise<void>;
  /** A note or warning on standard error; silent under `--quiet`. */
  note(line: string): void;
  /** Redraws one line of progress on standard error: a bar on a terminal, sparse lines elsewhere; silent under `--quiet`. Empty text clears it. */
  progress(label: string, done: number, total: number): void;
}
