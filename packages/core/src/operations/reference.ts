import type { Attributes } from "../account/attribute.ts";
import { domainCellOf } from "../account/domain-cell.ts";
import type { FieldValues } from "../account/fields.ts";
import type { Statement } from "../account/item.ts";
import type { Ports } from "../ports.ts";
import { domainId, linkedinId, partitionOf, registrationId } from "../resolve/identity.ts";
import { type ReferenceVersion, type RunContext, referenceKey } from "./run-context.ts";

/** Slices that a worker keeps at hand; a slice holds as many rows as a partition [design]. */
const SLICES = 24;

type Slice = Map<string, { row: number; fields: string }>;

const caches = new WeakMap<Ports, Map<string, Slice>>();

/** One slice of a reference version, sorted by key; empty where the version has no row in that range. */
async function slice(ports: Ports, context: RunContext, version: ReferenceVersion, partition: number): Promise<Slice> {
  let cache = caches.get(ports);
  if (!cache) {
    cache = new Map();
    caches.set(ports, cache);
  }
  const key = referenceKey(version.list, version.version, version.bits, partition);
  const known = cache.get(key);
  if (known) {
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const rows: Slice = new Map();
  const written = (await ports.objects.size(key)) !== null;
  // Of the version that this run reads, another partition may be about to write it.
  if (!written && version.list === context.list && version.version === context.version) return rows;
  if (written) {
    for (const line of Buffer.from(await ports.objects.get(key))
      .toString("utf8")
      .split("\n")) {
      if (line === "") continue;
      const end = line.indexOf("\t", 21);
      rows.set(line.slice(0, 20), { row: Number(line.slice(21, end)), fields: line.slice(end + 1) });
    }
  }
  cache.set(key, rows);
  if (cache.size > SLICES) cache.delete(cache.keys().next().value!);
  return rows;
}

/** The key ids under which reference rows about an account may lie, strongest first. */
export function referenceIds(attributes: Attributes, ports: Ports): string[] {
  const { digest } = ports;
  const ids: string[] = [];
  const value = (name: string): string | null => {
    const cell = attributes[name];
    return typeof cell?.value === "string" ? cell.value : null;
  };
  const registration = value("registration");
  if (registration) ids.push(registrationId(registration, digest));
  const domain = domainCellOf(attributes)?.value;
  if (typeof domain === "string") ids.push(domainId(domain, digest));
  const linkedin = value("linkedin");
  if (linkedin) ids.push(linkedinId(linkedin, digest));
  return ids;
}

/**
 * What the standing reference lists say about an account. Accounts come in id order and slices are cut by the same hash, so that for the
 * keys an account is named by this is a merge join; only its further keys reach into other slices.
 */
export async function referenceStatements(ports: Ports, context: RunContext, ids: readonly string[]): Promise<Statement[]> {
  const found: Statement[] = [];
  for (const version of context.references) {
    for (const id of ids) {
      const row = (await slice(ports, context, version, partitionOf(id, version.bits))).get(id);
      if (!row) continue;
      found.push({
        l: version.list,
        v: version.version,
        k: "reference",
        r: [row.row],
        f: JSON.parse(row.fields) as FieldValues,
        d: version.asOf,
      });
      break;
    }
  }
  return found;
}
