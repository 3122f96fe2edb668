import { type AliasRow, RANK, VOUCHER } from "../account/item.ts";

/** What a home knows of itself when it asks where it belongs. */
export interface RedirectQuestion {
  id: string;
  isName: boolean;
  /** ISO alpha-2 of a name home, "" for none. */
  country: string;
  /** Vouchers of keys: those for the home's key; for a name home those of its block. */
  aliases: readonly AliasRow[];
  /** Vouchers for the home itself by persons and by similar names. */
  own: readonly AliasRow[];
  /** Name homes of the same block that stand (have rows of their own), this one left out. */
  siblings: ReadonlyArray<{ id: string; country: string }>;
}

/** The account that a home belongs to (null when it stands for itself), and whether nothing but a similar name says so. */
export interface Redirect {
  target: string | null;
  similar: boolean;
}

/** The only target of the highest rank, or null: two companies that a key could mean stay two, and the key stays by itself. */
function onlyStrongest(targets: Map<string, number>): string | null {
  let best: string | null = null;
  let bestRank = -1;
  let ties = 0;
  for (const [target, rank] of targets) {
    if (rank > bestRank) {
      best = target;
      bestRank = rank;
      ties = 1;
    } else if (rank === bestRank) ties++;
  }
  return ties === 1 ? best : null;
}

/**
 * Where a home belongs. A function of the set of standing rows alone: neither their order nor their arrival matters. What a person decided
 * goes before every key, a similar name after them. A name attaches to a company that bears it in the same country, or where one side names
 * no country.
 */
export function redirectOf(question: RedirectQuestion): Redirect {
  const decided = question.own.filter(({ rank }) => rank === VOUCHER.person).map(({ target }) => target);
  // A file of somebody's own may say two things about one company: the first in text order counts.
  if (decided.length > 0) {
    const [target] = decided.sort();
    return { target: target === question.id ? null : target!, similar: false };
  }
  const target = byKeys(question);
  if (target !== null) return { target, similar: false };
  const similar = question.own.filter(({ rank }) => rank === VOUCHER.similar).map(({ target }) => target);
  return similar.length === 1 ? { target: similar[0]!, similar: true } : { target: null, similar: false };
}

function byKeys({ id, isName, country, aliases, siblings }: RedirectQuestion): string | null {
  if (!isName) {
    const targets = new Map<string, number>();
    for (const { target, rank } of aliases) if (target !== id && rank <= RANK.registration) targets.set(target, rank);
    return targets.size === 0 ? null : onlyStrongest(targets);
  }
  const countries = new Map<string, Set<string>>();
  const ranks = new Map<string, number>();
  for (const alias of aliases) {
    if (alias.rank <= RANK.name || alias.rank > RANK.registration) continue;
    ranks.set(alias.target, alias.rank);
    let known = countries.get(alias.target);
    if (!known) {
      known = new Set();
      countries.set(alias.target, known);
    }
    for (const each of alias.countries) known.add(each);
  }
  if (ranks.size > 0) {
    if (country === "") return onlyStrongest(ranks);
    const same = new Map([...ranks].filter(([target]) => countries.get(target)!.has(country)));
    if (same.size > 0) return onlyStrongest(same);
    return onlyStrongest(new Map([...ranks].filter(([target]) => [...countries.get(target)!].every((each) => each === ""))));
  }
  if (country !== "") return null;
  const named = siblings.filter((sibling) => sibling.country !== "");
  return named.length === 1 ? named[0]!.id : null;
}
