import { gunzipSync, gzipSync } from "node:zlib";
import { InputError } from "../errors.ts";
import { placeOf, standingVersions } from "../ledger/list-versions.ts";
import type { Correction, ListRecord, ListVersion } from "../ledger/records.ts";
import { headerSignature } from "../lists/mapping/header.ts";
import { comparedText, type RejectsFile } from "../lists/rejects-file.ts";
import type { Ports } from "../ports.ts";
import { ledgerTexts, rowEnds } from "./ledger-lines.ts";
import { type RunContext, readJson, runKey, writeJson } from "./run-context.ts";

type Reading = Pick<Ports, "objects" | "digest">;

/** Rows whose corrections lie in one object [design]. */
const BLOCK_ROWS = 4_096;

/** Cells of rows that came back corrected, by row; null where a row was corrected in two ways. */
export type CorrectedRows = Map<number, string[] | null>;

/** A version of a list and the list. */
export interface CorrectedVersion {
  list: ListRecord;
  version: ListVersion;
  /** By what answers about its columns are found (`headerSignature`). */
  signature: string;
}

const folderOf = (list: string): string => `personal/corrections/${list}/`;

/** Hex digits of a mark [design]: 16 bits tell the files apart that a row may have come from, and are far too few to tell what a record said. */
const MARK_DIGITS = 4;

/** The mark in the ledger by which a rejected record is known again when it comes back. */
export const markOf = (digest: Pick<Ports["digest"], "id">, text: string): string =>
  digest.id(comparedText(text)).slice(0, MARK_DIGITS);

/**
 * The standing version from which these rejects came: one with the same columns in which every one of these rows was rejected, of several
 * the one with the same records in them. InputError where there is none, or where lists are alike.
 */
export async function findCorrected(
  ports: Reading,
  rejects: RejectsFile,
  lists: readonly ListRecord[],
  fileName: string,
): Promise<CorrectedVersion> {
  // Of columns without names only their number is known here: rejected cells do not tell the kinds of the others.
  const header = headerSignature(rejects.header, []);
  const found: Array<CorrectedVersion & { alike: number }> = [];
  let near: { list: string; row: number } | null = null;
  for (const list of lists) {
    for (const version of standingVersions(list)) {
      const { table } = await readJson<RunContext>(ports, runKey(version.runId, "context.json"));
      if (table === null || headerSignature(table.header, []) !== header) continue;
      const matched = await matchedRows(ports, rejects, placeOf(list, version));
      if (typeof matched === "number") found.push({ list, version, signature: table.mapping.signature, alike: matched });
      else near = { list: list.id, row: matched.missing };
    }
  }
  const most = Math.max(...found.map(({ alike }) => alike));
  const best = found.filter(({ alike }) => alike === most);
  const [id, ...others] = [...new Set(best.map(({ list }) => list.id))];
  if (id === undefined)
    throw new InputError(
      near === null
        ? `${fileName} holds rejected rows, and no list that stands has their columns`
        : `${fileName}: row ${near.row} of the list "${near.list}" was not rejected`,
      { hint: "keep the header and the column _row as they came, or drop the corrected list itself" },
    );
  if (others.length > 0)
    throw new InputError(`${fileName} holds rejected rows that fit the lists ${[id, ...others].join(", ")}`, {
      hint: "say which one they came from with --list",
    });
  return best.at(-1)!;
}

/** How many of the records are known by their marks, or by their reasons where no mark is kept; the row that was never rejected otherwise. */
async function matchedRows(
  ports: Reading,
  { records }: RejectsFile,
  versions: readonly ListVersion[],
): Promise<number | { missing: number }> {
  const wanted = new Map<number, { marks: Set<string>; reasons: Set<string>; rejected: boolean; alike: boolean }>();
  for (const { row, text, reason } of records) {
    const known = wanted.get(row) ?? { marks: new Set(), reasons: new Set(), rejected: false, alike: false };
    known.marks.add(markOf(ports.digest, text));
    known.reasons.add(reason);
    wanted.set(row, known);
  }
  for (const { runId } of versions)
    for await (const { text } of ledgerTexts(ports, runId, "import"))
      for (const end of rowEnds(text)) {
        const row = end.outcome === "rejected" ? wanted.get(end.row) : undefined;
        if (!row) continue;
        row.rejected = true;
        if (end.mark === undefined ? row.reasons.has(end.reason ?? "") : row.marks.has(end.mark)) row.alike = true;
      }
  let alike = 0;
  for (const [row, { rejected, alike: known }] of wanted) {
    if (!rejected) return { missing: row };
    if (known) alike++;
  }
  return alike;
}

/** What a rejects file corrects: rows that occur twice with the same cells are one, with different ones they are corrected by neither. */
export function correctedRows({ records }: RejectsFile): { rows: CorrectedRows; repeated: number; twice: number } {
  const rows: CorrectedRows = new Map();
  const first = new Map<number, string>();
  let [repeated, twice] = [0, 0];
  for (const { row, cells } of records) {
    const text = JSON.stringify(cells);
    const known = first.get(row);
    if (known === undefined) {
      first.set(row, text);
      rows.set(row, cells);
    } else if (known === text) repeated++;
    else {
      rows.set(row, null);
      twice++;
    }
  }
  return { rows, repeated, twice };
}

/** Stores the corrections of a run, those before it included; answers the prefix of their objects. */
export async function storeCorrections(ports: Ports, list: string, runId: string, rows: CorrectedRows): Promise<string> {
  const prefix = `${folderOf(list)}${runId}/`;
  const blocks = new Map<number, string[]>();
  for (const [row, cells] of [...rows].sort((a, b) => a[0] - b[0])) {
    const block = Math.floor(row / BLOCK_ROWS);
    const lines = blocks.get(block) ?? [];
    lines.push(`${JSON.stringify([row, cells])}\n`);
    blocks.set(block, lines);
  }
  for (const [block, lines] of blocks)
    await ports.objects.put(`${prefix}${String(block).padStart(10, "0")}.jsonl.gz`, gzipSync(lines.join(""), { level: 1 }));
  return prefix;
}

/** The corrections of rows `from` to `to`; `keys` are all objects that hold some. */
export async function readCorrections(
  ports: Reading,
  keys: readonly string[],
  from = 0,
  to = Number.POSITIVE_INFINITY,
): Promise<CorrectedRows> {
  const rows: CorrectedRows = new Map();
  for (const key of keys) {
    const block = Number(/(\d{10})\.jsonl\.gz$/.exec(key)?.[1]);
    if ((block + 1) * BLOCK_ROWS <= from || block * BLOCK_ROWS > to) continue;
    for (const line of gunzipSync(await ports.objects.get(key))
      .toString("utf8")
      .split("\n")) {
      if (line === "") continue;
      const [row, cells] = JSON.parse(line) as [number, string[] | null];
      rows.set(row, cells);
    }
  }
  return rows;
}

/** Takes away the corrections that no version reads any more. */
export async function clearCorrections(ports: Ports, list: ListRecord): Promise<void> {
  const needed = list.versions.flatMap(({ status, correction }) =>
    correction && (status === "standing" || status === "running") ? [correction.key] : [],
  );
  for (const key of await ports.objects.list(folderOf(list.id)))
    if (!needed.some((prefix) => key.startsWith(prefix))) await ports.objects.remove(key);
}

/** Which rows the dropped file of a correction named, and how often more than once. */
interface CorrectedNote {
  version: number;
  rows: number[];
  repeated: number;
  twice: number;
}

const noteKey = (runId: string): string => runKey(runId, "corrected.json");

/** Whether a run read rejects that came back. */
export const isCorrection = async (ports: Pick<Ports, "objects">, runId: string): Promise<boolean> =>
  (await ports.objects.size(noteKey(runId))) !== null;

/** Notes what a correction named, for the sums at the end of its run. */
export const noteCorrected = (ports: Ports, runId: string, note: CorrectedNote): Promise<void> =>
  writeJson(ports, noteKey(runId), note);

/** The rows of a correction by where they ended, counted in the ledger; null for a run that is none. */
export async function correctionCounts(ports: Ports, runId: string) {
  if (!(await isCorrection(ports, runId))) return null;
  const { version, rows: named, repeated, twice } = await readJson<CorrectedNote>(ports, noteKey(runId));
  const mine = new Set(named);
  const rows = { in: repeated + twice, accepted: 0, merged: repeated, rejected: twice, blank: 0, footer: 0 };
  for (const stage of ["import", "rows"] as const)
    for await (const { text } of ledgerTexts(ports, runId, stage))
      for (const end of rowEnds(text)) {
        if (!mine.has(end.row)) continue;
        rows.in++;
        rows[end.outcome]++;
      }
  return { version, rows };
}

/** Where the bytes lie that a version was read from, and their name; InputError where they are not kept any more. */
export async function bytesOfVersion(
  ports: Ports,
  version: ListVersion,
): Promise<{ key: string; versionId: string; pinned: string; size: number }> {
  const run = version.correction ? null : await ports.runs.run(version.runId);
  const from: Correction["from"] | null =
    version.correction?.from ?? (run?.input.key ? { key: run.input.key, versionId: run.input.versionId } : null);
  const pinned = from === null ? "" : await ports.objects.pinned(from.key, from.versionId);
  const size = from === null ? null : await ports.objects.size(pinned);
  if (from === null || size === null)
    throw new InputError(`the file ${version.file} is not kept any more, so its rejected rows cannot be put into their places`, {
      hint: "correct the list itself and drop that",
    });
  return { ...from, pinned, size };
}
