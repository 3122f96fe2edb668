import type { Day } from "../account/attribute.ts";
import type { Group, Statement } from "../account/item.ts";
import { fieldsText } from "../account/statement.ts";
import type { ListKind } from "../lists/kinds.ts";
import type { FactMerger } from "./facts.ts";
import type { PatchInbox } from "./inbox.ts";
import type { ResolveContext } from "./resolve-context.ts";
import { addStatements, type Incoming } from "./statements.ts";

/**
 * What one version of a list said of one home. Kept beside the store where several versions speak of the home: the store holds what they come
 * to together, from which none can be taken.
 */
export interface Evidence {
  home: string;
  /** The number under which the rows of the version are filed. */
  version: number;
  /**
   * False where it was found in the store by the first version that joined another one there; then it counts only where nothing better is
   * kept of that version, and of several the earliest.
   */
  own: boolean;
  /** Which of the list's versions kept it, in the order in which they came. */
  by: number;
  st: SaidStatement[];
  /** Orders, deals or contacts as that version alone makes them. */
  facts: unknown[];
}

/** A statement without what all of its version share; `j` is the JSON of its fields. */
interface SaidStatement {
  k: ListKind;
  r: number[];
  j: string;
  d: Day;
}

const saidStatement = (statement: Statement): SaidStatement => ({
  k: statement.k,
  r: statement.r,
  j: fieldsText(statement),
  d: statement.d,
});

/** What rows of this run say, as evidence. */
const saidNow = (incoming: Iterable<Incoming>, day: Day): SaidStatement[] =>
  [...incoming]
    .map(({ kind, rows, json }) => ({ k: kind, r: [...rows].sort((a, b) => a - b), j: json, d: day }))
    .sort((a, b) => (a.j < b.j ? -1 : a.j > b.j ? 1 : 0));

/** What versions of a list come to at a home, as the store has it; `counts` says which of them stand beside the run. */
function saidBefore(
  statements: readonly Statement[],
  facts: ReadonlyArray<{ version: number }>,
  list: string,
  counts: (version: number) => boolean,
): Map<number, Pick<Evidence, "st" | "facts">> {
  const found = new Map<number, Pick<Evidence, "st" | "facts">>();
  const at = (version: number): Pick<Evidence, "st" | "facts"> => {
    const known = found.get(version) ?? { st: [], facts: [] };
    found.set(version, known);
    return known;
  };
  for (const each of statements) if (each.l === list && counts(each.v)) at(each.v).st.push(saidStatement(each));
  for (const fact of facts) if (counts(fact.version)) at(fact.version).facts.push(fact);
  return found;
}

/** Evidence by home and version, the best of what was kept of each. */
export class EvidenceBook {
  readonly #homes = new Map<string, Map<number, Evidence>>();

  add(evidence: Evidence): void {
    let known = this.#homes.get(evidence.home);
    if (!known) {
      known = new Map();
      this.#homes.set(evidence.home, known);
    }
    const before = known.get(evidence.version);
    const better = !before || (evidence.own ? !before.own || evidence.by > before.by : !before.own && evidence.by < before.by);
    if (better) known.set(evidence.version, evidence);
  }

  /** What versions said of a home, in the order of `ranks`; undefined where nothing was ever kept of it. */
  of(home: string, ranks: readonly number[]): Evidence[] | undefined {
    const known = this.#homes.get(home);
    return known && ranks.flatMap((rank) => known.get(rank) ?? []);
  }
}

/** Makes a group say of a list what these versions said, lowest first, and nothing else. */
export function restate(group: Group, list: string, evidence: readonly Evidence[]): void {
  group.st = group.st.filter(({ l }) => l !== list);
  for (const { version, st } of evidence) {
    const incoming = st.map(({ k, r, j }): Incoming => ({ kind: k, rows: [...r], json: j }));
    if (st.length > 0) addStatements(group, incoming, list, version, st[0]!.d);
  }
}

/**
 * Lines of evidence to keep of the homes of which the run speaks and other versions of the list do, too; asked before anything is applied.
 * Where they lie in the store together, they were kept when the second of them came.
 */
export function evidenceToKeep(
  { alone, list, version, withdrawn, stays, order, asOf }: ResolveContext,
  { statements, retracts, evidence }: PatchInbox,
  facts: FactMerger,
  said: (home: string) => readonly Statement[],
): string[] {
  if (alone) return [];
  const lines: string[] = [];
  const keep = (line: Evidence): void => void lines.push(`${JSON.stringify(line)}\n`);
  for (const [home, { byJson }] of statements) {
    const again = stays && retracts.has(home) ? evidence.of(home, stays) : undefined;
    if (again?.length === 0) continue;
    if (!again) {
      const others = saidBefore(said(home), facts.stored(home), list, (rank) => rank !== version && !withdrawn.has(rank));
      if (others.size === 0) continue;
      if (others.size === 1) for (const [rank, each] of others) keep({ home, version: rank, own: false, by: order, ...each });
    }
    keep({ home, version, own: true, by: order, st: saidNow(byJson.values(), asOf), facts: facts.alone(home) });
  }
  return lines;
}
