import { createHash, hash } from "node:crypto";
import {
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
import { InputError, NotFoundError } from "@bullseye/core/errors";
import type { ListRecord } from "@bullseye/core/ledger/records";
import { LIST_KINDS, type ListKind, type Origin } from "@bullseye/core/lists/kinds";
import { headerSignature } from "@bullseye/core/lists/mapping/header";
import { mapColumns } from "@bullseye/core/lists/mapping/map-columns";
import { READING_LIMITS } from "@bullseye/core/lists/reading/limits";
import { describeTable, type TableShape } from "@bullseye/core/lists/reading/table";
import { parseSidecar, type Sidecar } from "@bullseye/core/lists/sidecar";
import type { ByteSource } from "@bullseye/core/lists/unpacking/byte-source";
import { plainTable, sampleOf } from "@bullseye/core/lists/unpacking/unpacked";
import { newestMapping } from "@bullseye/core/operations/mapping-files";
import { listNameOf } from "@bullseye/core/operations/split-list/split-list";
import type { ObjectStore } from "@bullseye/core/ports";
import { sourceOfFile } from "./file-source.ts";
import { type FileObjects, versionKey } from "./store/objects.ts";

/** How a person drops a file; what is left out follows from the file, its sidecar and the list as it is known. */
export interface DropOptions {
  file: string;
  kind?: ListKind | undefined;
  list?: string | undefined;
  mode?: "append" | "snapshot" | undefined;
  origin?: Origin | undefined;
  /** The sheet of a workbook, or the table of a zip archive. */
  sheet?: string | undefined;
}

/** A file about to be dropped: looked at, nothing stored yet. */
export interface PreparedDrop {
  path: string;
  kind: ListKind;
  list: string;
  fileName: string;
  /** SHA-256 of the bytes. */
  versionId: string;
  size: number;
  /** What tells this state of the file from later ones. */
  state: string;
  sidecar: Sidecar;
}

const CHUNK = 4 * 1024 * 1024;
const LIST_NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;

/**
 * Looks at a file before anything is stored: that it is there, can be read, and what kind of list it is. `objects` hold what was decided about
 * lists with its header.
 */
export async function prepareDrop(
  options: DropOptions,
  known: (list: string) => ListRecord | null,
  objects?: ObjectStore,
): Promise<PreparedDrop> {
  const path = resolve(options.file);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new NotFoundError(`there is no file ${options.file}`, { hint: "check the path" });
  if (!stat.isFile()) throw new InputError(`${options.file} is no file`, { hint: "name a CSV file" });
  const fileName = basename(path);
  const list = options.list ?? listNameOf(fileName);
  if (!LIST_NAME.test(list))
    throw new InputError(`"${list}" cannot name a list`, { hint: "use lower-case letters, digits and dashes, at most 60" });
  if (options.kind !== undefined && !LIST_KINDS.includes(options.kind))
    throw new InputError(`"${options.kind}" is no kind of list`, { hint: `kinds: ${LIST_KINDS.join(", ")}` });
  const state = stateOf(path);
  const versionId = hashOf(path, stat.size);
  const beside = `${path}.list.json`;
  const written = existsSync(beside) ? parseSidecar(readFileSync(beside, "utf8"), `${fileName}.list.json`) : null;
  const previous = known(list);
  const source = written?.source ?? previous?.source ?? { origin: "unknown" as const };
  const sidecar: Sidecar = {
    mode: options.mode ?? written?.mode ?? previous?.mode ?? "append",
    source: options.origin ? { ...source, origin: options.origin } : source,
    sheet: options.sheet ?? written?.sheet,
  };
  try {
    const shape = await shapeOf(sourceOfFile(path, stat.size), fileName, sidecar.sheet);
    const kind = options.kind ?? previous?.kind;
    const answers = objects
      ? await newestMapping(objects, hash("sha256", headerSignature(shape.header, shape.rows), "hex").slice(0, 20), kind)
      : null;
    const mapping = mapColumns({ header: shape.header, sample: shape.rows, kind, fileName, source, answers });
    if (mapping.forcedOrigin) sidecar.source = { ...sidecar.source, origin: mapping.forcedOrigin };
    return { path, kind: mapping.kind, list, fileName, versionId, size: stat.size, state, sidecar };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${fileName}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

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
  return stat === undefined ? "gone" : [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(" ");
}

function hashOf(path: string, size: number): string {
  const digest = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, size)));
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
 * lies there. InputError where the file is not as it was looked at: its copy would not be the version that it is said to be.
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
      throw new InputError(`${drop.fileName} changed while it was being read`, {
        hint: "drop it again when nothing writes to it any more",
      });
    }
    renameSync(half, copy);
  }
  if (resolve(inbox) !== drop.path) {
    rmSync(inbox, { force: true });
    copyFileSync(copy, inbox, constants.COPYFILE_FICLONE);
  }
  writeFileSync(`${inbox}.list.json`, JSON.stringify(drop.sidecar));
  return key;
}
