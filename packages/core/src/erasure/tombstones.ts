import * as z from "zod";
import type { Ports } from "../ports.ts";

/** Where all tombstones lie; written between two runs only, so that a run finds one set from its first row to its last. */
export const TOMBSTONES = "erasures/tombstones.json";

const Tombstone = z.object({
  /** Keyed hash of the key by which somebody was erased first. */
  id: z.string(),
  kind: z.enum(["person", "company"]),
  /** The day of the erasure. */
  day: z.string(),
  /** Keyed hashes of everything by which later rows would name who was erased (`erasure/marks.ts`); sorted. */
  marks: z.array(z.string()),
});
/** What is left of somebody who was erased: enough to know him when he comes again, and nothing to find him by. */
export type Tombstone = z.infer<typeof Tombstone>;

const File = z.object({ v: z.literal(1), tombstones: z.array(Tombstone) });

/** All tombstones, oldest first. */
export async function tombstonesOf(ports: Pick<Ports, "objects">): Promise<Tombstone[]> {
  if ((await ports.objects.size(TOMBSTONES)) === null) return [];
  return File.parse(JSON.parse(Buffer.from(await ports.objects.get(TOMBSTONES)).toString("utf8"))).tombstones;
}

/** Sets a tombstone, or adds marks to one that is there; its first day stays. The caller lets no run begin meanwhile. */
export async function setTombstone(ports: Pick<Ports, "objects">, stone: Tombstone): Promise<Tombstone> {
  const all = await tombstonesOf(ports);
  const known = all.find((each) => each.id === stone.id);
  const set: Tombstone = {
    ...stone,
    day: known?.day ?? stone.day,
    marks: [...new Set([...(known?.marks ?? []), ...stone.marks])].sort(),
  };
  const tombstones = known ? all.map((each) => (each === known ? set : each)) : [...all, set];
  await ports.objects.put(TOMBSTONES, JSON.stringify({ v: 1, tombstones }));
  return set;
}
