/** Who belongs to whom, once nothing goes in a circle any more. */
export interface FamilyTree {
  /** From child to the company right above. */
  parents: Map<string, string>;
  /** From child to the company at the top. */
  tops: Map<string, string>;
  /** Companies right below, by parent. */
  children: Map<string, number>;
  /** Links from a company to itself that were left out. */
  selves: number;
  /** Circles that were opened by leaving out one link each. */
  cycles: number;
}

/**
 * The families that links from child to parent make, as a function of the set of links alone. A company that is its own parent has none. In
 * a circle the company with the smallest id becomes the top: the one with the smallest id among those whose link no person made, where there
 * are any.
 */
export function treeOf(links: ReadonlyMap<string, string>, decided: ReadonlySet<string> = new Set()): FamilyTree {
  const parents = new Map<string, string>();
  let selves = 0;
  for (const [child, parent] of links) {
    if (child === parent) selves++;
    else parents.set(child, parent);
  }
  const cycles = opened(parents, decided);
  const tops = new Map<string, string>();
  const children = new Map<string, number>();
  for (const [child, parent] of parents) {
    children.set(parent, (children.get(parent) ?? 0) + 1);
    const way = [child];
    let top = parent;
    while (!tops.has(top) && parents.has(top)) {
      way.push(top);
      top = parents.get(top)!;
    }
    top = tops.get(top) ?? top;
    for (const each of way) tops.set(each, top);
  }
  return { parents, tops, children, selves, cycles };
}

/** Takes one link out of each circle; answers how many there were. */
function opened(parents: Map<string, string>, decided: ReadonlySet<string>): number {
  const seen = new Map<string, string>();
  const breaks: string[] = [];
  for (const start of parents.keys()) {
    let at: string | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.set(at, start);
      at = parents.get(at);
    }
    if (at === undefined || seen.get(at) !== start) continue;
    const circle = [at];
    for (let next = parents.get(at)!; next !== at; next = parents.get(next)!) circle.push(next);
    const free = circle.filter((id) => !decided.has(id));
    breaks.push((free.length > 0 ? free : circle).sort()[0]!);
  }
  for (const id of breaks) parents.delete(id);
  return breaks.length;
}
