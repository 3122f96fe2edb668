import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "@bullseye/core/errors";
import { LIST_KINDS, type ListKind, PATCH_KINDS } from "@bullseye/core/lists/kinds";
import { headerSignature } from "@bullseye/core/lists/mapping/header";
import type { ListMapping } from "@bullseye/core/lists/mapping/list-mapping";
import { mapColumns } from "@bullseye/core/lists/mapping/map-columns";
import { type ColumnAnswer, type MappingFile, nextMapping } from "@bullseye/core/lists/mapping/mapping-file";
import { newestMapping, saveMapping } from "@bullseye/core/operations/mapping-files";
import type { ObjectStore, Ports } from "@bullseye/core/ports";
import { many } from "@bullseye/core/report/wording";
import { Home, NOWHERE, prepareDrop, readMatching } from "@bullseye/local";
import { choiceOf, expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";
import { type Resolution, type ResolvedRow, resolvedRows } from "../company-resolution.ts";
import type { Output } from "../output.ts";
import { formatOf, JsonArray } from "../record-formats.ts";
import { likelyAnswers, unknownColumns } from "../resolve-columns.ts";
import { surroundings } from "../surroundings.ts";
import { openTable, type TableFile } from "../table-file.ts";

const LEVELS = ["auto", "company", "site"] as const;
/** Companies of several rows that people are shown. */
const SHOWN = 30;
/** Pairs to look at that people are shown. */
const SHOWN_REVIEW = 15;

/** Runs `work` on a home of its own under the system's temporary folder, which is gone afterwards whatever happens. */
async function inThrowAwayHome<T>(asOf: string | undefined, work: (home: Home) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), "bullseye-resolve-"));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once("exit", remove);
  let home: Home | null = null;
  try {
    // Names are compared afterwards, within the file and by what is rare in it.
    mkdirSync(join(path, "config"));
    writeFileSync(join(path, "config", "matching.yaml"), "compareInRun: 0\n");
    home = new Home(path, { surroundings, surroundingsModule: "", workers: 0, asOf });
    return await work(home);
  } finally {
    await home?.close();
    remove();
    process.removeListener("exit", remove);
  }
}

/** Has the file read as was decided about its header in a home, and where nothing was decided as is likeliest; answers what that is. */
async function settleColumns(
  home: Home,
  table: TableFile,
  given: ListKind | undefined,
  decided: ObjectStore | null,
): Promise<string[]> {
  const { header, rows } = table.shape;
  const { digest, clock, objects } = home.ports;
  const signature = digest.id(headerSignature(header, rows));
  const known = decided && (await newestMapping(decided, signature, given));
  const decide = (kind: ListKind, answers: readonly ColumnAnswer[]): MappingFile | null =>
    nextMapping(known, { signature, kind, version: 1, at: clock.now(), answers });
  const map = (answers: MappingFile | null): ListMapping =>
    mapColumns({ header, sample: rows, kind: given, fileName: table.fileName, source: { origin: "unknown" }, answers });
  const likely: ColumnAnswer[] = [];
  let mapping: ListMapping;
  try {
    mapping = map(known);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const kind = given ?? "accounts";
    likely.push(...likelyAnswers({ kind, columns: unknownColumns(header) }, rows).filter(({ field }) => field === "name"));
    if (likely.length === 0) return [];
    mapping = map(decide(kind, likely));
  }
  if (!PATCH_KINDS.has(mapping.kind)) return [];
  likely.push(...likelyAnswers(mapping, rows));
  const settled = likely.length > 0 ? decide(mapping.kind, likely) : known;
  if (settled) await saveMapping(objects, settled);
  return likely.map(({ position, field }) => `"${header[position]}" as ${field}`);
}

async function show(out: Output, { rows, review, level }: Resolution, ports: Ports): Promise<void> {
  const companies = new Map<string, ResolvedRow[]>();
  for (const each of rows) {
    if (each.accountId === null) continue;
    const same = companies.get(each.accountId);
    if (same) same.push(each);
    else companies.set(each.accountId, [each]);
  }
  const rejected = rows.filter((each) => each.accountId === null);
  out.text(
    `${many(rows.length - rejected.length, "row")} are ${many(companies.size, level === "site" ? "place" : "company", level === "site" ? "places" : "companies")}${rejected.length > 0 ? `; ${many(rejected.length, "row")} name none` : ""}.`,
  );
  const several = [...companies]
    .filter(([, same]) => same.length > 1)
    .sort((a, b) => b[1].length - a[1].length || a[1][0]!.row - b[1][0]!.row);
  if (several.length > 0) await showCompanies(out, several, ports);
  if (review.length === 0) return;
  out.text();
  out.text(
    `${many(review.length, "pair")} may be the same and ${review.length === 1 ? "stays" : "stay"} apart; somebody should look:`,
  );
  out.table(
    ["rows", "sure", "why"],
    review
      .slice(0, SHOWN_REVIEW)
      .map(({ a, b, confidence, reasons }) => [`${a} ${b}`, confidence.toFixed(2), reasons.join("; ")]),
  );
}

async function showCompanies(out: Output, several: ReadonlyArray<[string, ResolvedRow[]]>, ports: Ports): Promise<void> {
  const shown = several.slice(0, SHOWN);
  const items = await ports.accounts.accounts(shown.map(([id]) => id).sort());
  out.text();
  out.table(
    ["company", "rows", "which", "joined by"],
    shown.map(([id, same]) => {
      const { name, domain } = items.get(id)?.result?.show ?? { name: null, domain: null };
      return [
        name ?? domain ?? id,
        same.length,
        same.map(({ row }) => row).join(" "),
        [...new Set(same.map(({ method }) => method))].sort().join(", "),
      ];
    }),
  );
  if (several.length > SHOWN)
    out.note(`${many(several.length - SHOWN, "more company", "more companies")} of several rows; --jsonl tells all`);
}

export const resolveCommand: Command = {
  name: "resolve",
  summary: "says which rows of a file are the same company; changes nothing",
  usage: "resolve FILE [--kind KIND] [--level LEVEL] [--json | --jsonl]",
  homeOnly: "it looks at a file of this machine and needs no stage; leave --stage out",
  options: { kind: { type: "string" }, level: { type: "string" } },
  describe: {
    kind: `KIND  ${[...PATCH_KINDS].join(", ")}; by default what the header says`,
    level: `LEVEL  ${LEVELS.join(", ")}: what counts as one; by default a file of addresses with few websites is one of sites`,
  },
  async run(context) {
    const { args, values, asOf, out, homePath } = context;
    expectWords("resolve", args, 1, 1, "a file");
    const format = formatOf(values);
    const file = args[0]!;
    const kind = choiceOf(values, "kind", LIST_KINDS);
    const options = { ...readMatching(homePath), level: choiceOf(values, "level", LEVELS) ?? "auto" };
    const table = await openTable(file);
    const decided = Home.exists(homePath) ? (await context.workplace()).ports.objects : null;
    return inThrowAwayHome(asOf, async (home) => {
      const likely = await settleColumns(home, table, kind, decided);
      const drop = await prepareDrop({ file, kind }, { ...NOWHERE, ports: home.ports });
      if (!PATCH_KINDS.has(drop.kind))
        throw new InputError(`${drop.fileName} holds ${drop.kind}, which are no companies to resolve`, {
          hint: `--kind says what it is where that is wrong: ${[...PATCH_KINDS].join(", ")}`,
        });
      out.progress(`resolving ${drop.fileName}`, 0, 1);
      const { run } = await home.run(drop);
      const resolution = await resolvedRows(home.ports, run.runId, options);
      const { rows } = resolution;
      out.progress("", 0, 0);
      if (likely.length > 0) out.note(`read as is likeliest: ${likely.join(", ")}; bullseye inspect settles it`);
      const array = new JsonArray(out);
      if (format === "jsonl") for (const row of rows) out.line(row);
      else if (format === "json") {
        for (const row of rows) array.add(row);
        array.end();
      } else await show(out, resolution, home.ports);
      return 0;
    });
  },
};
