import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Stage } from "@bullseye/aws/stage/stage";
import { InputError, NotFoundError } from "@bullseye/core/errors";
import {
  asOfOf,
  COMMON_DESCRIPTIONS,
  COMMON_OPTIONS,
  commandOf,
  meant,
  parseCommandLine,
  type Values,
  workersOf,
} from "./arguments.ts";
import type { Command, CommandContext } from "./command.ts";
import { COMMANDS } from "./commands/registry.ts";
import { failureLine, failureOf, namingHome } from "./failure.ts";
import { printable, type Terminal, TerminalOutput } from "./terminal-output.ts";
import { version } from "./version.ts";
import type { Workplace } from "./workplace.ts";

/** What one call of the command line is given besides its words. */
export interface Invocation {
  terminal: Terminal;
  /** Directory that relative paths start from. */
  cwd: string;
  /** Print where an error came from. */
  debug: boolean;
  /** Told of the command once it is known, before it begins. */
  onCommand?(command: Command, out: TerminalOutput, stage: string | null): void;
}

const SURROUNDINGS = new URL("./surroundings.ts", import.meta.url);

/** Runs one command line to its end and answers the exit code; never throws. */
export async function runCli(argv: readonly string[], invocation: Invocation): Promise<number> {
  const asked = (flag: string): boolean => argv.includes(`--${flag}`);
  const json = asked("json");
  const out = new TerminalOutput(invocation.terminal, { json, jsonl: !json && asked("jsonl"), quiet: asked("quiet") });
  try {
    return await dispatch(argv, invocation, out);
  } catch (error) {
    out.progress("", 0, 0);
    const failure = failureOf(error);
    const { name, message, hint } = failure;
    if (out.json && !out.documented) out.document({ error: { name, message, ...(hint === undefined ? {} : { hint }) } });
    else if (out.jsonl) out.line({ error: { name, message, ...(hint === undefined ? {} : { hint }) } });
    else invocation.terminal.err(`${printable(failureLine(failure))}\n`);
    if (invocation.debug) invocation.terminal.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return failure.code;
  }
}

async function dispatch(argv: readonly string[], invocation: Invocation, out: TerminalOutput): Promise<number> {
  const { name, rest } = commandOf(argv);
  if (name === null || name === "help") return help(name, rest, out);
  const command = await commandCalled(name);
  const { args, values } = parseCommandLine(name, rest, command.options);
  if (values.help === true) return helpFor(command, out);
  if (values.json === true && values.jsonl === true)
    throw new InputError("--json and --jsonl are two formats", { hint: "choose one" });
  const stage = stageOf(command, values);
  const homePath = resolve(invocation.cwd, typeof values.home === "string" ? values.home : ".bullseye");
  const context = new Context(
    args,
    values,
    { homePath, stage, asOf: asOfOf(values), workers: workersOf(values) },
    invocation,
    out,
  );
  invocation.onCommand?.(command, out, stage);
  try {
    return await command.run(context);
  } catch (error) {
    throw await context.naming(error);
  } finally {
    out.progress("", 0, 0);
    await context.close();
  }
}

/** `--stage`, where the command can do with it; null in a home. */
function stageOf(command: Command, values: Values): string | null {
  const { stage, home } = values;
  if (typeof stage !== "string") {
    if (command.stageOnly === true)
      throw new InputError(`bullseye ${command.name} works on a deployed stage`, { hint: "name it with --stage NAME" });
    return null;
  }
  if (command.homeOnly !== undefined)
    throw new InputError(`bullseye ${command.name} takes no --stage`, { hint: command.homeOnly });
  if (home !== undefined && command.homeAndStage !== true)
    throw new InputError("--home and --stage are two places", { hint: "name one of them" });
  return stage;
}

async function commandCalled(name: string): Promise<Command> {
  const entry = COMMANDS.find((each) => each.name === name);
  if (entry !== undefined) return entry.load();
  const names = COMMANDS.map((each) => each.name);
  throw new InputError(`there is no command ${name}`, { hint: meant(name, [...names, "help"], "bullseye help lists them") });
}

/** What the common options say of where and when. */
interface Place {
  homePath: string;
  stage: string | null;
  asOf: string | undefined;
  workers: number | undefined;
}

class Context implements CommandContext {
  readonly args: string[];
  readonly values: Values;
  readonly cwd: string;
  readonly homePath: string;
  readonly stage: string | null;
  readonly asOf: string | undefined;
  readonly out: TerminalOutput;
  readonly ask: CommandContext["ask"];
  readonly #workers: number | undefined;
  progress?: NonNullable<CommandContext["progress"]>;
  #place: Promise<Workplace> | null = null;
  #stage: Promise<Stage> | null = null;
  #named: string | null = null;

  constructor(args: string[], values: Values, place: Place, { terminal, cwd }: Invocation, out: TerminalOutput) {
    this.args = args;
    this.values = values;
    this.cwd = cwd;
    this.homePath = place.homePath;
    this.stage = place.stage;
    this.asOf = place.asOf;
    this.out = out;
    this.ask = terminal.ask ?? null;
    this.#workers = place.workers;
  }

  workplace(options: { create?: boolean } = {}): Promise<Workplace> {
    this.#place ??= this.stage === null ? this.#openHome(options.create === true) : this.openStage(this.stage);
    return this.#place;
  }

  /** The AWS SDK is loaded here and nowhere else: commands in a home start without it. */
  openStage(name: string, options: { mustExist?: boolean } = {}): Promise<Stage> {
    this.#named = name;
    this.#stage ??= this.#loadStage(name, options.mustExist ?? true);
    return this.#stage;
  }

  async #loadStage(name: string, mustExist: boolean): Promise<Stage> {
    const [{ Stage }, { surroundings }, { RunProgress }] = await Promise.all([
      import("@bullseye/aws/stage/stage"),
      import("./surroundings.ts"),
      import("./run-progress.ts"),
    ]);
    const progress = new RunProgress(this.out);
    this.progress = progress;
    return Stage.open(name, { surroundings, asOf: this.asOf, mustExist, onProgress: (step) => progress.show(step) });
  }

  /** An error in the words of the place where it happened. */
  async naming(error: unknown): Promise<unknown> {
    if (this.#named === null) return namingHome(error, this.homePath);
    return (await import("@bullseye/aws/stage/failures")).namingStage(error, this.#named);
  }

  async #openHome(create: boolean): Promise<Workplace> {
    const [{ Home }, { HomeWorkplace }, { surroundings }, { RunProgress }] = await Promise.all([
      import("@bullseye/local"),
      import("./home-workplace.ts"),
      import("./surroundings.ts"),
      import("./run-progress.ts"),
    ]);
    const path = this.homePath;
    if (existsSync(path) && !statSync(path).isDirectory())
      throw new InputError(`${path} is a file`, { hint: "--home names a directory" });
    if (!create && !Home.exists(path)) {
      this.#place = null;
      throw new NotFoundError(`nothing has been run in ${path} yet`, {
        hint: "bullseye run FILE runs a list; --home DIR names another home",
      });
    }
    const progress = new RunProgress(this.out);
    this.progress = progress;
    return new HomeWorkplace(path, {
      surroundings,
      surroundingsModule: SURROUNDINGS.href,
      workers: this.#workers,
      asOf: this.asOf,
      onProgress: (step) => progress.show(step),
    });
  }

  async close(): Promise<void> {
    for (const opened of new Set([this.#place, this.#stage])) await (await opened?.catch(() => null))?.close();
  }
}

async function help(name: string | null, rest: readonly string[], out: TerminalOutput): Promise<number> {
  const { args, values } = parseCommandLine("help", rest, {});
  const [about] = args;
  if (about !== undefined && about !== "help") return helpFor(await commandCalled(about), out);
  if (name === null && values.version === true) {
    if (out.json) out.document({ version: version() });
    else out.text(version());
    return 0;
  }
  if (name === null && values.help !== true && rest.some((word) => word !== "--json" && word !== "--jsonl"))
    throw new InputError("no command is named", { hint: "bullseye help lists them" });
  const commands: Command[] = [];
  for (const entry of COMMANDS) commands.push(await entry.load());
  if (out.json) {
    out.document({ commands: commands.map(({ name: each, summary, usage }) => ({ name: each, summary, usage })) });
    return 0;
  }
  out.text("Account lists in, scored accounts and ad audiences out.");
  out.text();
  out.text("usage: bullseye COMMAND [options]");
  out.text();
  const width = Math.max(...commands.map((command) => command.name.length));
  for (const command of commands) out.text(`  ${command.name.padEnd(width)}  ${command.summary}`);
  out.text();
  showOptions(out, "Every command takes:", COMMON_OPTIONS, COMMON_DESCRIPTIONS);
  out.text();
  out.text("bullseye help COMMAND says more about one of them.");
  return 0;
}

function helpFor(command: Command, out: TerminalOutput): number {
  if (out.json) {
    out.document({ name: command.name, summary: command.summary, usage: command.usage, options: Object.keys(command.options) });
    return 0;
  }
  out.text(command.summary);
  out.text();
  const lines = command.usage.split("\n");
  for (const [at, line] of lines.entries())
    out.text(`${at === 0 ? "usage: " : "       "}bullseye ${line.replace(/^bullseye /, "")}`);
  if (Object.keys(command.options).length > 0) {
    out.text();
    showOptions(out, "Options:", command.options, command.describe ?? {});
  }
  out.text();
  out.text("and those of every command: bullseye help");
  return 0;
}

function showOptions(
  out: TerminalOutput,
  title: string,
  options: Command["options"],
  describe: Readonly<Record<string, string>>,
): void {
  out.text(title);
  const width = Math.max(...Object.keys(options).map((name) => name.length));
  for (const name of Object.keys(options)) out.text(`  --${name.padEnd(width)}  ${describe[name] ?? ""}`.trimEnd());
}
