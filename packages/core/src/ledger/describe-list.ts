import { InputError } from "../errors.ts";
import type { Origin, SourceDeclaration } from "../lists/kinds.ts";
import { checkLabels, joinLabels, type ListLabels } from "../lists/labels.ts";
import { parseSidecar } from "../lists/sidecar.ts";
import type { Ports } from "../ports.ts";
import type { ListRecord } from "./records.ts";

/** What a person says of a list that is there. */
export interface ListDescription extends ListLabels {
  /** Tags that go. */
  untag?: readonly string[] | undefined;
  origin?: Origin | undefined;
}

/** The list as described; InputError where a label is none, or where the files themselves say where they come from. */
export function described(list: ListRecord, given: ListDescription): ListRecord {
  const { name: _name, owner: _owner, tags: _tags, ...rest } = list;
  const { untag = [], origin, ...labels } = given;
  const { tags, ...named } = joinLabels(list, checkLabels(labels));
  const left = (tags ?? []).filter((tag) => !untag.includes(tag));
  if (origin !== undefined && list.forcedOrigin !== undefined && origin !== list.forcedOrigin)
    throw new InputError(`the files of the list "${list.id}" bear the marks of a vendor, so its source is ${list.forcedOrigin}`, {
      hint: "leave --source out",
    });
  return {
    ...rest,
    ...named,
    ...(left.length > 0 ? { tags: left } : {}),
    source: origin === undefined ? list.source : { ...list.source, origin },
  };
}

/** The list as a drop of what it holds already describes it; what the files themselves say of their source stays. */
export function describedByDrop(list: ListRecord, given: ListLabels & { source: SourceDeclaration }): ListRecord {
  const { forcedOrigin } = list;
  const source = forcedOrigin === undefined ? given.source : { ...given.source, origin: forcedOrigin };
  return { ...list, ...joinLabels(list, given), source };
}

/** Whether two descriptions of a list differ in what may be activated, so that every account must be looked at again. */
export const sourceDiffers = (a: ListRecord, b: ListRecord): boolean => JSON.stringify(a.source) !== JSON.stringify(b.source);

/** Stores the description of a list, also beside its dropped files, where the next drop of the same name reads it. */
export async function storeDescription(ports: Pick<Ports, "objects" | "runs">, list: ListRecord): Promise<void> {
  const { name, owner, tags, source } = list;
  for (const key of await ports.objects.list(`inbox/${list.kind}/${list.id}/`)) {
    if (!key.endsWith(".list.json")) continue;
    const beside = parseSidecar(Buffer.from(await ports.objects.get(key)).toString("utf8"), key);
    await ports.objects.put(key, JSON.stringify({ ...beside, name, owner, tags, source }));
  }
  await ports.runs.putList(list);
}
