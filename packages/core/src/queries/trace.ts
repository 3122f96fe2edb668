import type { AccountItem, FactItem } from "../account/item.ts";
import { companyMark, contactMark, ErasedMarks, emailMark, type Mark } from "../erasure/marks.ts";
import { erasedLedger } from "../erasure/record.ts";
import { tombstonesOf } from "../erasure/tombstones.ts";
import { InputError, NotFoundError } from "../errors.ts";
import { parseEmail } from "../lists/values/identifier.ts";
import { suppressionWords } from "../operations/suppression.ts";
import type { Ports } from "../ports.ts";
import { blockOf, domainId, emailKeyId, nameBlockId } from "../resolve/identity.ts";
import { normalizeCompanyName } from "../resolve/keys/company-name.ts";
import { companyDomain } from "../resolve/keys/domain.ts";
import { noSuchList } from "./lists.ts";
import { accountOf, traceAccount } from "./trace-account.ts";
import { inOrder, type TraceContext, type TraceEvent, traceContext, versionRun } from "./trace-events.ts";
import { traceRow } from "./trace-row.ts";

/** Accounts told in one trace; more of them is a question for `accounts`. */
const MOST_ACCOUNTS = 10;

const CAN_ASK = "ask for LIST:ROW, a domain, an e-mail address, a company name, or an account id or the first six digits of it";

/**
 * The whole life of whatever `key` names: a row (`LIST:ROW`), a domain, an e-mail address (looked up by its hashes and never repeated), an
 * account id or the beginning of one, or a company name. Events are in order of time. NotFoundError says what can be asked for.
 */
export async function trace(ports: Ports, key: string): Promise<TraceEvent[]> {
  const context = await traceContext(ports);
  const asked = key.trim();
  if (asked === "") throw new InputError("an empty key names nothing", { hint: CAN_ASK });
  const row = /^([a-z0-9][a-z0-9-]*):(\d{1,12})$/.exec(asked);
  if (row) return inOrder(await ofRow(context, row[1]!, Number(row[2])));
  if (asked.includes("@")) return inOrder(await ofEmail(context, parseEmail(asked) ?? asked.toLowerCase()));
  const accounts = (await byId(context, asked)) ?? (await byDomain(context, asked)) ?? (await byName(context, asked));
  const erased = accounts ? null : await erasedUnder(ports, companyMarksOf(ports, asked));
  if (erased) return [erased];
  if (!accounts) throw new NotFoundError(`nothing here is called "${asked}"`, { hint: CAN_ASK });
  return inOrder(await ofAccounts(context, accounts));
}

function companyMarksOf({ digest }: Ports, asked: string): Mark[] {
  if (/^[0-9a-f]{20}$/i.test(asked)) return [companyMark(asked.toLowerCase()), contactMark(asked.toLowerCase())];
  const domain = asked.includes(".") ? companyDomain(asked) : null;
  return domain === null ? [] : [companyMark(domainId(domain, digest))];
}

/** That somebody with these marks was erased, which is all that is left to tell; null where nobody was. */
async function erasedUnder(ports: Ports, marks: readonly Mark[]): Promise<TraceEvent | null> {
  if (marks.length === 0) return null;
  for (const { day, kind, marks: hashes, id } of await tombstonesOf(ports))
    if (new ErasedMarks(hashes, ports.digest).any(marks))
      return {
        at: `${day}T00:00:00.000Z`,
        stage: "erase",
        list: null,
        row: null,
        what: "erased",
        why: `this ${kind} was erased and is kept out of every later list (tombstone ${id})`,
        account: null,
        run: null,
      };
  return null;
}

async function ofAccounts(context: TraceContext, accounts: readonly AccountItem[]): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  for (const account of accounts) events.push(...(await traceAccount(context, account)));
  return events;
}

async function ofRow(context: TraceContext, id: string, row: number): Promise<TraceEvent[]> {
  const list = context.lists.get(id);
  if (!list) throw noSuchList(id, [...context.lists.keys()]);
  const { events, homes } = await traceRow(context, list, row);
  if (events.length === 0) {
    const unfinished = list.versions.find((version) => version.status === "running");
    const most = Math.max(0, ...list.versions.map((version) => context.runs.get(version.runId)?.rows?.in ?? 0));
    throw new NotFoundError(`the list "${id}" has no row ${row}`, {
      hint: unfinished
        ? `its run was not finished: bullseye runs retry ${unfinished.runId}`
        : `the header is row 1, the last record row ${most + 1}`,
    });
  }
  const accounts = new Map<string, AccountItem>();
  const erased = await erasedLedger(context.ports);
  for (const { runId } of list.versions) {
    const at = erased.at(runId, row);
    if (at !== null) events.push(erasedRow(at, id, row));
  }
  for (const home of homes) {
    const account = await accountOf(context, home);
    if (!account) {
      const at = erased.homeAt(home);
      if (at !== null) events.push(erasedRow(at, id, row));
      continue;
    }
    accounts.set(account.id, account);
    const first = events.find((event) => event.stage === "import-list")!;
    events.push({
      ...first,
      stage: "resolve-partition",
      what: `belongs to ${account.result?.show.name ?? account.result?.show.domain ?? "account"} (${account.id})`,
      why: home === account.id ? "that is its own strongest key" : "its key means the company of a stronger one",
      account: account.id,
    });
  }
  // The other rows of the account have their own lives; of it only what was decided is told.
  for (const event of await ofAccounts(context, [...accounts.values()])) if (event.list === null) events.push(event);
  return events;
}

const erasedRow = (at: string, list: string, row: number): TraceEvent => ({
  at,
  stage: "erase",
  list,
  row,
  what: "erased",
  why: "whom this row named was erased; the row counts as before, and nothing of its text is kept",
  account: null,
  run: null,
});

async function byId(context: TraceContext, asked: string): Promise<AccountItem[] | null> {
  const prefix = asked.toLowerCase();
  if (!/^[0-9a-f]{6,20}$/.test(prefix)) return null;
  if (prefix.length === 20) {
    const account = await accountOf(context, prefix);
    return account && [account];
  }
  const found: AccountItem[] = [];
  for await (const item of context.ports.accounts.scan(prefix, `${prefix}g`, "all")) {
    found.push(item);
    if (found.length > MOST_ACCOUNTS) throw tooMany(asked);
  }
  return found.length > 0 ? found : null;
}

const tooMany = (asked: string): InputError =>
  new InputError(`more than ${MOST_ACCOUNTS} accounts answer to "${asked}"`, { hint: "give more of the id, or a domain" });

async function byDomain(context: TraceContext, asked: string): Promise<AccountItem[] | null> {
  const domain = asked.includes(".") ? companyDomain(asked) : null;
  if (domain === null) return null;
  const id = domainId(domain, context.ports.digest);
  const account = await accountOf(context, id);
  if (account) return [account];
  return accountsOf(
    context,
    ((await context.ports.accounts.aliases([id])).get(id) ?? []).map((alias) => alias.target),
    asked,
  );
}

async function byName(context: TraceContext, asked: string): Promise<AccountItem[] | null> {
  const name = normalizeCompanyName(asked);
  if (!name) return null;
  const { accounts, digest } = context.ports;
  const block = nameBlockId(name.key, digest);
  const homes = ((await accounts.aliases([block])).get(block) ?? []).map((alias) => alias.target);
  const bearers = await accounts.blocks([blockOf(block)]);
  for (const { id } of [...bearers.accounts, ...bearers.parked]) homes.push(id);
  return accountsOf(context, homes, asked);
}

async function accountsOf(context: TraceContext, homes: readonly string[], asked: string): Promise<AccountItem[] | null> {
  const found = new Map<string, AccountItem>();
  for (const home of new Set(homes)) {
    const account = await accountOf(context, home);
    if (account) found.set(account.id, account);
    if (found.size > MOST_ACCOUNTS) throw tooMany(asked);
  }
  return found.size > 0 ? [...found.values()] : null;
}

/** Contacts, orders and suppressions that carry a hash of the address. The address itself is nowhere in the answer. */
async function ofEmail(context: TraceContext, email: string): Promise<TraceEvent[]> {
  const { accounts, digest } = context.ports;
  const sha256 = digest.sha256(email);
  const hashes = [digest.keyed(email), digest.keyed(sha256)].map((hash) => `"${hash}"`);
  const events: TraceEvent[] = [];
  const homes = new Set<string>();
  for (const kind of ["contact", "order"] as const) {
    for await (const fact of accounts.scanFacts(kind)) {
      if (!hashes.some((hash) => fact.item.includes(hash))) continue;
      homes.add(fact.home);
      events.push(...factEvents(context, fact));
    }
  }
  for (const { list, entry } of [...(await accounts.suppressed([emailKeyId(sha256, digest)])).values()].flat()) {
    const newest = context.newest.find((run) => run.list === list);
    events.push({
      at: newest?.startedAt ?? "",
      stage: "import-list",
      list,
      row: null,
      what: "suppressed",
      why: suppressionWords(entry.reason, entry.classes),
      account: null,
      run: newest?.runId ?? null,
    });
  }
  const people = await accountsOf(context, [...homes], "that address");
  if (people) {
    for (const event of await ofAccounts(context, people)) if (event.row === null) events.push(event);
    return events;
  }
  const erased = await erasedUnder(context.ports, [emailMark(sha256)]);
  if (erased) events.push(erased);
  if (events.length > 0) return events;
  const domain = await byDomain(context, email.slice(email.lastIndexOf("@") + 1)).catch(() => null);
  throw new NotFoundError("nobody here has that e-mail address", {
    hint: domain ? `its company is here: bullseye trace ${domain[0]!.id}` : CAN_ASK,
  });
}

function factEvents(context: TraceContext, fact: FactItem): TraceEvent[] {
  const run = versionRun(context, fact.list, fact.version);
  const { rows } = JSON.parse(fact.item) as { rows?: number[] };
  return (rows && rows.length > 0 ? rows : [null]).map((row) => ({
    at: run?.startedAt ?? "",
    stage: "import-list",
    list: fact.list,
    row,
    what: fact.kind === "contact" ? "names this person" : "an order that this person placed",
    why: `version ${run?.version ?? fact.version} of the list; known by the keyed hash of the address`,
    account: null,
    run: run?.runId ?? null,
  }));
}
