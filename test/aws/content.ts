import type { FactKind } from "@bullseye/core/account/item";
import type { Ports } from "@bullseye/core/ports";

const FACTS: readonly FactKind[] = ["contact", "order", "deal"];

/** What a place knows and has told, as text, without ids of runs, times of day and sizes of partitions: a laptop and a stage must not differ in it. */
export interface Content {
  accounts: string[];
  facts: string[];
  lists: string[];
  audiences: string[];
  /** Files for people, by key. */
  files: Record<string, string>;
}

/** Reads everything that must be the same wherever the same lists were dropped. */
export async function contentOf(ports: Ports): Promise<Content> {
  const content: Content = { accounts: [], facts: [], lists: [], audiences: [], files: {} };
  for await (const item of ports.accounts.scan("", null, "all")) content.accounts.push(JSON.stringify(item));
  for (const kind of FACTS) for await (const fact of ports.accounts.scanFacts(kind)) content.facts.push(JSON.stringify(fact));
  content.facts.sort();
  for (const list of await ports.runs.lists())
    content.lists.push(JSON.stringify({ ...list, versions: list.versions.map(({ runId: _, bits: __, ...version }) => version) }));
  content.lists.sort();
  for (const { runId: _, createdAt: __, ...push } of await ports.audiences.pushes()) {
    content.audiences.push(JSON.stringify(push), JSON.stringify(await ports.audiences.state(push.audience)));
    for await (const member of ports.audiences.members(push.audience)) content.audiences.push(JSON.stringify(member));
  }
  content.audiences = [...new Set(content.audiences)].sort();
  for (const key of await ports.objects.list("outbox/"))
    content.files[key] = Buffer.from(await ports.objects.get(key)).toString("utf8");
  for (const key of await ports.objects.list("rejects/"))
    content.files[key.replace(/\/[0-9a-f]{20}\.csv$/, "/run.csv")] ??= Buffer.from(await ports.objects.get(key)).toString("utf8");
  return content;
}

/** Differences shown of each kind. */
const MOST_SHOWN = 4;

/** In what one place differs from another, in words; empty where they are the same to the last byte and in the same order. */
export function differencesOf(is: Content, should: Content): string[] {
  const found: string[] = [];
  for (const what of ["accounts", "facts", "lists", "audiences"] as const) {
    const [has, wants] = [new Set(is[what]), new Set(should[what])];
    const lacks = should[what].filter((each) => !has.has(each));
    const more = is[what].filter((each) => !wants.has(each));
    for (const each of lacks.slice(0, MOST_SHOWN)) found.push(`${what} lack (of ${lacks.length}) ${each}`);
    for (const each of more.slice(0, MOST_SHOWN)) found.push(`${what} have (of ${more.length}) ${each}`);
    if (found.length === 0 && JSON.stringify(is[what]) !== JSON.stringify(should[what]))
      found.push(`${what} come in another order`);
  }
  for (const key of new Set([...Object.keys(is.files), ...Object.keys(should.files)]))
    if (is.files[key] !== should.files[key])
      found.push(`the file ${key} differs: ${is.files[key]?.length} and ${should.files[key]?.length}`);
  return found;
}
