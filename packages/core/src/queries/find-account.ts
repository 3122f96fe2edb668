import type { AccountItem } from "../account/item.ts";
import { InputError, NotFoundError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import { blockOf, domainId, nameBlockId } from "../resolve/identity.ts";
import { normalizeCompanyName } from "../resolve/keys/company-name.ts";
import { canonicalDomain } from "../resolve/keys/domain.ts";

/** Digits of an id below which it is no prefix but a word. */
const SHORTEST_PREFIX = 6;
/** Homes that lead to homes; a chain is as long as there are kinds of key. */
const MOST_STEPS = 8;
/** How many of several candidates an error names. */
const MOST_NAMED = 4;

/** Accounts behind homes: a home that belongs to another account leads there. */
async function settle(ports: Ports, ids: Iterable<string>): Promise<Map<string, AccountItem>> {
  const found = new Map<string, AccountItem>();
  let open = [...new Set(ids)].sort();
  for (let step = 0; open.length > 0 && step < MOST_STEPS; step++) {
    const accounts = await ports.accounts.accounts(open);
    for (const [id, item] of accounts) found.set(id, item);
    const parked = await ports.accounts.parked(open.filter((id) => !accounts.has(id)));
    open = [...new Set([...parked.values()].map((item) => item.target))].filter((id) => !found.has(id)).sort();
  }
  return found;
}

async function behindKey(ports: Ports, key: string): Promise<Map<string, AccountItem>> {
  const aliases = await ports.accounts.aliases([key]);
  return settle(ports, [key, ...(aliases.get(key) ?? []).map((alias) => alias.target)]);
}

async function byPrefix(ports: Ports, prefix: string): Promise<Map<string, AccountItem>> {
  const found = new Map<string, AccountItem>();
  for await (const item of ports.accounts.scan(prefix, `${prefix}g`, "all")) {
    found.set(item.id, item);
    if (found.size > MOST_NAMED) break;
  }
  return found;
}

async function byName(ports: Ports, name: string): Promise<Map<string, AccountItem>> {
  const key = normalizeCompanyName(name)?.key;
  const candidates = new Map<string, AccountItem>();
  if (key !== undefined) {
    const block = nameBlockId(key, ports.digest);
    const { accounts, parked } = await ports.accounts.blocks([blockOf(block)]);
    const aliases = (await ports.accounts.aliases([block])).get(block) ?? [];
    const ids = [...accounts.map(({ id }) => id), ...parked.map(({ target }) => target), ...aliases.map(({ target }) => target)];
    for (const [id, item] of await settle(ports, ids)) candidates.set(id, item);
  }
  if (candidates.size === 0) {
    const wanted = name.trim().toLowerCase();
    for await (const item of ports.accounts.scan("", null, "all"))
      if (item.result?.show.name?.toLowerCase() === wanted) candidates.set(item.id, item);
  }
  const exact = [...candidates].filter(([, item]) => item.result?.show.name?.toLowerCase() === name.trim().toLowerCase());
  return exact.length > 0 ? new Map(exact) : candidates;
}

/**
 * The account that a person means by an id, the beginning of one (six digits or more), a domain, or a name. NotFoundError when there is
 * none; InputError that names the candidates when there are several.
 */
export async function findAccount(ports: Ports, words: string): Promise<AccountItem> {
  const key = words.trim();
  const ways: Array<() => Promise<Map<string, AccountItem>>> = [];
  const hex = key.toLowerCase();
  if (/^[0-9a-f]{20}$/.test(hex)) ways.push(() => behindKey(ports, hex));
  if (/^[0-9a-f]+$/.test(hex) && hex.length >= SHORTEST_PREFIX && hex.length <= 20) ways.push(() => byPrefix(ports, hex));
  const domain = key.includes(".") ? canonicalDomain(key) : null;
  if (domain !== null) ways.push(() => behindKey(ports, domainId(domain, ports.digest)));
  ways.push(() => byName(ports, key));
  for (const way of ways) {
    const found = [...(await way()).values()].filter((item) => item.result !== undefined);
    if (found.length === 1) return found[0]!;
    if (found.length > 1) {
      const named = found
        .slice(0, MOST_NAMED)
        .map(({ id, result }) => `${id} (${result!.show.domain ?? result!.show.country ?? "no domain"})`);
      throw new InputError(
        `"${words}" means ${found.length > MOST_NAMED ? "several" : found.length} accounts: ${named.join(", ")}`,
        {
          hint: "name one of them by its id",
        },
      );
    }
  }
  throw new NotFoundError(`there is no account "${words}"`, {
    hint: "give its id, its domain or its name; bullseye accounts lists them",
  });
}
