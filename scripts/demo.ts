// The product in a minute: drops the sample lists into a fresh home and shows what came of them. Run by `npm run demo`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { failureLine, failureOf } from "@bullseye/cli/failure";
import type { Output } from "@bullseye/cli/output";
import { RunProgress } from "@bullseye/cli/run-progress";
import { surroundings } from "@bullseye/cli/surroundings";
import { TerminalOutput } from "@bullseye/cli/terminal-output";
import { InputError } from "@bullseye/core/errors";
import type { ListKind } from "@bullseye/core/lists/kinds";
import { Home, type RunOutcome, writeExamples } from "@bullseye/local";
import { showAudiencePlans, showBase, showNext, showRuns } from "./demo-results.ts";
import { ROOT } from "./node24.mjs";

/** The day on which the sample lists end. */
const AS_OF = "2026-11-20";
/** A file that tells a home of the demo from a person's own; its last line is the hash of the rules that the demo wrote. */
const MARKER = "demo";
/** What a run leaves in a home. */
const MADE = new Set([MARKER, "config", "inbox", "journal", "objects", "outbox", "rejects", "reports", "events.jsonl", "tmp"]);

/** The sample lists under events/lists, in the order in which they tell most. */
const LISTS: ReadonlyArray<readonly [kind: ListKind, file: string]> = [
  ["reference", "firmographics.csv"],
  ["accounts", "crm-accounts.csv"],
  ["accounts", "hubspot-companies.csv"],
  ["contacts", "contacts.csv"],
  ["orders", "shop-orders.csv"],
  ["deals", "hubspot-deals.csv"],
  ["suppressions", "do-not-target.csv"],
];

/** What a person has put into a home of the demo, in words. */
function putIn(home: string): string[] {
  const own = new Set(LISTS.map(([kind, file]) => `${kind}/${file.slice(0, -".csv".length)}`));
  const inbox = join(home, "inbox");
  const kinds = existsSync(inbox) ? readdirSync(inbox, { withFileTypes: true }).filter((kind) => kind.isDirectory()) : [];
  const lists = kinds.flatMap((kind) => readdirSync(join(inbox, kind.name)).map((list) => `${kind.name}/${list}`));
  const found = lists.filter((list) => !own.has(list)).map((list) => `inbox/${list}`);
  found.push(...readdirSync(home).filter((entry) => !MADE.has(entry) && !entry.startsWith("store.sqlite")));
  if (!readFileSync(join(home, MARKER), "utf8").includes(rulesHash(home))) found.push("changed rules in config");
  return found;
}

/** The hash of all files under `config`. */
function rulesHash(home: string): string {
  const config = join(home, "config");
  const hash = createHash("sha256");
  for (const name of existsSync(config) ? readdirSync(config).sort() : [])
    hash.update(`${name}\n`).update(readFileSync(join(config, name)));
  return hash.digest("hex");
}

/** Makes room for the demo: an earlier demo goes, anything else stays and stops it. */
function freshHome(path: string): void {
  const entries = existsSync(path) ? readdirSync(path) : [];
  const aside = "move it aside, or give another place: npm run demo -- --home DIR";
  if (entries.length > 0) {
    if (!entries.includes(MARKER)) throw new InputError(`${path} is not a home of the demo`, { hint: aside });
    const mine = putIn(path);
    if (mine.length > 0)
      throw new InputError(`${path} holds something of yours (${mine.slice(0, 3).join(", ")})`, { hint: aside });
    rmSync(path, { recursive: true });
  }
  mkdirSync(path, { recursive: true });
  writeExamples(path);
  writeFileSync(join(path, MARKER), `Made by npm run demo, which removes it when it runs again.\n${rulesHash(path)}\n`);
}

async function runLists(home: Home, progress: RunProgress): Promise<RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  for (const [kind, file] of LISTS) {
    const drop = await home.prepare({ file: join(ROOT, "events", "lists", kind, file), kind });
    progress.begin(file, home);
    outcomes.push(await home.run(drop));
    progress.end();
  }
  return outcomes;
}

function heading(out: Output, text: string): void {
  out.text();
  out.text(out.colours ? `\u001b[1m${text}\u001b[22m` : text);
}

async function demo(path: string, out: TerminalOutput): Promise<void> {
  const below = relative(process.cwd(), path);
  const shown = below.startsWith("..") ? path : below || ".";
  freshHome(path);
  const progress = new RunProgress(out);
  const home = new Home(path, {
    surroundings,
    surroundingsModule: import.meta.resolve("@bullseye/cli/surroundings"),
    asOf: AS_OF,
    onProgress: (step) => progress.show(step),
  });
  try {
    out.text(`Bullseye demo: ${LISTS.length} sample lists of events/lists into a fresh home, ${shown}, as of ${AS_OF}.`);
    const outcomes = await runLists(home, progress);
    heading(out, "Where every row went");
    showRuns(out, outcomes);
    await showBase(out, home, (text) => heading(out, text));
    heading(out, "What the ad platforms are to know");
    const waiting = await showAudiencePlans(out, home, outcomes.at(-1)!.run);
    heading(out, "Where to look");
    const places = [...new Set(outcomes.flatMap(({ run }) => run.rejects ?? []))].map((key) => [
      "rows that could not be used",
      key,
    ]);
    const reports = [outcomes[1]!, outcomes.at(-1)!].map(({ run }) => ["report", run.report ?? ""]);
    for (const [what, key] of [...places, ...reports]) out.text(`  ${what!.padEnd(28)} ${join(shown, key!)}`);
    out.text(`  ${"upload files".padEnd(28)} ${join(shown, "outbox")}/`);
    heading(out, "What to try next");
    await showNext(out, home, shown === ".bullseye" ? "" : ` --home ${shown}`, waiting);
  } finally {
    progress.end();
    await home.close();
  }
}

const { stdout, stderr } = process;
const out = new TerminalOutput(
  {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    colours: stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb",
    progressColumns: stderr.isTTY === true && process.env.TERM !== "dumb" ? (stderr.columns ?? 80) : null,
    now: () => performance.now(),
  },
  { json: false, jsonl: false, quiet: false },
);
try {
  const { values } = parseArgs({ options: { home: { type: "string" } } });
  await demo(values.home === undefined ? join(ROOT, ".bullseye") : resolve(values.home), out);
} catch (error) {
  const failure = failureOf(error);
  stderr.write(`demo: ${failureLine(failure)}\n`);
  process.exitCode = failure.code;
}
