/** Two units that are enough alike to join, `a < b`. */
export interface Edge {
  a: number;
  b: number;
  confidence: number;
}

/** Members of a cluster that a newcomer must fit; beyond these the first in order speak for all [design]. */
const SPOKESMEN = 24;

/**
 * Joins units from the strongest edge down, and only where every member of the one cluster `fits` every member of the other and none is
 * `apart` from any: no chains of weak links. A function of the set of edges and of the order of the units, which must not depend on the order
 * of rows. Returns the cluster of each unit: the number of its first member.
 */
export function clusterUnits(
  units: number,
  edges: readonly Edge[],
  { apart, fits }: { apart(a: number, b: number): boolean; fits(a: number, b: number): boolean },
): number[] {
  const cluster = Array.from({ length: units }, (_, unit) => unit);
  const members = new Map<number, number[]>();
  const of = (id: number): number[] => members.get(id) ?? [id];
  const strong = [...edges].sort((x, y) => y.confidence - x.confidence || x.a - y.a || x.b - y.b);
  for (const { a, b } of strong) {
    const first = Math.min(cluster[a]!, cluster[b]!);
    const second = Math.max(cluster[a]!, cluster[b]!);
    if (first === second) continue;
    const left = of(first);
    const right = of(second);
    if (!left.slice(0, SPOKESMEN).every((x) => right.slice(0, SPOKESMEN).every((y) => fits(x, y)))) continue;
    if (left.some((x) => right.some((y) => apart(x, y)))) continue;
    for (const unit of right) cluster[unit] = first;
    members.set(
      first,
      [...left, ...right].sort((x, y) => x - y),
    );
    members.delete(second);
  }
  return cluster;
}
