import { createHash, type Hash } from "node:crypto";
import * as z from "zod";
import { InputError, NotFoundError } from "../../errors.ts";
import { readingId, standingVersions, versionOfBytes } from "../../ledger/list-versions.ts";
import { type Correction, isFileOf, type ListRecord, type ListVersion } from "../../ledger/records.ts";
import { LIST_KINDS, type ListKind, type Origin, type SourceDeclaration } from "../../lists/kinds.ts";
import type { ListLabels } from "../../lists/labels.ts";
import { headerSignature } from "../../lists/mapping/header.ts";
import { mapColumns } from "../../lists/mapping/map-columns.ts";
import { transcoded } from "../../lists/reading/dialect.ts";
import { transcodeToUtf8 } from "../../lists/reading/encoding.ts";
import { READING_LIMITS } from "../../lists/reading/limits.ts";
import type { Grammar } from "../../lists/reading/record-scanner.ts";
import { splitRanges } from "../../lists/reading/split.ts";
import { describeTable } from "../../lists/reading/table.ts";
import { type RejectsFile, readRejects } from "../../lists/rejects-file.ts";
import { parseSidecar, type Sidecar } from "../../lists/sidecar.ts";
import { type ByteSource, chunksOf } from "../../lists/unpacking/byte-source.ts";
import { plainTable } from "../../lists/unpacking/unpacked.ts";
import type { Ports } from "../../ports.ts";
import {
  bytesOfVersion,
  correctedRows,
  findCorrected,
  noteCorrected,
  readCorrections,
  storeCorrections,
} from "../corrections.ts";
import { newestMapping } from "../mapping-files.ts";
import { sourceOfObject, sourceOfParts, writeParts } from "../plain-parts.ts";
import { type TableContext, workKey, writeJson } from "../run-context.ts";

/** A dropped file, read as far as its run must know it. */
export interface Drop {
  list: string;
  kind: ListKind;
  fileName: string;
  mode: "append" | "snapshot";
  source: SourceDeclaration;
  forcedOrigin: Origin | null;
  labels: ListLabels;
  /** SHA-256 of the bytes that the rows come from. */
  contentHash: string;
  /** SHA-256 of the bytes of the dropped file. */
  droppedHash: string;
  reading: string;
  sheet: string | undefined;
  batch: string | undefined;
  /** The standing version of the same bytes. */
  base: ListVersion | null;
  correction: Correction | null;
  /** Rows that stand as an earlier correction has them are corrected anew. */
  recorrects: boolean;
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

/** Reads a dropped file: what it is, how it adds to its list, and its ranges. Rejects that came back are read as the file that they correct. */
export async function openDrop(ports: Ports, dropped: string, versionId: string, runId: string): Promise<Drop> {
  const { kind, list, fileName } = parseInboxKey(dropped);
  const key = await ports.objects.pinned(dropped, versionId);
  const size = await ports.objects.size(key);
  if (size === null) throw new NotFoundError(`there is no file ${dropped}`);
  const beside = `${dropped}.list.json`;
  const sidecar: Sidecar =
    (await ports.objects.size(beside)) === null
      ? {}
      : parseSidecar(Buffer.from(await ports.objects.get(beside)).toString("utf8"), `${fileName}.list.json`);
  const previous = await ports.runs.list(list);
  const about = { list, kind, fileName, labels: sidecar, previous };
  const file = sourceOfObject(ports, key, size);
  const rejects = await readRejects(file, fileName, sidecar.sheet);
  if (rejects !== null) return openCorrection(ports, runId, about, rejects, await hashOf(file, versionId));
  const source = sidecar.source ?? previous?.source ?? { origin: "unknown" as const };
  const opened = await openTable(ports, runId, { key, size, versionId, kind, fileName, sheet: sidecar.sheet, source });
  const base = versionOfBytes(previous, opened.contentHash);
  const carried = base?.correction && base.sheet === sidecar.sheet ? base.correction : null;
  const correction = carried && { ...carried, from: { key: dropped, versionId } };
  return {
    ...about,
    ...opened,
    table: await withCorrections(ports, opened.table, correction),
    mode: sidecar.mode ?? previous?.mode ?? "append",
    droppedHash: opened.contentHash,
    sheet: sidecar.sheet,
    batch: sidecar.batch,
    base,
    correction,
    recorrects: false,
  };
}

/** The file whose rejected rows came back, with these in their places. Mode, source and sheet are those of the version that is corrected. */
async function openCorrection(
  ports: Ports,
  runId: string,
  about: { list: string; kind: ListKind; fileName: string; labels: ListLabels; previous: ListRecord | null },
  rejects: RejectsFile,
  droppedHash: string,
): Promise<Drop> {
  const { list, kind, fileName, previous } = about;
  if (!previous || standingVersions(previous).length === 0)
    throw new InputError(`${fileName} holds rejected rows, and nothing of a list "${list}" stands`, {
      hint: "drop it into the folder of the list that it came from, or run it without --list",
    });
  const { version: base } = await findCorrected(ports, rejects, [previous], fileName);
  const { key, versionId, pinned, size } = await bytesOfVersion(ports, base);
  const { source } = previous;
  // What lies under the name of a file is held against what was read; opening it takes a version id that is a hash at its word.
  const hash = HASH.test(versionId) ? await hashOf(sourceOfObject(ports, pinned, size), "") : null;
  const opened = await openTable(ports, runId, {
    key: pinned,
    size,
    versionId,
    kind,
    fileName: base.file,
    sheet: base.sheet,
    source,
  });
  if (!isFileOf(base, hash ?? opened.contentHash))
    throw new InputError(`${base.file} was dropped over since, so its rejected rows cannot be put into their places`, {
      hint: "correct the list itself and drop that",
    });
  const given = correctedRows(rejects);
  const before = base.correction ? await readCorrections(ports, await ports.objects.list(base.correction.key)) : new Map();
  const recorrects = [...given.rows].some(
    ([row, cells]) => before.has(row) && JSON.stringify(before.get(row)) !== JSON.stringify(cells),
  );
  const rows = new Map([...before, ...given.rows]);
  const correction: Correction = {
    file: fileName,
    contentHash: droppedHash,
    rows: rows.size,
    key: await storeCorrections(ports, list, runId, rows),
    from: { key, versionId },
  };
  const { repeated, twice } = given;
  await noteCorrected(ports, runId, { version: base.version, rows: [...given.rows.keys()], repeated, twice });
  return {
    ...about,
    ...opened,
    table: await withCorrections(ports, opened.table, correction),
    mode: previous.mode,
    droppedHash,
    sheet: base.sheet,
    batch: base.batch,
    base,
    correction,
    recorrects,
  };
}

async function withCorrections(ports: Ports, table: TableContext, correction: Correction | null): Promise<TableContext> {
  return correction === null ? table : { ...table, corrections: await ports.objects.list(correction.key) };
}

const HASH = /^[0-9a-f]{64}$/;

/** SHA-256 of a source; a version id that is one need not be computed again. */
async function hashOf(source: ByteSource, versionId: string): Promise<string> {
  if (HASH.test(versionId)) return versionId;
  const hash = createHash("sha256");
  for await (const chunk of chunksOf(source)) hash.update(chunk);
  return hash.digest("hex");
}

type OpenedTable = Pick<Drop, "source" | "forcedOrigin" | "contentHash" | "reading" | "table" | "ranges" | "dataRecords">;

/** Finds out how a file is written and what its columns mean, and cuts it into ranges. */
async function openTable(
  ports: Ports,
  runId: string,
  file: {
    key: string;
    size: number;
    versionId: string;
    kind: ListKind;
    fileName: string;
    sheet: string | undefined;
    source: SourceDeclaration;
  },
): Promise<OpenedTable> {
  const { key, size, versionId, kind, fileName, sheet } = file;
  const whole = sourceOfObject(ports, key, size);
  const plain = await unpackDrop(ports, runId, fileName, whole, sheet);
  const plainText = plain ? sourceOfParts(ports, plain.parts) : whole;
  const head = await plainText.range(0, Math.min(plainText.size, READING_LIMITS.headBytes));
  const tail = await plainText.range(Math.max(0, plainText.size - READING_LIMITS.tailBytes), plainText.size);
  const shape = inFile(fileName, () => describeTable(head, tail, plainText.size, plain?.grammar));
  const answers = await newestMapping(ports.objects, ports.digest.id(headerSignature(shape.header, shape.rows)), kind);
  const mapping = inFile(fileName, () =>
    mapColumns({ header: shape.header, sample: shape.rows, kind, fileName, source: file.source, answers }),
  );
  const forcedOrigin = mapping.forcedOrigin ?? null;
  const source: SourceDeclaration = forcedOrigin ? { ...file.source, origin: forcedOrigin } : file.source;
  const dialect = transcoded(shape.dialect);
  let parts = plain?.parts ?? null;
  if (dialect !== shape.dialect)
    parts = await writeParts(ports, runId, transcodeToUtf8(chunksOf(plainText), shape.dialect.encoding), "utf-8/");
  const text = parts ? sourceOfParts(ports, parts) : whole;
  // A version id that is the hash of the bytes need not be computed again.
  const known = HASH.test(versionId) ? versionId : null;
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
    source,
    forcedOrigin,
    contentHash: known ?? hash.digest("hex"),
    reading: readingId(ports.digest, { kind, sheet, answers, source }),
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
