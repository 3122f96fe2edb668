import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { InputError } from "@bullseye/core/errors";
import { dayNumber } from "@bullseye/core/rules/day";
import { nearest } from "@bullseye/core/rules/nearest";

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  home: { type: "string" },
  stage: { type: "string" },
  "as-of": { type: "string" },
  json: { type: "boolean" },
  jsonl: { type: "boolean" },
  quiet: { type: "boolean" },
  yes: { type: "boolean" },
  workers: { type: "string" },
  version: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const satisfies ParseArgsOptionsConfig;

/** What `bullseye help` says of them. */
export const COMMON_DESCRIPTIONS: Readonly<Record<keyof typeof COMMON_OPTIONS, string>> = {
  home: "DIR   the home: inbox, store, outbox, reports, config (default .bullseye)",
  stage: "NAME  the same on a deployed stage",
  "as-of": "DATE  the day that counts as today, so that a run can be repeated",
  json: "one JSON document on standard output and nothing else there",
  jsonl: "one JSON object a line",
  quiet: "no progress and no notes",
  yes: "asks nothing",
  workers: "N     threads; 0 runs everything in one",
  version: "prints the version",
  help: "prints how a command is called",
};

const MOST_WORKERS = 64;

/** Parsed values by option name. */
export type Values = Readonly<Record<string, string | boolean | string[] | undefined>>;

/** `did you mean x?`, or what to do when no name is near. */
export function meant(written: string, names: Iterable<string>, otherwise: string): string {
  const name = nearest(written, names);
  return name === undefined ? otherwise : `did you mean ${name}?`;
}

const among = (written: string, names: readonly string[]): string => {
  const name = nearest(written, names);
  return `${name === undefined ? "" : `did you mean ${name}? `}there are ${names.join(", ")}`;
};

/** The command's name and the arguments without it; null when no command is named. Only common options may come before the name. */
export function commandOf(argv: readonly string[]): { name: string | null; rest: string[] } {
  const { tokens } = parseArgs({ args: [...argv], options: COMMON_OPTIONS, strict: false, allowPositionals: true, tokens: true });
  const at = tokens.find((token) => token.kind === "positional");
  for (const token of tokens) {
    if (at !== undefined && token.index >= at.index) break;
    if (token.kind === "option" && !(token.name in COMMON_OPTIONS))
      throw new InputError(`there is no option ${token.rawName}`, {
        hint: meant(
          dashed(token.rawName),
          flags(COMMON_OPTIONS),
          "options of a command come behind its name: bullseye help COMMAND",
        ),
      });
  }
  if (at === undefined) return { name: null, rest: [...argv] };
  return { name: at.value, rest: argv.filter((_, index) => index !== at.index) };
}

const flags = (options: ParseArgsOptionsConfig): string[] => Object.keys(options).map((name) => `--${name}`);
const dashed = (rawName: string): string => (rawName.startsWith("--") ? rawName : `-${rawName}`);

/** A word that is meant as a file: one dash and a dot within. */
const FILE_LIKE = /^-[^-=][^=]*\.\w+$/;

/** Parses what stands behind a command; throws the InputError that names the option and what to write instead. */
export function parseCommandLine(
  name: string,
  rest: readonly string[],
  own: ParseArgsOptionsConfig,
): { args: string[]; values: Values } {
  const options: ParseArgsOptionsConfig = { ...COMMON_OPTIONS, ...own };
  const { values, positionals, tokens } = parseArgs({
    args: [...rest],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = options[token.name];
    if (option === undefined) {
      throw new InputError(`bullseye ${name} has no option ${token.rawName}`, {
        hint: FILE_LIKE.test(rest[token.index] ?? "")
          ? `write a file of that name as ./${rest[token.index]}`
          : meant(dashed(token.rawName), flags(options), `bullseye help ${name} lists them`),
      });
    }
    if (option.type === "boolean") {
      if (token.value !== undefined)
        throw new InputError(`${token.rawName} takes no value`, { hint: `write ${token.rawName} alone` });
    } else if (token.value === undefined || token.value === "" || (!token.inlineValue && /^--?[a-z]/i.test(token.value))) {
      throw new InputError(`${token.rawName} needs a value`, { hint: `bullseye help ${name} says which` });
    }
  }
  return { args: positionals, values: values as Values };
}

/** `--as-of`, a day that exists. */
export function asOfOf(values: Values): string | undefined {
  const day = values["as-of"];
  if (typeof day !== "string") return undefined;
  const days = dayNumber(day);
  if (Number.isNaN(days) || new Date(days * 86_400_000).toISOString().slice(0, 10) !== day)
    throw new InputError(`--as-of ${day} is no day`, { hint: "write it as 2026-03-31" });
  return day;
}

/** `--workers`; undefined where the home decides. */
export function workersOf(values: Values): number | undefined {
  const { workers } = values;
  if (typeof workers !== "string") return undefined;
  if (!/^\d{1,3}$/.test(workers) || Number(workers) > MOST_WORKERS)
    throw new InputError(`--workers ${workers} is no number of threads`, { hint: `write 0 to ${MOST_WORKERS}` });
  return Number(workers);
}

/** One of several words given as an option; throws the InputError that names them. */
export function choiceOf<T extends string>(values: Values, option: string, choices: readonly T[]): T | undefined {
  const value = values[option];
  if (value === undefined) return undefined;
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new InputError(`--${option} ${String(value)} is unknown`, { hint: among(String(value), choices) });
}

/** The verb of a command with verbs; the first one when none is given. */
export function verbOf<T extends string>(
  name: string,
  args: readonly string[],
  verbs: readonly [T, ...T[]],
): { verb: T; args: string[] } {
  const [word, ...rest] = args;
  if (word === undefined) return { verb: verbs[0], args: [] };
  const verb = verbs.find((each) => each === word);
  if (verb !== undefined) return { verb, args: rest };
  throw new InputError(`bullseye ${name} ${word} is unknown`, { hint: among(word, verbs) });
}

/** Throws when more or fewer words than expected stand behind a command. */
export function expectWords(name: string, args: readonly string[], least: number, most: number, what: string): void {
  if (args.length < least) throw new InputError(`bullseye ${name} needs ${what}`, { hint: `bullseye help ${name} shows how` });
  if (args.length > most)
    throw new InputError(`bullseye ${name} does not know what to do with ${args[most]}`, {
      hint: `bullseye help ${name} shows how it is called`,
    });
}
