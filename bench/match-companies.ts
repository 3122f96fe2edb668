import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { draw, FORMS, PLACES, SECOND, writeRows } from "./make-list.ts";
import { type Phase, phasesOf } from "./phases.ts";
import { benchFolder, measure } from "./processes.ts";

/**
 * Memory and time of the comparison of names over a base of companies, in a refresh on one thread, a process each:
 * `node bench/match-companies.ts --companies 50000,150000,500000`. One in four companies has no website, so that its name is compared with all others;
 * one in twenty-five is such a one that came before, in another spelling.
 */
const BULLSEYE = fileURLToPath(new URL("../packages/cli/bin/bullseye.mjs", import.meta.url));
/** One in so many has no website. */
const WEAK = 4;
/** One in so many repeats an earlier company in other letters. */
const REPEATS = 25;
/** Words that companies are called by; a few are in many names and most in few, as in Zipf's law. */
const WORDS = 40_000;
const SYLLABLES =
  "ba ber bra cor dal den dor el fal fer gar gen hal har il ka kel kro lan lin lo mar men mi nar nor o pal per qui ra rin ros sal sen so tal ter tri u va ver wal win za zen".split(
    " ",
  );

const HEADER = "Company,Website,Country,City";

const { values } = parseArgs({ options: { companies: { type: "string", default: "50000,150000,500000" } } });
const { folder, clean } = benchFolder("match");
try {
  print(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? "unknown"}`);
  print(" companies   accounts      joined     review    cpu of comparing  us of cpu/company  peak memory      wall   load");
  for (const companies of values.companies.split(",").map(Number)) await measureBase(companies);
} finally {
  clean();
}

async function measureBase(companies: number): Promise<void> {
  const home = join(folder, "home");
  const file = join(folder, "companies.csv");
  mkdirSync(join(home, "config"), { recursive: true });
  // The list itself is imported without a comparison, which is the refresh's.
  writeFileSync(join(home, "config", "matching.yaml"), `version: 1\ncompareInRun: 0\ncompareAtRefresh: ${companies + 1}\n`);
  writeRows(file, HEADER, companies, lineOf);
  await bullseye("run", file, "--kind", "accounts", "--home", home);
  const refresh = await bullseye("refresh", "--home", home, "--workers", "0");
  const { names } = refresh.run;
  if (names === undefined || names.put !== null) throw new Error(`names were not compared: ${JSON.stringify(names)}`);
  const phase = phasesOf(home, refresh.samples).find(({ name }) => name === "match-companies");
  if (!phase) throw new Error("match-companies left no trace of itself");
  print(resultOf(companies, refresh.run, phase));
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  rmSync(file);
}

interface RefreshRun {
  names?: { joined: number; review: number; put: string | null };
  tiers?: Record<string, number>;
}

async function bullseye(...args: string[]): Promise<{ run: RefreshRun; samples: Parameters<typeof phasesOf>[1] }> {
  const { code, stdout, stderr, samples } = await measure(process.execPath, [BULLSEYE, ...args, "--json", "--quiet"]);
  if (code !== 0) throw new Error(`bullseye ${args[0]} failed: ${stdout} ${stderr}`);
  const answer = JSON.parse(stdout) as { runs?: RefreshRun[] } & RefreshRun;
  return { run: answer.runs?.[0] ?? answer, samples };
}

function resultOf(companies: number, { names, tiers }: RefreshRun, { cpuSeconds, wallSeconds, peakBytes }: Phase): string {
  const accounts = Object.values(tiers ?? {}).reduce((sum, n) => sum + n, 0);
  const column = (value: number, width: number): string => value.toLocaleString("en-US").padStart(width);
  return (
    column(companies, 10) +
    column(accounts, 11) +
    column(names!.joined, 12) +
    column(names!.review, 11) +
    `${cpuSeconds.toFixed(1)} s`.padStart(20) +
    ((cpuSeconds / companies) * 1e6).toFixed(0).padStart(19) +
    `${Math.round(peakBytes / 1e6)} MB`.padStart(13) +
    `${wallSeconds.toFixed(0)} s`.padStart(10) +
    loadavg()[0]!.toFixed(1).padStart(7)
  );
}

/** One company of the list, the same for the same number: with a country and a town, most with a website. */
function lineOf(at: number): string {
  const repeats = at >= REPEATS && draw(at, 1, 1) % REPEATS === 0;
  const company = repeats ? draw(at, 2, 1) % at : at;
  const weak = repeats || draw(company, 3, 1) % WEAK === 0;
  const words = [word(company, 4), word(company, 5), SECOND[draw(company, 6, 1) % SECOND.length]!];
  const [country, city] = PLACES[draw(company, 7, 1) % PLACES.length]!;
  const website = weak ? "" : `${words[0]}-${words[1]}-${company.toString(36)}.example`;
  const name = repeats ? `${slip(words[0]!)} ${words[1]} ${words[2]}` : words.join(" ");
  return `${name} ${FORMS[draw(at, 8, 1) % FORMS.length]},${website.toLowerCase()},${country},${city}\n`;
}

/** A word of a company's name: the n-th of them once in n times. */
function word(company: number, property: number): string {
  const share = draw(company, property, 1) / 2 ** 32;
  const at = Math.floor(WORDS ** share);
  let rest = draw(at, 9, 1);
  let made = "";
  for (let n = 2 + (rest % 2); n > 0; n--) {
    made += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return `${made[0]!.toUpperCase()}${made.slice(1)}`;
}

/** A word with two letters in the other order. */
function slip(text: string): string {
  return `${text.slice(0, 2)}${text[3] ?? ""}${text[2] ?? ""}${text.slice(4)}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
