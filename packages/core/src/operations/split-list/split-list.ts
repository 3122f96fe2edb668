import { createHash, type Hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import * as z from "zod";
import { tombstonesOf } from "../../erasure/tombstones.ts";
import { InputError, NotFoundError } from "../../errors.ts";
import { isFileOf, type ListRecord, type ListVersion, type RunRecord } from "../../ledger/records.ts";
import { LIST_KINDS, type ListKind, type SourceDeclaration } from "../../lists/kinds.ts";
import { headerSignature } from "../../lists/mapping/header.ts";
import { mapColumns } from "../../lists/mapping/map-columns.ts";
import { transcoded } from "../../lists/reading/dialect.ts";
import { transcodeToUtf8 } from "../../lists/reading/encoding.ts";
import { READING_LIMITS } from "../../lists/reading/limits.ts";
import type { Grammar } from "../../lists/reading/record-scanner.ts";
import { splitRanges } from "../../lists/reading/split.ts";
import { describeTable } from "../../lists/reading/table.ts";
import { parseSidecar, type Sidecar } from "../../lists/sidecar.ts";
import { type ByteSource, chunksOf } from "../../lists/unpacking/byte-source.ts";
import { plainTable } from "../../lists/unpacking/unpacked.ts";
import type { Ports } from "../../ports.ts";
import { partitionBits } from "../../resolve/identity.ts";
import { newestMapping } from "../mapping-files.ts";
import { operation } from "../operation.ts";
import { sourceOfObject, sourceOfParts, writeParts } from "../plain-parts.ts";
import {
  ledgerKey,
  type ReferenceVersion,
  type Retraction,
  type RunContext,
  readJson,
  retractionKey,
  runKey,
  type TableContext,
  workKey,
  writeJson,
} from "../run-context.ts";

/** One piece of work for import-list: a range of the file, or a ledger object whose homes forget what the list said before. */
export type ImportRange =
  | { index: number; start: number; end: number; firstRecord: number; records: number }
  | { index: number; ledger: string };

const Input = z.object({
  runId: z.string(),
  bucket: z.string(),
  key: z.string().nullable(),
  versionId: z.string().nullable(),
  asOf: z.string(),
  configSha: z.string(),
  fence: z.number(),
});

const Pointer = z.object({ bucket: z.string(), key: z.string(), count: z.number() });

/** Finds out what a dropped file is and cuts it into ranges; pins everything that decides the run. Without a list it writes no range. */
export const splitList = operation({
  id: "split-list",
  input: Input,
  output: z.object({ kind: z.string().nullable(), ranges: Pointer, alreadyImported: z.boolean() }),
  async run(ports, input) {
    await ports.accounts.claim(input.fence);
    const known = await ports.runs.run(input.runId);
    const drop = input.key === null ? null : await openDrop(ports, input.key, input.versionId ?? "", input.runId);
    const takesBack = known?.type === "undo" || known?.type === "erase";
    const type: RunRecord["type"] = drop ? "list" : takesBack ? known.type : "refresh";
    const listId = drop?.list ?? known?.list ?? null;
    const previous = listId === null ? null : await ports.runs.list(listId);
    if (takesBack && !drop && previous === null)
      throw new NotFoundError(`there is no list "${listId}"`, { hint: "see bullseye lists" });
    if (drop && previous && previous.kind !== drop.kind)
      throw new InputError(`the list "${drop.list}" holds ${previous.kind}, and ${drop.fileName} holds ${drop.kind}`, {
        hint: "give it another --list name, or the right --kind",
      });
    const run: RunRecord = {
      ...(known ?? { startedAt: ports.clock.now(), status: "running" as const }),
      runId: input.runId,
      type,
      status: "running",
      list: listId,
      kind: drop?.kind ?? previous?.kind ?? null,
      version: null,
      input: { key: input.key, versionId: input.versionId ?? "", asOf: input.asOf, configSha: input.configSha },
    };
    if (drop) {
      const same = previous?.versions.find((each) => isFileOf(each, drop.contentHash) && each.status === "standing");
      const newest = previous?.versions.findLast((each) => each.status === "standing");
      if (same && (drop.mode === "append" || same === newest)) {
        await ports.runs.putRun({ ...run, version: same.version });
        await writeJson(ports, runKey(input.runId, "already-imported.json"), same);
        await pin(ports, run, input.fence, null, [], drop.source);
        return { kind: drop.kind, ranges: await manifest(ports, input, []), alreadyImported: true };
      }
    }
    const version = drop ? await openVersion(ports, run, previous, drop) : (previous?.versions.at(-1)?.version ?? 0);
    const ranges: ImportRange[] = drop ? drop.ranges.map((range, index) => ({ index, ...range })) : [];
    if (type === "undo" || (drop?.mode === "snapshot" && previous)) {
      for (const each of previous!.versions)
        if (each.runId !== input.runId && (each.status === "standing" || (type === "undo" && each.status === "failed")))
          for (const ledger of await ports.objects.list(ledgerKey(each.runId, "rows/")))
            ranges.push({ index: ranges.length, ledger });
    }
    if (type === "erase") ranges.push({ index: 0, ledger: await retractedHomes(ports, input.runId) });
    await ports.runs.putRun({ ...run, version });
    await pin(ports, { ...run, version }, input.fence, drop, previous ? [previous] : [], drop?.source ?? null);
    return { kind: run.kind, ranges: await manifest(ports, input, ranges), alreadyImported: false };
  },
});

/** The homes of an erasure in the form of a ledger, for import-list to forget. */
async function retractedHomes(ports: Ports, runId: string): Promise<string> {
  const { homes } = await readJson<Retraction>(ports, retractionKey(runId));
  const key = workKey(runId, "retracted.jsonl.gz");
  await ports.objects.put(key, gzipSync(homes.map((home) => `${JSON.stringify([0, "accepted", home])}\n`).join("")));
  return key;
}

async function manifest(
  ports: Ports,
  { runId, bucket }: { runId: string; bucket: string },
  ranges: ImportRange[],
): Promise<z.infer<typeof Pointer>> {
  const key = workKey(runId, "ranges.json");
  await writeJson(ports, key, ranges);
  return { bucket, key, count: ranges.length };
}

interface Drop {
  list: string;
  kind: ListKind;
  fileName: string;
  mode: "append" | "snapshot";
  source: SourceDeclaration;
  contentHash: string;
  table: TableContext;
  ranges: Array<{ start: number; end: number; firstRecord: number; records: number }>;
  dataRecords: number;
}

/** `inbox/<kind>/<list>/<file>`; the list may be left out, then it is named after the file. */
export function parseInboxKey(key: string): { kind: ListKind; list: string; fileName: string } {
  const parts = key.split("/");
  const [inbox, kind] = parts;
  const fileName = parts.at(-1)!;
  if (inbox !== "inbox" || parts.length < 3 || parts.length > 4 || !LIST_KINDS.includes(kind as ListKind) || parts.includes(""))
    throw new InputError(`${key} lies in no folder of a known kind`, {
      hint: `drop it into inbox/<kind>/<list>/; kinds: ${LIST_KINDS.join(", ")}`,
    });
  return { kind: kind as ListKind, list: parts.length === 4 ? parts[2]! : listNameOf(fileName), fileName };
}

/** The list id that a file name gives: lower-case words joined by dashes, without the ending. */
export function listNameOf(fileName: string): string {
  const stem = fileName.replace(/\.[A-Za-z0-9]{1,5}$/, "");
  return (
    stem
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "list"
  );
}

async function openDrop(ports: Ports, dropped: string, versionId: string, runId: string): Promise<Drop> {
  const { kind, list, fileName } = parseInboxKey(dropped);
  const key = await ports.objects.pinned(dropped, versionId);
  const size = await ports.objects.size(key);
  if (size === null) throw new NotFoundError(`there is no file ${dropped}`);
  const sidecar: Sidecar =
    (await ports.objects.size(`${dropped}.list.json`)) !== null
      ? parseSidecar(Buffer.from(await ports.objects.get(`${dropped}.list.json`)).toString("utf8"), `${fileName}.list.json`)
      : parseSidecar("{}", dropped);
  const whole = sourceOfObject(ports, key, size);
  const plain = await unpackDrop(ports, runId, fileName, whole, sidecar.sheet);
  const plainText = plain ? sourceOfParts(ports, plain.parts) : whole;
  const head = await plainText.range(0, Math.min(plainText.size, READING_LIMITS.headBytes));
  const tail = await plainText.range(Math.max(0, plainText.size - READING_LIMITS.tailBytes), plainText.size);
  const shape = inFile(fileName, () => describeTable(head, tail, plainText.size, plain?.grammar));
  const answers = await newestMapping(ports.objects, ports.digest.id(headerSignature(shape.header, shape.rows)), kind);
  const mapping = inFile(fileName, () =>
    mapColumns({ header: shape.header, sample: shape.rows, kind, fileName, source: sidecar.source, answers }),
  );
  const source: SourceDeclaration = mapping.forcedOrigin ? { ...sidecar.source, origin: mapping.forcedOrigin } : sidecar.source;
  const dialect = transcoded(shape.dialect);
  let parts = plain?.parts ?? null;
  if (dialect !== shape.dialect)
    parts = await writeParts(ports, runId, transcodeToUtf8(chunksOf(plainText), shape.dialect.encoding), "utf-8/");
  const text = parts ? sourceOfParts(ports, parts) : whole;
  // A version id that is the hash of the bytes need not be computed again.
  const known = /^[0-9a-f]{64}$/.test(versionId) ? versionId : null;
  const hash = createHash("sha256");
  const ranges: Drop["ranges"] = [];
  try {
    const stream = parts || known !== null ? chunksOf(text) : hashed(chunksOf(text), hash);
    for await (const range of splitRanges(stream, dialect, { targetBytes: ports.settings.rangeBytes })) ranges.push(range);
    if (parts && known === null) for await (const chunk of chunksOf(whole)) hash.update(chunk);
  } catch (error) {
    throw inFileError(fileName, error);
  }
  const records = ranges.reduce((sum, range) => sum + range.records, 0);
  const headerRecord = dialect.headerRow === 0 ? 0 : dialect.headerRow + dialect.headerRows - 1;
  const dataRecords = records - dialect.preambleRows - (dialect.headerRow === 0 ? 0 : dialect.headerRows);
  if (dataRecords - shape.footerRecords <= 0)
    throw new InputError(`${fileName} has a header and no rows`, { hint: "export it again with its data" });
  const table: TableContext = {
    key,
    parts,
    dialect,
    mapping,
    header: shape.header,
    headerRecord,
    footerFrom: shape.footerRecords > 0 ? records - shape.footerRecords + 1 : null,
    records,
  };
  return {
    list,
    kind,
    fileName,
    mode: sidecar.mode,
    source,
    contentHash: known ?? hash.digest("hex"),
    table,
    ranges,
    dataRecords,
  };
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

const Unpacked = z.object({
  parts: z.object({ prefix: z.string(), partBytes: z.number(), size: z.number() }),
  grammar: z.custom<Grammar | null>((value) => typeof value === "object"),
});

/** Unpacks a packed file to parts; what was finished once is not done again. Null for plain text. */
async function unpackDrop(
  ports: Ports,
  runId: string,
  fileName: string,
  whole: ByteSource,
  sheet: string | undefined,
): Promise<z.infer<typeof Unpacked> | null> {
  const checkpoint = workKey(runId, "unpacked.json");
  if ((await ports.objects.size(checkpoint)) !== null)
    return Unpacked.parse(JSON.parse(Buffer.from(await ports.objects.get(checkpoint)).toString("utf8")));
  try {
    const table = await plainTable(whole, fileName, sheet);
    if (table === null) return null;
    const unpacked = { parts: await writeParts(ports, runId, table.open(), "plain/"), grammar: table.grammar };
    await writeJson(ports, checkpoint, unpacked);
    return unpacked;
  } catch (error) {
    throw inFileError(fileName, error);
  }
}

function inFile<T>(fileName: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inFileError(fileName, error);
  }
}

function inFileError(fileName: string, error: unknown): unknown {
  if (!(error instanceof InputError) || error.message.startsWith(fileName)) return error;
  return new InputError(`${fileName}: ${error.message}`, { hint: error.hint, cause: error });
}

async function openVersion(ports: Ports, run: RunRecord, previous: ListRecord | null, drop: Drop): Promise<number> {
  const versions = previous?.versions ?? [];
  const mine = versions.find((each) => each.runId === run.runId);
  const version = mine?.version ?? (versions.at(-1)?.version ?? 0) + 1;
  const opened: ListVersion = {
    version,
    runId: run.runId,
    contentHash: drop.contentHash,
    file: drop.fileName,
    asOf: run.input.asOf,
    status: mine?.status ?? "running",
  };
  await ports.runs.putList({
    id: drop.list,
    kind: drop.kind,
    mode: drop.mode,
    source: drop.source,
    versions: [...versions.filter((each) => each.runId !== run.runId), opened],
  });
  return version;
}

/** Keeps the tombstones of this moment for the run; answers whether there are any. */
async function pinTombstones(ports: Ports, runId: string): Promise<boolean> {
  const marks = (await tombstonesOf(ports)).flatMap((each) => each.marks);
  if (marks.length > 0) await writeJson(ports, runKey(runId, "tombstones.json"), marks);
  return marks.length > 0;
}

/** Writes the context that every operation of the run reads. */
async function pin(
  ports: Ports,
  run: RunRecord,
  fence: number,
  drop: Drop | null,
  gone: ListRecord[],
  source: SourceDeclaration | null,
): Promise<void> {
  const lists = await ports.runs.lists();
  const bits = partitionBits(Math.max(drop?.dataRecords ?? 0, await ports.accounts.count()), ports.settings.partitionRows);
  const undone = run.type === "undo" ? new Set(gone.map((list) => list.id)) : new Set<string>();
  const references: ReferenceVersion[] = [];
  for (const list of lists) {
    if (list.kind !== "reference" || undone.has(list.id)) continue;
    const standing = list.versions.filter((each) => each.status === "standing" || each.runId === run.runId);
    for (const each of list.mode === "snapshot" ? standing.slice(-1) : standing.toReversed())
      references.push({
        list: list.id,
        version: each.version,
        bits: each.runId === run.runId ? bits : (each.bits ?? 0),
        asOf: each.asOf,
      });
  }
  const context: RunContext = {
    runId: run.runId,
    type: run.type,
    asOf: run.input.asOf,
    configSha: run.input.configSha,
    fence,
    list: run.list,
    kind: run.kind,
    version: run.version ?? 0,
    snapshot: drop?.mode === "snapshot",
    below: run.type === "undo" || run.type === "erase" ? Number.MAX_SAFE_INTEGER : (run.version ?? 0),
    source,
    bits,
    emptyStore: await ports.accounts.isEmpty(),
    origins: lists.map((list) => [list.id, { origin: list.source.origin, reference: list.kind === "reference" }]),
    references,
    table: drop?.table ?? null,
    people: run.type === "erase" ? (await readJson<Retraction>(ports, retractionKey(run.runId))).people : null,
    tombstones: drop ? await pinTombstones(ports, run.runId) : false,
  };
  await writeJson(ports, runKey(run.runId, "context.json"), context);
  await ports.runs.putRun({ ...run, bits });
}
