// What `npm run smoke` does on a stage: everything a marketing team does with one small set of lists, held against a laptop, and taken back.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { runCli } from "@bullseye/cli/run-cli";
import { usd } from "@bullseye/core/cost/amount";
import { costOf } from "@bullseye/core/cost/cost-of";
import { usageOfRun } from "@bullseye/core/cost/usage-objects";
import type { ListKind } from "@bullseye/core/lists/kinds";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";
import type { Ports } from "@bullseye/core/ports";

/** One thing that was tried, and how it went. */
export interface SmokeCheck {
  what: string;
  ok: boolean;
  said: string;
  seconds: number;
}

/** What the smoke test came to. */
export interface SmokeResult {
  checks: SmokeCheck[];
  /** What each run cost at list price, by the calls really made. */
  costs: Array<{ run: string; usd: number }>;
}

/** What the smoke test is given. */
export interface SmokeOptions {
  stage: string;
  /** Opened stage, for reading what commands do not print. */
  ports: Ports;
  /** The rules of the stage: the laptop runs under the same. */
  configuration: ConfigurationTexts;
  /** Files to drop, in order; each becomes a list of its own that begins with `smoke-`. */
  lists: ReadonlyArray<readonly [kind: ListKind, file: string]>;
  /** Seconds after which no further step is begun; taking back is begun all the same. */
  seconds: number;
  /** Told what is being tried. */
  onStep(what: string): void;
}

/** A step did not go as it should; the message says how. */
class Wrong extends Error {}

interface Audience {
  id: string;
  mode: string;
  hash: string | null;
  awaitingApproval: boolean;
  told: number;
  exported: number;
  withdrawn: number;
  push: { pushId: string } | null;
}
interface Run {
  runId: string;
  balanced: boolean;
  alreadyImported: boolean;
  asOf: string;
  rows: { in: number };
}

/** Lists of the smoke test bear this, so that what an interrupted one left is found again. */
const PREFIX = "smoke-";

/** Runs the smoke test. The stage must hold no accounts: scores depend on the whole base. */
export async function smoke(options: SmokeOptions): Promise<SmokeResult> {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-smoke-"));
  const home = join(folder, "home");
  const until = performance.now() + options.seconds * 1000;
  const checks: SmokeCheck[] = [];
  const on = (...words: string[]): Promise<unknown> => documentOf(folder, [...words, "--stage", options.stage]);

  /** Answers whether it went well; a step that did not is a line of the table and no end. */
  const step = async (what: string, work: () => Promise<string>): Promise<boolean> => {
    const began = performance.now();
    options.onStep(what);
    try {
      if (began > until) throw new Wrong(`not begun: ${options.seconds} s were over`);
      const said = await work();
      checks.push({ what, ok: true, said, seconds: (performance.now() - began) / 1000 });
      return true;
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      checks.push({ what, ok: false, said, seconds: (performance.now() - began) / 1000 });
      return false;
    }
  };

  const before = new Set((await options.ports.runs.runs()).map(({ runId }) => runId));
  try {
    mkdirSync(join(home, "config"), { recursive: true });
    for (const [name, text] of Object.entries(options.configuration)) writeFileSync(join(home, "config", `${name}.yaml`), text);
    if (await step("the stage is empty", () => empty(options.ports, on))) {
      const ran = await step("lists are dropped, taken up and run", () => runLists(options, on, folder, home));
      if (ran) {
        await step("accounts equal the laptop's", () => same(folder, home, options.stage, ["accounts"], () => {}));
        await step("contacts equal the laptop's", () => same(folder, home, options.stage, ["contacts"], withoutKeyedId));
        await step("the same bytes again change nothing", () => again(options, on));
        await step("every row is accounted for", () => balanced(on));
        await step("a file-mode audience is approved, written and confirmed", () => deliver(on));
      }
    }
  } finally {
    await takeBack(options, on, checks);
    rmSync(folder, { recursive: true, force: true });
  }
  const costs: SmokeResult["costs"] = [];
  for (const run of await options.ports.runs.runs()) {
    const usage = before.has(run.runId) ? null : await usageOfRun(options.ports, run);
    if (usage !== null) costs.push({ run: `${run.type} ${run.list ?? ""}`.trim(), usd: usd(costOf(usage).amount) });
  }
  return { checks, costs };
}

/** The document that a command prints; Wrong with its error where it fails. */
async function documentOf(cwd: string, words: readonly string[]): Promise<unknown> {
  let out = "";
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    colours: false,
    progressColumns: null,
    now: () => performance.now(),
  };
  const code = await runCli([...words, "--json", "--quiet"], { terminal, cwd, debug: false });
  const document = JSON.parse(out) as { error?: { message: string; hint?: string } };
  if (code === 0) return document;
  const { message, hint } = document.error ?? { message: `ended with ${code}` };
  throw new Wrong(`bullseye ${words[0]}: ${message}${hint === undefined ? "" : `; ${hint}`}`);
}

type On = (...words: string[]) => Promise<unknown>;

async function empty(ports: Ports, on: On): Promise<string> {
  for (const { id, versions } of await ports.runs.lists())
    if (id.startsWith(PREFIX) && versions.some(({ status }) => status === "standing" || status === "failed"))
      await on("lists", "undo", id);
  const accounts = await ports.accounts.count();
  if (accounts > 0) throw new Wrong(`it holds ${accounts} accounts: deploy a stage for the smoke test alone`);
  return "no accounts";
}

const listOf = (file: string): string => PREFIX + file.replace(/^.*[\\/]/, "").replace(/\.csv$/, "");

async function runLists({ lists }: SmokeOptions, on: On, folder: string, home: string): Promise<string> {
  let rows = 0;
  for (const [kind, file] of lists) {
    const drop = ["run", file, "--kind", kind, "--list", listOf(file), "--source", "first-party"];
    const [run] = ((await on(...drop)) as { runs: Run[] }).runs;
    if (!run?.balanced) throw new Wrong(`the run of ${file} does not balance`);
    await documentOf(folder, [...drop, "--home", home, "--as-of", run.asOf]);
    rows += run.rows.in;
  }
  return `${rows} rows in ${lists.length} lists`;
}

async function again({ lists }: SmokeOptions, on: On): Promise<string> {
  const [kind, file] = lists[0]!;
  const { runs } = (await on("run", file, "--kind", kind, "--list", listOf(file), "--source", "first-party")) as { runs: Run[] };
  if (!runs[0]?.alreadyImported) throw new Wrong(`${file} was imported twice`);
  return `${listOf(file)} was known`;
}

/** Contacts are known by a keyed hash, and every stage has a key of its own. */
function withoutKeyedId(entry: Record<string, unknown>): void {
  delete entry.id;
}

async function same(
  folder: string,
  home: string,
  stage: string,
  words: string[],
  adjust: (entry: Record<string, unknown>) => void,
): Promise<string> {
  const sides = [];
  for (const place of [
    ["--stage", stage],
    ["--home", home],
  ]) {
    const entries = (await documentOf(folder, [...words, ...place])) as Array<Record<string, unknown>>;
    for (const entry of entries) adjust(entry);
    sides.push(entries.map((entry) => JSON.stringify(entry)).sort());
  }
  const [there, here] = sides as [string[], string[]];
  if (isDeepStrictEqual(there, here)) return `${there.length} of ${here.length}`;
  const other = there.findIndex((entry, at) => entry !== here[at]);
  throw new Wrong(
    `${there.length} there, ${here.length} here; the first that differs: ${(there[other] ?? here[there.length])?.slice(0, 200)}`,
  );
}

async function balanced(on: On): Promise<string> {
  const {
    balanced: adds,
    runs,
    differences,
  } = (await on("reconcile")) as { balanced: boolean; runs: unknown[]; differences: string[] };
  if (!adds) throw new Wrong(differences.slice(0, 2).join("; "));
  return `${runs.length} runs add up`;
}

const audiencesOf = async (on: On): Promise<Audience[]> =>
  ((await on("audiences", "status")) as { audiences: Audience[] }).audiences;

/** Approves what waits of file-mode audiences, has it written, and says that it was uploaded. */
async function deliver(on: On): Promise<string> {
  const waiting = (await audiencesOf(on)).filter((each) => each.mode === "file" && each.awaitingApproval && each.hash !== null);
  for (const { hash } of waiting) await on("audiences", "approve", hash!);
  if (waiting.length > 0) await on("audiences", "push");
  let members = 0;
  for (const { mode, push, exported, withdrawn } of await audiencesOf(on)) {
    if (mode !== "file" || push === null || exported + withdrawn === 0) continue;
    await on("audiences", "confirm", push.pushId);
    members += exported;
  }
  const open = (await audiencesOf(on)).filter((each) => each.mode === "file" && each.exported + each.withdrawn > 0);
  if (open.length > 0) throw new Wrong(`${open.map(({ id }) => id).join(", ")} could not be confirmed`);
  return `${waiting.length} audiences, ${members} members`;
}

/** Withdraws the lists again, and tells the audiences so. */
async function takeBack(options: SmokeOptions, on: On, checks: SmokeCheck[]): Promise<void> {
  const began = performance.now();
  const what = "the lists are withdrawn again, and nobody is told of any more";
  options.onStep(what);
  try {
    const lists = (await options.ports.runs.lists()).filter(({ id }) => id.startsWith(PREFIX));
    for (const { id, versions } of lists.reverse())
      if (versions.some(({ status }) => status === "standing" || status === "failed")) await on("lists", "undo", id);
    await deliver(on);
    const accounts = await options.ports.accounts.count();
    if (accounts > 0) throw new Wrong(`${accounts} accounts are left`);
    const told = (await audiencesOf(on)).filter((each) => each.mode === "file" && each.told > 0);
    if (told.length > 0) throw new Wrong(`${told.map(({ id }) => id).join(", ")} still has members`);
    checks.push({ what, ok: true, said: `${lists.length} lists`, seconds: (performance.now() - began) / 1000 });
  } catch (error) {
    checks.push({ what, ok: false, said: (error as Error).message, seconds: (performance.now() - began) / 1000 });
  }
}
