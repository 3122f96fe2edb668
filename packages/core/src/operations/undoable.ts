import { InputError, NotFoundError } from "../errors.ts";
import { placeOf, standingInPlaceOf } from "../ledger/list-versions.ts";
import type { ListRecord } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";
import { staying } from "./shared-homes.ts";

/**
 * Whether a list can be withdrawn, or the version of it that a person names; answers the version that stands in its place, undefined for the
 * whole list. InputError where nothing of it stands, and where what it took the place of cannot come back.
 */
export async function undoable(
  ports: Pick<Ports, "objects">,
  list: ListRecord,
  version: number | undefined,
): Promise<number | undefined> {
  if (version === undefined) {
    if (!list.versions.some(({ status }) => status === "standing" || status === "failed"))
      throw new InputError(`nothing of the list "${list.id}" stands`, { hint: "there is nothing to withdraw" });
    return undefined;
  }
  if (!list.versions.some((each) => each.version === version))
    throw new NotFoundError(`the list "${list.id}" has no version ${version}`, { hint: `bullseye lists show ${list.id}` });
  const standing = standingInPlaceOf(list, version);
  if (!standing)
    throw new InputError(`version ${version} of the list "${list.id}" does not stand`, { hint: "there is nothing to withdraw" });
  const place = placeOf(list, standing);
  const before = list.versions.find((each) => !place.includes(each) && place.some(({ version: by }) => each.replacedBy === by));
  if (before)
    throw new InputError(
      `version ${version} of the list "${list.id}" is a snapshot that withdrew version ${before.version} (${before.file}), which does not come back by itself`,
      { hint: `run ${before.file} again, or bullseye lists undo ${list.id}` },
    );
  await staying(ports, list, standing, [standing], "undo");
  return standing.version;
}
