import type { ParseArgsOptionsConfig } from "node:util";
import type { Home } from "@bullseye/local";
import type { Output } from "./output.ts";
import type { RunProgress } from "./run-progress.ts";

/** What a command is given. */
export interface CommandContext {
  /** Words behind the command (and its verb, where it has verbs). */
  args: string[];
  /** Parsed options, the common ones included. */
  values: Readonly<Record<string, string | boolean | string[] | undefined>>;
  /** `--home`, resolved. */
  homePath: string;
  /** `--as-of`, validated; undefined = today. */
  asOf: string | undefined;
  out: Output;
  /** Opens the home once (creating it where `create`), closed when the command ends. NotFoundError when there is none and it is not to be created. */
  home(options?: { create?: boolean }): Promise<Home>;
  /** Shows how far the workflow is; told by the home, titled by the command. */
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
  /** Answers the exit code: 0 done, 1 the run failed or an invariant broke. Bad usage and input are thrown as InputError or NotFoundError (2). */
  run(context: CommandContext): Promise<number>;
}
