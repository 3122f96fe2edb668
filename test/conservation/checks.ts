import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { AccountItem } from "@bullseye/core/account/item";
import type { MemberRow } from "@bullseye/core/audiences/delivery";
import type { RunRecord } from "@bullseye/core/ledger/records";
import { SIMILAR_NAMES } from "@bullseye/core/lists/kinds";
import { attemptedEdges, currentMatching } from "@bullseye/core/operations/match-companies/state";
import { reconcile } from "@bullseye/core/queries/reconcile";
import type { LocalPorts } from "@bullseye/local/ports";
import { parse } from "csv-parse/sync";
import { leftovers, storeContent } from "../workflow/store-content.ts";
import type { RowFate } from "./files.ts";
import type { World, WorldFile } from "./worlds.ts";

/** A world at its end. */
export interface Ended {
  world: World;
  /** Commands in the order in which they began. */
  order: readonly number[];
  path: string;
  /** Runs may have failed, where others did their work. */
  mayFail: boolean;
  /** Its files, by path. */
  files: Readonly<Record<string, string>>;
  ports: LocalPorts;
  /** The file that a run was about, by its version id. */
  fileOf(versionId: string): WorldFile | undefined;
  /** Domains that the platform holds; null where it was told nothing. */
  told: string[] | null;
}

/** What does not add up, in words; empty where everything is conserved. */
export async function breaches(ended: Ended): Promise<string[]> {
  const runs = await ended.ports.runs.runs();
  return [
    ...unbalanced(ended.mayFail ? runs.filter(({ status }) => status !== "failed") : runs),
    ...(await reconcile(ended.ports)).differences.map((each) => `reconcile: ${each}`),
    ...miscounted(ended, runs),
    ...(await traces(ended)),
    ...(await wrongMembers(ended)),
    ...leftovers(ended.path).map((path) => `left behind: ${path}`),
  ];
}

function unbalanced(runs: readonly RunRecord[]): string[] {
  const found: string[] = [];
  for (const { runId, type, list, status, balanced, differences } of runs) {
    const name = `${type} run ${runId}${list === null ? "" : ` of ${list}`}`;
    if (status !== "done") found.push(`${name} is ${status}`);
    else if (!balanced || differences?.length !== 0) found.push(`${name} is not balanced: ${differences}`);
  }
  return found;
}

/** Which drops had to import their file, by what the generator knows: the hashes of the files, in order. */
function imports({ world, order }: Ended): string[] {
  const standing = new Map<string, string[]>();
  const imported: string[] = [];
  for (const index of order) {
    const command = world.commands[index]!;
    if (command.does === "undo" && command.file === undefined) standing.delete(command.list);
    else if (command.does === "undo")
      standing.set(
        command.list,
        (standing.get(command.list) ?? []).filter((hash) => hash !== world.files[command.file!]!.hash),
      );
    if (command.does !== "drop") continue;
    const { list, mode, hash } = world.files[command.file]!;
    const known = standing.get(list) ?? [];
    if (known.includes(hash)) continue;
    standing.set(list, mode === "append" ? [...known, hash] : [hash]);
    imported.push(`${list} ${hash}`);
  }
  return imported;
}

/** Holds the counts and the ledger of every run against what the generator wrote into its file. */
function miscounted(ended: Ended, runs: readonly RunRecord[]): string[] {
  const found: string[] = [];
  const expected = imports(ended).sort();
  const done = runs.filter(({ type, status, rows }) => type === "list" && status === "done" && rows !== undefined);
  const was = done.map(({ list, input }) => `${list} ${ended.fileOf(input.versionId)?.hash}`).sort();
  if (was.join() !== expected.join()) found.push(`imported were ${was}, and should have been ${expected}`);
  for (const run of done) {
    const file = ended.fileOf(run.input.versionId);
    if (file?.list !== run.list) found.push(`run ${run.runId} of ${run.list} is about no file that was dropped`);
    else if (file)
      found.push(...miscountedRun(ended, run, file).map((each) => `run ${run.runId} of ${file.list}/${file.name}: ${each}`));
  }
  return found;
}

const OUTCOMES: Readonly<Record<string, RowFate>> = {
  accepted: "used",
  merged: "used",
  rejected: "rejected",
  blank: "blank",
  footer: "footer",
};

function miscountedRun({ path: home, files }: Ended, run: RunRecord, { fates, different }: WorldFile): string[] {
  const found: string[] = [];
  const counts: Record<RowFate, number> = { used: 0, rejected: 0, blank: 0, footer: 0 };
  for (const fate of fates) counts[fate]++;
  const { in: all, accepted, merged, ...others } = run.rows!;
  const is = JSON.stringify({ in: all, used: accepted + merged, ...others });
  const should = JSON.stringify({ in: fates.length, ...counts });
  if (is !== should) found.push(`${is} rows, ${should} were written`);
  if (accepted > different) found.push(`${accepted} rows accepted, of ${different} that differ`);
  const ends = ledgerOf(home, files, run.runId);
  const sequence = ends.map(({ fate }) => fate);
  const first = fates.findIndex((fate, index) => fate !== sequence[index]);
  if (first >= 0 || sequence.length !== fates.length)
    found.push(
      `${sequence.length} rows in the ledger, ${fates.length} written; row ${first + 2} ended as ${sequence[first]}, not ${fates[first]}`,
    );
  if (new Set(ends.map(({ row }) => row)).size !== ends.length) found.push("rows ended twice");
  const rejects = run.rejects ? (parse(readFileSync(join(home, run.rejects))) as string[][]).length - 1 : 0;
  if (rejects !== counts.rejected) found.push(`${rejects} rows in the rejects file, ${counts.rejected} had to be`);
  return found;
}

/** Every end of a row in the ledger of a run, by row. */
function ledgerOf(home: string, files: Ended["files"], runId: string): Array<{ row: number; fate: RowFate | undefined }> {
  const ends: Array<{ row: number; fate: RowFate | undefined }> = [];
  for (const path of Object.keys(files).filter((each) => each.startsWith(`objects/ledger/${runId}/`)))
    for (const line of gunzipSync(readFileSync(join(home, path)))
      .toString("utf8")
      .split("\n")) {
      if (line === "") continue;
      const [row, outcome] = JSON.parse(line) as [number, string];
      if (row > 0) ends.push({ row, fate: OUTCOMES[outcome] });
    }
  return ends.sort((a, b) => a.row - b.row);
}

/** What the store still says of versions that do not stand, and of similar names that nobody noted. */
async function traces({ path, ports }: Ended): Promise<string[]> {
  const { lists = [], ...tables } = storeContent(path);
  const noted = [...((await currentMatching(ports))?.edges ?? []), ...(await attemptedEdges(ports))];
  const similar = new Set(noted.map((pair) => pair.join("|")));
  const standing = new Set<string>();
  for (const row of lists) {
    const list = JSON.parse(row.slice(row.indexOf("{"))) as { id: string; versions: Array<{ version: number; status: string }> };
    for (const { version, status } of list.versions) if (status === "standing") standing.add(`${list.id} ${version}`);
  }
  const found = new Set<string>();
  const look = (table: string, list: string, version: string | number): void => {
    if (!standing.has(`${list} ${version}`)) found.add(`${table} still hold version ${version} of ${list}`);
  };
  // A voucher keeps the version that gave it first.
  const known = new Set([...standing].map((each) => each.split(" ")[0]));
  for (const row of tables.aliases ?? []) {
    const [key, target, list] = row.split("|");
    if (list === SIMILAR_NAMES ? !similar.has(`${key}|${target}`) : !known.has(list)) found.add(`aliases still hold ${list}`);
  }
  for (const row of tables.facts ?? []) {
    const [, list, version] = /\|([^|]*)\|(\d+)\|\{/.exec(row)!;
    look("facts", list!, version!);
  }
  for (const row of tables.suppressions ?? []) {
    const [, list, , latest] = row.split("|");
    look("suppressions", list!, latest!);
  }
  for (const table of ["accounts", "parked"])
    for (const row of tables[table] ?? []) {
      const item = JSON.parse(row.slice(row.indexOf("{"), row.lastIndexOf("}") + 1)) as Pick<AccountItem, "groups">;
      for (const { st } of item.groups) for (const { l, v } of st) look(table, l, v);
    }
  for (const key of await ports.objects.list("personal/evidence/"))
    for (const line of gunzipSync(await ports.objects.get(key))
      .toString("utf8")
      .split("\n"))
      if (line !== "") look("kept evidence", key.split("/")[2]!, (JSON.parse(line) as { version: number }).version);
  return [...found];
}

/** Whether audiences hold each member once, and those that the accounts say. */
async function wrongMembers({ world, ports, path, told }: Ended): Promise<string[]> {
  const found: string[] = [];
  const accounts: AccountItem[] = [];
  for await (const item of ports.accounts.scan("", null, "all")) accounts.push(item);
  for (const audience of world.platform ? ["everyone", "told"] : ["everyone"]) {
    const pushes = await ports.audiences.pushes(audience);
    const members: MemberRow[] = [];
    for await (const member of ports.audiences.members(audience)) members.push(member);
    if (new Set(members.map(({ id }) => id)).size !== members.length) found.push(`${audience} has members twice`);
    const open = pushes.find(({ status }) => status !== "done" && status !== "superseded");
    if (open || pushes.length === 0) {
      if (open?.status === "queued" || open?.status === "parked")
        found.push(`${audience}: push ${open.pushId} is ${open.status}`);
      continue;
    }
    const there = members.filter(({ state }) => state !== "withdrawn" && state !== "removing");
    const wanted = new Map<string, AccountItem>();
    for (const item of accounts)
      if (item.result!.audiences.includes(audience) && item.result!.suppressed === undefined)
        wanted.set(item.result!.show.domain ?? item.id, item);
    const keys = new Set(there.map(({ account }) => domainOf(accounts, account)));
    if (keys.size !== there.length) found.push(`${audience} counts ${there.length - keys.size} companies more than once`);
    for (const key of keys) if (!wanted.has(key)) found.push(`${audience} has ${key}, which nobody wants`);
    for (const key of wanted.keys()) if (!keys.has(key)) found.push(`${audience} lacks ${key}`);
    const newest = pushes.find(({ status }) => status === "done");
    if (audience === "everyone" && newest) found.push(...wrongFile(path, newest.files, there));
    if (audience === "told" && told) {
      const domains = there.map(({ account }) => accounts.find(({ id }) => id === account)?.result?.show.domain ?? "").sort();
      if (told.join() !== domains.join()) found.push(`the platform holds ${told}, its members are ${domains}`);
    }
  }
  return found;
}

function domainOf(accounts: readonly AccountItem[], id: string): string {
  return accounts.find((item) => item.id === id)?.result?.show.domain ?? id;
}

/** The file of the newest push names every member once. */
function wrongFile(home: string, files: readonly string[], members: readonly MemberRow[]): string[] {
  const rows = files.flatMap((file) => parse(readFileSync(join(home, file)), { columns: true }) as Array<Record<string, string>>);
  const known = members.filter(({ state }) => state === "exported" || state === "confirmed");
  const sent = known.map(({ sent }) => (JSON.parse(sent!) as { name?: string }).name ?? "");
  const names = rows.map((row) => (row.companyname ?? "").replace(/^'/, ""));
  const found: string[] = [];
  if (names.length !== sent.length) found.push(`the file has ${names.length} rows for ${sent.length} members`);
  if (names.sort().join("|") !== sent.sort().join("|")) found.push("the file names others than the members");
  return found;
}
