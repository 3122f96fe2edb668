import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { rankOf } from "../ledger/list-versions.ts";
import { isFileOf, type ListRecord, type ListVersion, type RunRecord } from "../ledger/records.ts";
import { compileMapper, isRejection } from "../lists/mapping/compile-mapper.ts";
import { transcoded } from "../lists/reading/dialect.ts";
import { transcodeToUtf8 } from "../lists/reading/encoding.ts";
import { READING_LIMITS } from "../lists/reading/limits.ts";
import { readRecords } from "../lists/reading/record-reader.ts";
import { firstDataRecord, rowOf } from "../lists/reading/row-number.ts";
import { splitRanges } from "../lists/reading/split.ts";
import { describeTable } from "../lists/reading/table.ts";
import { withoutRejects } from "../lists/rejects-file.ts";
import { parseSidecar, type Sidecar } from "../lists/sidecar.ts";
import { bytesOf, chunksOf, sourceOf } from "../lists/unpacking/byte-source.ts";
import { plainTable } from "../lists/unpacking/unpacked.ts";
import { isCorrection } from "../operations/corrections.ts";
import { ledgerTexts, rowEnds } from "../operations/ledger-lines.ts";
import { type RunContext, readJson, runKey, type TableContext, versionKey } from "../operations/run-context.ts";
import type { Ports } from "../ports.ts";
import type { Found } from "./found.ts";
import { mayName, type RecordTest, recordTest } from "./record-test.ts";

/** One place from which something was taken, and how many of it. */
export interface Removed {
  where: string;
  n: number;
}

/** Rows of one run that named who is erased. */
export interface ErasedRows {
  run: string;
  rows: number[];
}

/** What was taken out, and the rows that named who is erased. */
export interface Redacted {
  removed: Removed[];
  rows: ErasedRows[];
}

/**
 * Empties, in the kept copies of dropped files, every record that names who is erased. Records keep their numbers, and a copy counts as the
 * same version of its list. Workbooks and archives become the plain table that was read of them. The caller lets no run begin meanwhile.
 * `only`: the files of which runs are looked at.
 */
export async function redactInbox(
  ports: Ports,
  found: Found,
  corrected: readonly ErasedRows[],
  only: (run: RunRecord) => boolean = () => true,
): Promise<Redacted> {
  const removed: Removed[] = [];
  const rows: ErasedRows[] = [];
  const seen = new Set<string>();
  for (const run of await ports.runs.runs()) {
    const key = run.input.key;
    if (run.type !== "list" || key === null || !only(run)) continue;
    const known = await knownRows(ports, run, found, corrected);
    if (known.size > 0) rows.push({ run: run.runId, rows: [...known] });
    if (seen.has(key)) continue;
    seen.add(key);
    // Of files dropped under one name the last one is there.
    const file = await copyOf(ports, run, key);
    if (file === null) continue;
    const context = await contextIfAny(ports, run.runId);
    if (context?.table == null) continue;
    const corrects = await isCorrection(ports, run.runId);
    const edited = corrects
      ? await redactReturned(ports, file, found, known)
      : await redactFile(ports, { key: file, fileName: nameOf(file), ...(await declaredOf(ports, file)) }, context, found, known);
    if (edited === null) continue;
    const sharing = await noteHash(ports, run, edited.bytes, corrects);
    const to = edited.plain ? plainCopy(run, nameOf(file)) : file;
    await ports.objects.put(to, edited.bytes);
    if (to !== file) await moveAway(ports, file, to);
    removed.push({ where: to, n: edited.rows.length });
    if (!corrects) for (const each of sharing) rows.push({ run: each, rows: edited.rows });
  }
  return { removed, rows };
}

/** Empties the same records in the bytes that a home keeps of files whose rejected rows may come back. */
export async function redactKept(
  ports: Ports,
  found: Found,
  corrected: readonly ErasedRows[],
  only: (run: RunRecord) => boolean = () => true,
): Promise<Redacted> {
  const removed: Removed[] = [];
  const rows: ErasedRows[] = [];
  const lists = await ports.runs.lists();
  for (const key of await ports.objects.list(versionKey(""))) {
    const list = lists.find((each) => each.versions.some((version) => isFileOf(version, nameOf(key))));
    const version = list?.versions.find((each) => isFileOf(each, nameOf(key)));
    const run = version && (await ports.runs.run(version.runId));
    const context = run && (await contextIfAny(ports, run.runId));
    if (!version || !run || !only(run) || !context?.table) continue;
    const { sheet, file } = version;
    const edited = await redactFile(
      ports,
      { key, fileName: file, sheet },
      context,
      found,
      await knownRows(ports, run, found, corrected),
    );
    if (edited === null) continue;
    const sharing = await noteHash(ports, run, edited.bytes, false);
    // Of a packed file the plain table in the inbox is what is left.
    if (edited.plain) await ports.objects.remove(key);
    else await ports.objects.put(key, edited.bytes);
    removed.push({ where: key, n: edited.rows.length });
    for (const each of sharing) rows.push({ run: each, rows: edited.rows });
  }
  return { removed, rows };
}

const PLAIN_COPY = "table-of-";

/** Copies in the inbox that no run could read, or none has read yet, and that name who is erased: a person has to look at them. */
export async function unreadNaming(ports: Ports, found: Found): Promise<string[]> {
  const read = new Set<string>();
  for (const run of await ports.runs.runs()) {
    const { key } = run.input;
    if (key === null || (await contextIfAny(ports, run.runId))?.table == null) continue;
    read.add(key).add(plainCopy(run, nameOf(key)));
  }
  const unread: string[] = [];
  for (const key of await ports.objects.list("inbox/"))
    if (
      !key.endsWith(".list.json") &&
      !read.has(key) &&
      mayName(found, Buffer.from(await ports.objects.get(key)).toString("utf8"))
    )
      unread.push(key);
  return unread;
}

/** Where the plain table of a packed file lies once rows of it were erased. */
const plainCopy = (run: RunRecord, fileName: string): string => `inbox/${run.kind}/${run.list}/${PLAIN_COPY}${fileName}.csv`;

async function copyOf(ports: Ports, run: RunRecord, key: string): Promise<string | null> {
  for (const each of [key, plainCopy(run, nameOf(key))]) if ((await ports.objects.size(each)) !== null) return each;
  return null;
}

/** The context of a run; null for one that got to none. */
export async function contextIfAny(ports: Ports, runId: string): Promise<RunContext | null> {
  const key = runKey(runId, "context.json");
  return (await ports.objects.size(key)) === null ? null : readJson<RunContext>(ports, key);
}

/**
 * Rows of the file of a run that are known to name who is erased, whatever its records say: those that the ledgers have under the homes of an
 * erased company, those of contacts, and those that were `corrected` so.
 */
export async function knownRows(
  ports: Ports,
  run: RunRecord,
  found: Found,
  corrected: readonly ErasedRows[],
): Promise<Set<number>> {
  const list = run.list === null ? null : await ports.runs.list(run.list);
  const same = list ? sameFile(list, run.runId) : [];
  const rows = new Set<number>();
  const ranks = new Set(same.map(rankOf));
  for (const each of found.rows) if (each.list === run.list && ranks.has(each.version)) rows.add(each.row);
  const runs = new Set([run.runId, ...same.map(({ runId }) => runId)]);
  for (const each of corrected) if (runs.has(each.run)) for (const row of each.rows) rows.add(row);
  const homes = new Set(run.list === null ? [] : found.lists[run.list]);
  if (found.kind !== "company" || homes.size === 0) return rows;
  for (const runId of runs)
    for await (const { text } of ledgerTexts(ports, runId, "rows"))
      for (const { row, home } of rowEnds(text)) if (home !== undefined && homes.has(home)) rows.add(row);
  return rows;
}

/** The versions of a list that were read from the same bytes as that of a run. */
function sameFile(list: ListRecord, runId: string): ListVersion[] {
  const mine = list.versions.find((each) => each.runId === runId);
  return list.versions.filter((each) => mine !== undefined && each.contentHash === mine.contentHash);
}

const nameOf = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

interface Edited {
  bytes: Uint8Array;
  rows: number[];
  /** They are the table of a packed file. */
  plain: boolean;
}

/** Rejects that came back, without the records that name who is erased. */
async function redactReturned(ports: Ports, key: string, found: Found, known: ReadonlySet<number>): Promise<Edited | null> {
  const names = recordTest(found, ports.digest);
  const raw = await ports.objects.get(key);
  const left = await withoutRejects(raw, nameOf(key), ({ row, cells, text }) => known.has(row) || names([...cells, text], true));
  if (left === null) return null;
  return isGzip(raw) ? { ...left, bytes: gzipSync(left.bytes), plain: false } : left;
}

const isGzip = ([a, b]: Uint8Array): boolean => a === 0x1f && b === 0x8b;

/** Whether cells of a list name who is erased, by what its columns mean too. */
export function namesIn(ports: Ports, { kind, source, list }: RunContext, table: TableContext, found: Found): RecordTest {
  const { keyed, sha256 } = ports.digest;
  const mapper =
    kind === "contacts" && found.kind === "person"
      ? compileMapper(table.mapping, { source: source!, hash: keyed, sha256, list: list! })
      : null;
  const names = recordTest(found, ports.digest);
  const contacts = new Set(found.contacts);
  const isContact = (cells: readonly string[]): boolean => {
    const draft = mapper?.(cells);
    return draft !== undefined && !isRejection(draft) && draft.kind === "contacts" && contacts.has(draft.contact.contactId);
  };
  return (cells, loosely) => names(cells, loosely) || isContact(cells);
}

async function redactFile(
  ports: Ports,
  { key, fileName, sheet }: { key: string; fileName: string; sheet?: string | undefined },
  context: RunContext,
  found: Found,
  known: ReadonlySet<number>,
): Promise<Edited | null> {
  const table = context.table!;
  const raw = await ports.objects.get(key);
  const { text, packed } = await plainText(fileName, sheet, raw, table);
  const { dialect } = table;
  const readable = { ...dialect, encoding: dialect.encoding === "windows-1252" ? ("windows-1252" as const) : ("utf-8" as const) };
  const names = namesIn(ports, context, table, found);
  const first = firstDataRecord(dialect);
  const edits: Array<{ start: number; end: number; row: number; cells: number }> = [];
  const source = sourceOf(text);
  for await (const range of splitRanges(chunksOf(source), dialect, {})) {
    let record = range.firstRecord - 1;
    readRecords(text.subarray(range.start, range.end), readable, (cells, start, end) => {
      record++;
      if (record < first || cells.every((cell) => cell.trim() === "")) return;
      const row = rowOf(dialect, record);
      if (known.has(row) || names(cells))
        edits.push({ start: range.start + start, end: range.start + end, row, cells: cells.length });
    });
  }
  if (edits.length === 0) return null;
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, cells } of edits) {
    // A record of one cell must not become a line that is none.
    const empty = cells > 1 ? dialect.delimiter.repeat(cells - 1) : dialect.quote === null ? " " : dialect.quote.repeat(2);
    pieces.push(text.subarray(at, start), Buffer.from(empty));
    at = end;
  }
  pieces.push(text.subarray(at));
  const bytes = Buffer.concat(pieces);
  const rows = edits.map((each) => each.row);
  if (!packed) return { bytes, rows, plain: false };
  return isGzip(raw) ? { bytes: gzipSync(bytes), rows, plain: false } : { bytes, rows, plain: true };
}

/** The text into which the records' numbers point: the file itself, or what was unpacked or transcoded of it. */
async function plainText(
  fileName: string,
  sheet: string | undefined,
  raw: Uint8Array,
  table: TableContext,
): Promise<{ text: Uint8Array; packed: boolean }> {
  if (table.parts === null || fileName.startsWith(PLAIN_COPY)) return { text: raw, packed: false };
  const plain = await plainTable(sourceOf(raw), fileName, sheet);
  const text = plain === null ? raw : await bytesOf(plain.open());
  const { headBytes, tailBytes } = READING_LIMITS;
  const tail = text.subarray(Math.max(0, text.length - tailBytes));
  const { dialect } = describeTable(text.subarray(0, headBytes), tail, text.length, plain?.grammar);
  const same = transcoded(dialect) === dialect;
  return {
    text: same ? text : await bytesOf(transcodeToUtf8(chunksOf(sourceOf(text)), dialect.encoding)),
    packed: plain !== null,
  };
}

async function declaredOf(ports: Ports, key: string): Promise<Pick<Sidecar, "sheet">> {
  const sidecar = `${key}.list.json`;
  if ((await ports.objects.size(sidecar)) === null) return {};
  const { sheet } = parseSidecar(Buffer.from(await ports.objects.get(sidecar)).toString("utf8"), nameOf(key));
  return { sheet };
}

/**
 * The copy with erased rows is the same version: noted first, so that nobody takes it for a new one. Answers the runs that read the same
 * file; `alone`: only this run read it.
 */
async function noteHash(ports: Ports, run: RunRecord, bytes: Uint8Array, alone: boolean): Promise<string[]> {
  const list = run.list === null ? null : await ports.runs.list(run.list);
  if (!list) return [run.runId];
  const same = alone ? list.versions.filter(({ runId }) => runId === run.runId) : sameFile(list, run.runId);
  const hash = createHash("sha256").update(bytes).digest("hex");
  const versions = list.versions.map((each) =>
    same.includes(each) ? { ...each, erasedHashes: [...new Set([...(each.erasedHashes ?? []), hash])] } : each,
  );
  await ports.runs.putList({ ...list, versions });
  return [...new Set([run.runId, ...same.map(({ runId }) => runId)])];
}

/** The plain table takes the place of a packed file, and what was declared of it goes along. */
async function moveAway(ports: Ports, from: string, to: string): Promise<void> {
  const sidecar = `${from}.list.json`;
  if ((await ports.objects.size(sidecar)) !== null) {
    const text = Buffer.from(await ports.objects.get(sidecar)).toString("utf8");
    const { sheet: _, ...declared } = JSON.parse(text) as Record<string, unknown>;
    await ports.objects.put(`${to}.list.json`, JSON.stringify(declared));
  }
  // The sidecar's key begins with the file's.
  await ports.objects.remove(from);
}
