/** Two units that are enough alike to join, `a < b`. */
export interface Edge {
  a: number;
  b: number;
  /** Of two edges the larger is the surer one. */
  strength: number;
}

/** Members of a cluster that a newcomer must fit; beyond these the first in order speak for all [design]. */
const SPOKESMEN = 24;

/**
 * Joins units from the strongest edge down, and only where members of the one cluster fit members of the other (`share` of the pairs, 1 for all)
 * and none is `apart` from any: no chains of weak links. A function of the set of edges and of the order of the units, which must not depend on the order
 * of rows. Returns the cluster of each unit: the number of its first member.
 */
export function clusterUnits(
  units: number,
  edges: readonly Edge[],
  { apart, fits, share }: { apart(a: number, b: number): boolean; fits(a: number, b: number): boolean; share: number },
): number[] {
  const cluster = Array.from({ length: units }, (_, unit) => unit);
  const members = new Map<number, number[]>();
  const of = (id: number): number[] => members.get(id) ?? [id];
  const strong = [...edges].sort((x, y) => y.strength - x.strength || x.a - y.a || x.b - y.b);
  for (const { a, b } of strong) {
    const first = Math.min(cluster[a]!, cluster[b]!);
    const second = Math.max(cluster[a]!, cluster[b]!);
    if (first === second) continue;
    const left = of(first);
    const right = of(second);
    const speakers = left.slice(0, SPOKESMEN);
    const listeners = right.slice(0, SPOKESMEN);
    let misfits = (1 - share) * speakers.length * listeners.length;
    if (speakers.some((x) => listeners.some((y) => !fits(x, y) && --misfits < 0))) continue;
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
