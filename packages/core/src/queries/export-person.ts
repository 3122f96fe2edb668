import type { Contact } from "../account/facts.ts";
import { type Asked, whoIsMeant } from "../erasure/asked.ts";
import { find } from "../erasure/found.ts";
import { markHash } from "../erasure/marks.ts";
import { tombstonesOf } from "../erasure/tombstones.ts";
import { InputError } from "../errors.ts";
import { rankOf } from "../ledger/list-versions.ts";
import type { StoredContact } from "../personas/types.ts";
import type { Ports, Suppression } from "../ports.ts";
import { emailKeyId } from "../resolve/identity.ts";
import { accountOf } from "./trace-account.ts";
import { type TraceContext, traceContext, versionRun } from "./trace-events.ts";

/** One statement of a list about the person. Personal. */
export interface StatedPerson extends Contact {
  account: { id: string; name: string | null; domain: string | null } | null;
  sources: Array<{ list: string; version: number; row: number; file: string | null; asOf: string | null; origin: string | null }>;
}

/** Everything stored about a person, for whoever asks what is known of him. */
export interface PersonExport {
  /** ISO instant. */
  at: string;
  contacts: StatedPerson[];
  /** Orders that name the person as buyer; what was ordered is the company's. */
  orders: Array<{ orderId: string; list: string; account: string | null }>;
  suppressions: Array<{ list: string; reason: string; classes: readonly string[] }>;
  /** Audiences that were told of the companies at which the person is; of people no audience is ever told. */
  audiences: Array<{ audience: string; platform: string; account: string; state: string; at: string }>;
  /** The day on which the person was erased, where that was so. */
  erased: string | null;
}

/** Collects what is stored about a person, by the keys that `erase` takes. NotFoundError or InputError where nobody is meant. */
export async function exportPerson(ports: Ports, key: string): Promise<PersonExport> {
  const asked = await whoIsMeant(ports, key);
  if (asked.kind !== "person")
    throw new InputError(`"${key.trim()}" is a company`, {
      hint: "give a person's e-mail address, page or contact id; bullseye explain and trace tell of companies",
    });
  const context = await traceContext(ports);
  const found = await find(ports, asked);
  const contacts: StatedPerson[] = [];
  const orders: PersonExport["orders"] = [];
  const homes = new Set(Object.values(found.lists).flat());
  const ids = new Set(found.contacts);
  for (const [home, facts] of await ports.accounts.facts([...homes].sort(), "contact"))
    for (const { item, list } of facts) {
      const stored = JSON.parse(item) as StoredContact;
      if (ids.has(stored.contactId)) contacts.push(await statedBy(context, home, list, stored));
    }
  for (const [home, facts] of await ports.accounts.facts([...homes].sort(), "order"))
    for (const { item, list, ref } of facts)
      if (found.buyers.some((buyer) => item.includes(`"${buyer}"`)))
        orders.push({ orderId: ref, list, account: (await accountOf(context, home))?.id ?? null });
  return {
    at: ports.clock.now(),
    contacts,
    orders,
    suppressions: await suppressionsOf(ports, found.hashes),
    audiences: await audiencesOf(ports, new Set(contacts.flatMap(({ account }) => (account ? [account.id] : [])))),
    erased: await erasedOn(ports, asked),
  };
}

async function statedBy(context: TraceContext, home: string, list: string, stored: StoredContact): Promise<StatedPerson> {
  const account = await accountOf(context, home);
  const run = versionRun(context, list, stored.version);
  const known = context.lists.get(list);
  const version = known?.versions.find((each) => rankOf(each) === stored.version);
  return {
    ...stored.contact,
    account: account && {
      id: account.id,
      name: account.result?.show.name ?? null,
      domain: account.result?.show.domain ?? null,
    },
    sources: stored.rows.map((row) => ({
      list,
      version: version?.version ?? stored.version,
      row,
      file: version?.file ?? null,
      asOf: version?.asOf ?? run?.input.asOf ?? null,
      origin: known?.source.origin ?? null,
    })),
  };
}

async function audiencesOf(ports: Ports, accounts: ReadonlySet<string>): Promise<PersonExport["audiences"]> {
  const pushes = new Map((await ports.audiences.pushes()).map((push) => [push.pushId, push]));
  const told: PersonExport["audiences"] = [];
  for (const audience of [...new Set([...pushes.values()].map((push) => push.audience))].sort())
    for await (const { account, state, push } of ports.audiences.members(audience)) {
      const by = pushes.get(push);
      if (by && accounts.has(account)) told.push({ audience, platform: by.platform, account, state, at: by.createdAt });
    }
  return told;
}

async function suppressionsOf(ports: Ports, hashes: readonly string[]): Promise<PersonExport["suppressions"]> {
  const keys = hashes.map((hash) => emailKeyId(hash, ports.digest)).sort();
  const rows: Suppression[] = [...(await ports.accounts.suppressed(keys)).values()].flat();
  return rows.map(({ list, entry }) => ({ list, reason: entry.reason, classes: entry.classes ?? ["other"] }));
}

async function erasedOn(ports: Ports, { mark }: Asked): Promise<string | null> {
  const hash = markHash(mark, ports.digest);
  return (await tombstonesOf(ports)).find(({ marks }) => marks.includes(hash))?.day ?? null;
}
