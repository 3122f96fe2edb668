import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { InputError, NotFoundError } from "@bullseye/core/errors";
import type { Home } from "@bullseye/local";
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

/** What one call of the command line is given besides its words. */
export interface Invocation {
  terminal: Terminal;
  /** Directory that relative paths start from. */
  cwd: string;
  /** Print where an error came from. */
  debug: boolean;
  /** Told of the command once it is known, before it begins. */
  onCommand?(command: Command, out: TerminalOutput): void;
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
  if (values.stage !== undefined)
    throw new InputError("stages come with the AWS packages, which this version does not have yet", {
      hint: "leave --stage out to work in a home on this machine",
    });
  const homePath = resolve(invocation.cwd, typeof values.home === "string" ? values.home : ".bullseye");
  const context = new Context(args, values, homePath, asOfOf(values), workersOf(values), out);
  invocation.onCommand?.(command, out);
  try {
    return await command.run(context);
  } catch (error) {
    throw namingHome(error, homePath);
  } finally {
    out.progress("", 0, 0);
    await context.close();
  }
}

async function commandCalled(name: string): Promise<Command> {
  const entry = COMMANDS.find((each) => each.name === name);
  if (entry !== undefined) return entry.load();
  const names = COMMANDS.map((each) => each.name);
  throw new InputError(`there is no command ${name}`, { hint: meant(name, [...names, "help"], "bullseye help lists them") });
}

class Context implements CommandContext {
  readonly args: string[];
  readonly values: Values;
  readonly homePath: string;
  readonly asOf: string | undefined;
  readonly out: TerminalOutput;
  readonly #workers: number | undefined;
  progress?: NonNullable<CommandContext["progress"]>;
  #home: Promise<Home> | null = null;

  constructor(
    args: string[],
    values: Values,
    homePath: string,
    asOf: string | undefined,
    workers: number | undefined,
    out: TerminalOutput,
  ) {
    this.args = args;
    this.values = values;
    this.homePath = homePath;
    this.asOf = asOf;
    this.out = out;
    this.#workers = workers;
  }

  home(options: { create?: boolean } = {}): Promise<Home> {
    this.#home ??= this.#open(options.create === true);
    return this.#home;
  }

  async #open(create: boolean): Promise<Home> {
    const [{ Home }, { surroundings }, { RunProgress }] = await Promise.all([
      import("@bullseye/local"),
      import("./surroundings.ts"),
      import("./run-progress.ts"),
    ]);
    const path = this.homePath;
    if (existsSync(path) && !statSync(path).isDirectory())
      throw new InputError(`${path} is a file`, { hint: "--home names a directory" });
    if (!create && !Home.exists(path)) {
      this.#home = null;
      throw new NotFoundError(`nothing has been run in ${path} yet`, {
        hint: "bullseye run FILE runs a list; --home DIR names another home",
      });
    }
    const progress = new RunProgress(this.out);
    this.progress = progress;
    return new Home(path, {
      surroundings,
      surroundingsModule: SURROUNDINGS.href,
      workers: this.#workers,
      asOf: this.asOf,
      onProgress: (step) => progress.show(step),
    });
  }

  async close(): Promise<void> {
    const home = await this.#home?.catch(() => null);
    await home?.close();
  }
}

/** The version in the package's own manifest. */
function version(): string {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return manifest.version;
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
