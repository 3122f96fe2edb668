import type { ParseArgsOptionsConfig } from "node:util";
import type { Stage } from "@bullseye/aws/stage/stage";
import type { Output } from "./output.ts";
import type { RunProgress } from "./run-progress.ts";
import type { Workplace } from "./workplace.ts";

/** What a command is given. */
export interface CommandContext {
  /** Words behind the command (and its verb, where it has verbs). */
  args: string[];
  /** Parsed options, the common ones included. */
  values: Readonly<Record<string, string | boolean | string[] | undefined>>;
  /** Directory that relative paths start from. */
  cwd: string;
  /** `--home`, resolved. */
  homePath: string;
  /** `--stage`; null in a home. */
  stage: string | null;
  /** `--as-of`, validated; undefined = today. */
  asOf: string | undefined;
  out: Output;
  /**
   * Opens the home (creating it where `create`) or the stage, once; closed when the command ends. NotFoundError when there is none and it is
   * not to be created.
   */
  workplace(options?: { create?: boolean }): Promise<Workplace>;
  /** Opens a stage for what only a stage has; `mustExist: false` where it may be broken or gone. Closed when the command ends. */
  openStage(name: string, options?: { mustExist?: boolean }): Promise<Stage>;
  /** Asks a person at the terminal and answers the line typed; null where nobody can be asked. */
  ask: ((question: string) => Promise<string>) | null;
  /** Shows how far the workflow is; told by the home or stage, titled by the command. */
  progress?: RunProgress;
}

/** One command; `bullseye <name> …`. Registered by one line of `commands/registry.ts`. */
export interface Command {
  name: string;
  /** One line for `bullseye help`. */
  summary: string;
  /** `run FILE… [--kind K] …`, for `bullseye help run` and for bad usage. */
  usage: string;
  options: ParseArgsOptionsConfig;
  /** One line for each option, by name, for `bullseye help run`. */
  describe?: Readonly<Record<string, string>>;
  /** Cut short, the same command goes on where it stopped. */
  resumable?: boolean;
  /** For commands that only work on this machine: what to do instead on a stage. */
  homeOnly?: string;
  /** For commands that only work on a stage. */
  stageOnly?: boolean;
  /** For commands that work between a home and a stage, and take both options. */
  homeAndStage?: boolean;
  /** Answers the exit code: 0 done, 1 the run failed or an invariant broke. Bad usage and input are thrown as InputError or NotFoundError (2). */
  run(context: CommandContext): Promise<number>;
}
