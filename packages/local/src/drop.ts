import { createHash, hash } from "node:crypto";
import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { InputError, NotFoundError, TransientError } from "@bullseye/core/errors";
import { type DroppedFile, readingId, standingVersions } from "@bullseye/core/ledger/list-versions";
import type { ListRecord } from "@bullseye/core/ledger/records";
import { LIST_KINDS, type ListKind, type Origin, type SourceDeclaration } from "@bullseye/core/lists/kinds";
import { checkLabels, joinLabels, type ListLabels } from "@bullseye/core/lists/labels";
import { headerSignature } from "@bullseye/core/lists/mapping/header";
import { mapColumns } from "@bullseye/core/lists/mapping/map-columns";
import { READING_LIMITS } from "@bullseye/core/lists/reading/limits";
import { describeTable, type TableShape } from "@bullseye/core/lists/reading/table";
import { type RejectsFile, readRejects } from "@bullseye/core/lists/rejects-file";
import { parseSidecar, type Sidecar } from "@bullseye/core/lists/sidecar";
import type { ByteSource } from "@bullseye/core/lists/unpacking/byte-source";
import { plainTable, sampleOf } from "@bullseye/core/lists/unpacking/unpacked";
import { findCorrected } from "@bullseye/core/operations/corrections";
import { newestMapping } from "@bullseye/core/operations/mapping-files";
import { versionKey } from "@bullseye/core/operations/run-context";
import { listNameOf } from "@bullseye/core/operations/split-list/split-list";
import type { Ports } from "@bullseye/core/ports";
import { sourceOfFile } from "./file-source.ts";
import type { FileObjects } from "./store/objects.ts";

/** How a person drops a file; what is left out follows from the file, its sidecar and the list as it is known. */
export interface DropOptions extends Pick<ListLabels, "owner" | "tags"> {
  file: string;
  kind?: ListKind | undefined;
  list?: string | undefined;
  mode?: "append" | "snapshot" | undefined;
  origin?: Origin | undefined;
  /** The sheet of a workbook, or the table of a zip archive. */
  sheet?: string | undefined;
}

/** What is known where a file is dropped. */
export interface DropPlace {
  lists: readonly ListRecord[];
  /** Hold what was decided about lists with the header of the file; null where there is no home yet. */
  ports: Pick<Ports, "objects" | "digest"> | null;
  /** Rejects that came back are a table like any other. */
  asTables?: boolean;
}

/** Where nothing is dropped: a file is looked at and that is all. */
export const NOWHERE: DropPlace = { lists: [], ports: null, asTables: true };

/** A file about to be dropped: looked at, nothing stored yet. */
export interface PreparedDrop {
  path: string;
  kind: ListKind;
  list: string;
  fileName: string;
  /** SHA-256 of the bytes. */
  versionId: string;
  size: number;
  /** How the bytes are read (`readingId`). */
  reading: string;
  /** What tells this state of the file from later ones. */
  state: string;
  sidecar: Sidecar & { mode: "append" | "snapshot"; source: SourceDeclaration };
}

const CHUNK = 4 * 1024 * 1024;
const LIST_NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** Looks at a file before anything is stored: that it is there and at rest, can be read, what kind of list it is, and whose rejects it corrects. */
export async function prepareDrop(options: DropOptions, place: DropPlace): Promise<PreparedDrop> {
  const path = resolve(options.file);
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stat) throw new NotFoundError(`there is no file ${options.file}`, { hint: "check the path" });
  if (!stat.isFile()) throw new InputError(`${options.file} is no file`, { hint: "name a CSV file" });
  const fileName = basename(path);
  if (options.list !== undefined && !LIST_NAME.test(options.list))
    throw new InputError(`"${options.list}" cannot name a list`, {
      hint: "use lower-case letters, digits and dashes, at most 60",
    });
  if (options.kind !== undefined && !LIST_KINDS.includes(options.kind))
    throw new InputError(`"${options.kind}" is no kind of list`, { hint: `kinds: ${LIST_KINDS.join(", ")}` });
  const state = stateIn(stat);
  const versionId = hashOf(path);
  try {
    const prepared = await lookAt(options, place, { path, fileName, versionId, size: Number(stat.size), state });
    if (stateOf(path) !== state) throw changed(fileName);
    return prepared;
  } catch (error) {
    // What was read of a file in motion says nothing about it.
    if (stateOf(path) !== state) throw changed(fileName);
    if (!(error instanceof InputError) || error.message.startsWith(fileName)) throw error;
    throw new InputError(`${fileName}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

const changed = (fileName: string): TransientError =>
  new TransientError(`${fileName} changed while it was read`, { hint: "run it again when it is complete; nothing was imported" });

type LookedAt = Pick<PreparedDrop, "path" | "fileName" | "versionId" | "size" | "state">;

async function lookAt(options: DropOptions, place: DropPlace, file: LookedAt): Promise<PreparedDrop> {
  const { path, fileName, size } = file;
  const beside = `${path}.list.json`;
  const written = existsSync(beside) ? parseSidecar(readFileSync(beside, "utf8"), `${fileName}.list.json`) : {};
  const labels = joinLabels(written, checkLabels({ owner: options.owner, tags: options.tags }));
  const sheet = options.sheet ?? written.sheet;
  const bytes = sourceOfFile(path, size);
  const rejects = place.asTables ? null : await readRejects(bytes, fileName, sheet);
  if (rejects !== null) return correctionOf(options, place, file, rejects, labels);
  const list = options.list ?? listNameOf(fileName);
  const previous = place.lists.find(({ id }) => id === list);
  const source = written.source ?? previous?.source ?? { origin: "unknown" as const };
  const shape = await shapeOf(bytes, fileName, sheet);
  const kind = options.kind ?? previous?.kind;
  const signature = idOf(headerSignature(shape.header, shape.rows));
  const objects = place.ports?.objects;
  const answers = objects ? await newestMapping(objects, signature, kind) : null;
  const mapping = mapColumns({ header: shape.header, sample: shape.rows, kind, fileName, source, answers });
  const origin = mapping.forcedOrigin ?? options.origin;
  const declared = origin ? { ...source, origin } : source;
  const decided = objects ? await newestMapping(objects, signature, mapping.kind) : null;
  return {
    ...file,
    kind: mapping.kind,
    list,
    reading: readingId({ id: idOf }, { kind: mapping.kind, sheet, answers: decided, source: declared }),
    sidecar: {
      ...labels,
      mode: options.mode ?? written.mode ?? previous?.mode ?? "append",
      source: declared,
      sheet,
      batch: written.batch,
    },
  };
}

/** Rejects that came back belong to the list that they came from, and are read as that was. */
async function correctionOf(
  options: DropOptions,
  { lists, ports }: DropPlace,
  file: LookedAt,
  rejects: RejectsFile,
  labels: ListLabels,
): Promise<PreparedDrop> {
  const meant = lists.filter((list) => options.list === undefined || list.id === options.list);
  if (ports === null || meant.every((list) => standingVersions(list).length === 0))
    throw new InputError(`${file.fileName} holds rejected rows, and the list that they came from is not here`, {
      hint: options.list === undefined ? "run it in the home of that list" : "bullseye lists shows the lists that stand",
    });
  const { list, version, signature } = await findCorrected(ports, rejects, meant, file.fileName);
  if (options.kind !== undefined && options.kind !== list.kind)
    throw new InputError(`${file.fileName} corrects the list "${list.id}", which holds ${list.kind}`, {
      hint: "leave --kind out",
    });
  const answers = await newestMapping(ports.objects, ports.digest.id(signature), list.kind);
  const { source, mode, kind } = list;
  return {
    ...file,
    kind,
    list: list.id,
    reading: readingId(ports.digest, { kind, sheet: version.sheet, answers, source }),
    sidecar: { ...labels, mode, source, batch: version.batch },
  };
}

const idOf = (text: string): string => hash("sha256", text, "hex").slice(0, 20);

/** A prepared file as far as it decides whether it says anything new. */
export const droppedFile = ({ versionId, reading, sidecar: { mode, batch } }: PreparedDrop): DroppedFile => ({
  contentHash: versionId,
  reading,
  mode,
  batch,
});

async function shapeOf(file: ByteSource, fileName: string, sheet: string | undefined): Promise<TableShape> {
  const plain = await plainTable(file, fileName, sheet);
  if (plain !== null) {
    const { head, tail, size } = await sampleOf(plain.open());
    return describeTable(head, tail, size, plain.grammar);
  }
  const head = await file.range(0, Math.min(file.size, READING_LIMITS.headBytes));
  return describeTable(head, await file.range(Math.max(0, file.size - READING_LIMITS.tailBytes), file.size), file.size);
}

/** Changes with every write to the file, and when another takes its place. */
function stateOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "gone" : stateIn(stat);
}

const stateIn = ({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string => [ino, size, mtimeNs, ctimeNs].join(" ");

function hashOf(path: string): string {
  const digest = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const read = readSync(file, buffer, 0, buffer.length, null);
      if (read === 0) return digest.digest("hex");
      digest.update(buffer.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

/** The key under which a prepared file lies in the inbox. */
export const inboxKey = (drop: PreparedDrop): string => `inbox/${drop.kind}/${drop.list}/${drop.fileName}`;

/**
 * Puts the file into the inbox, and a copy where later drops of the same name do not reach it, not even those that write into the file that
 * lies there. TransientError where the file is not as it was looked at: its copy would not be the version that it is said to be.
 */
export function place(objects: FileObjects, drop: PreparedDrop): string {
  const key = inboxKey(drop);
  const copy = objects.path(versionKey(drop.versionId));
  const inbox = objects.path(key);
  for (const path of [copy, inbox]) mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(copy)) {
    const half = `${copy}.half`;
    if (existsSync(drop.path)) copyFileSync(drop.path, half, constants.COPYFILE_FICLONE);
    if (stateOf(drop.path) !== drop.state) {
      rmSync(half, { force: true });
      throw changed(drop.fileName);
    }
    renameSync(half, copy);
  }
  if (resolve(inbox) !== drop.path) {
    // A copy and no link: whoever writes into the inbox would write into what a run reads.
    copyFileSync(copy, `${inbox}.part`, constants.COPYFILE_FICLONE);
    renameSync(`${inbox}.part`, inbox);
  }
  writeFileSync(`${inbox}.list.json`, JSON.stringify(drop.sidecar));
  return key;
}
