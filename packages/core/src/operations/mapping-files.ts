import type { ListKind } from "../lists/kinds.ts";
import { type MappingFile, mappingFolder, mappingKey, parseMappingFile } from "../lists/mapping/mapping-file.ts";
import type { ObjectStore } from "../ports.ts";

/** The newest of what was decided about lists with that header, read as that kind (whatever kind where none is given); null where nothing was. */
export async function newestMapping(objects: ObjectStore, signature: string, kind?: ListKind): Promise<MappingFile | null> {
  const keys = await objects.list(mappingFolder(signature));
  for (const key of keys.toReversed()) {
    const file = parseMappingFile(Buffer.from(await objects.get(key)).toString("utf8"), key);
    if (kind === undefined || file.kind === kind) return file;
  }
  return null;
}

/** The number that the next version for a header gets, whatever its kind. */
export async function nextVersion(objects: ObjectStore, signature: string): Promise<number> {
  const last = (await objects.list(mappingFolder(signature))).at(-1);
  return last === undefined ? 1 : Number(/(\d+)\.json$/.exec(last)?.[1] ?? 0) + 1;
}

/** Stores a version; answers its key. Versions are never changed in place. */
export async function saveMapping(objects: ObjectStore, file: MappingFile): Promise<string> {
  const key = mappingKey(file);
  await objects.put(key, `${JSON.stringify(file, null, 2)}\n`);
  return key;
}
