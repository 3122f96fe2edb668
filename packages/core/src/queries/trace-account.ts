import {
  type AccountItem,
  type AliasRow,
  type FactKind,
  type Group,
  RANK,
  type Rank,
  type Statement,
  VOUCHER,
} from "../account/item.ts";
import type { MemberRow } from "../audiences/delivery.ts";
import { keptWords } from "../families/suppressed-above.ts";
import { suppressionWords } from "../operations/suppression.ts";
import { blockKey, blockOf } from "../resolve/identity.ts";
import { type TraceContext, type TraceEvent, versionRun } from "./trace-events.ts";

/** Rows of one statement that are told one by one; the rest is counted. */
const MOST_ROWS = 20;

const KEY_WORDS: Readonly<Record<Rank, string>> = {
  [RANK.source]: "record id",
  [RANK.name]: "name",
  [RANK.linkedin]: "LinkedIn page",
  [RANK.domain]: "domain",
  [RANK.registration]: "registration number",
};

const FACTS: ReadonlyArray<readonly [FactKind, "orders" | "deals" | "contacts"]> = [
  ["order", "orders"],
  ["deal", "deals"],
  ["contact", "contacts"],
];

/** The account behind a home: itself, or the one to which its key was resolved. Null when nothing stands there. */
export async function accountOf(context: TraceContext, home: string): Promise<AccountItem | null> {
  const { accounts } = context.ports;
  let id = home;
  for (let step = 0; step <= Object.keys(RANK).length; step++) {
    const account = (await accounts.accounts([id])).get(id);
    if (account) return account;
    const parked = (await accounts.parked([id])).get(id);
    if (!parked) return null;
    id = parked.target;
  }
  return null;
}

/** The whole life of an account: the rows that speak of it, what joined it, what was decided and what platforms were told. */
export async function traceAccount(context: TraceContext, item: AccountItem): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  for (const group of item.groups) {
    const { home } = group;
    for (const statement of group.st) events.push(...statedBy(context, item, statement, "import-list"));
    for (const [kind, field] of FACTS) if (group[field]) events.push(...(await factsOf(context, item, home, kind)));
    if (home !== item.id) events.push(await joined(context, item, group));
  }
  for (const statement of item.ref ?? []) events.push(...statedBy(context, item, statement, "enrich-partition"));
  events.push(...decided(context, item), ...(await told(context, item)));
  return events;
}

function statedBy(context: TraceContext, item: AccountItem, statement: Statement, stage: string): TraceEvent[] {
  const run = versionRun(context, statement.l, statement.v);
  const fields = Object.keys(statement.f);
  const rest = statement.r.length - MOST_ROWS;
  return statement.r.slice(0, MOST_ROWS).map((row, at) => ({
    at: run?.startedAt ?? instant(statement.d),
    stage,
    list: statement.l,
    row,
    what: `says ${fields.length === 0 ? "that it is there" : fields.join(", ")}`,
    why: `version ${statement.v} of a list of ${statement.k}${at === MOST_ROWS - 1 && rest > 0 ? `; ${rest} more rows say the same` : ""}`,
    account: item.id,
    run: run?.runId ?? null,
  }));
}

async function factsOf(context: TraceContext, item: AccountItem, home: string, kind: FactKind): Promise<TraceEvent[]> {
  const facts = (await context.ports.accounts.facts([home], kind)).get(home) ?? [];
  const byVersion = new Map<string, { list: string; version: number; n: number }>();
  for (const { list, version } of facts) {
    const key = `${list} ${version}`;
    const known = byVersion.get(key);
    if (known) known.n++;
    else byVersion.set(key, { list, version, n: 1 });
  }
  return [...byVersion.values()].map(({ list, version, n }) => {
    const run = versionRun(context, list, version);
    return {
      at: run?.startedAt ?? "",
      stage: "import-list",
      list,
      row: null,
      what: `brings ${n} ${kind}${n === 1 ? "" : "s"}`,
      why: `version ${run?.version ?? version} of the list`,
      account: item.id,
      run: run?.runId ?? null,
    };
  });
}

/** Why a weaker key's rows count for this account: the lists that name both keys in one row. */
async function joined(context: TraceContext, item: AccountItem, group: Group): Promise<TraceEvent> {
  const { home } = group;
  const block = group.rank === RANK.name ? blockKey(blockOf(home)) : home;
  const aliases = (await context.ports.accounts.aliases([block])).get(block) ?? [];
  const vouchers = aliases.filter((alias) => alias.target === item.id || alias.target === group.via);
  const first = group.st[0];
  const run = first && versionRun(context, first.l, first.v);
  const last = vouchers
    .map((alias) => context.lists.get(alias.list)?.versions.at(-1)?.runId)
    .map((id) => (id ? context.runs.get(id)?.startedAt : undefined));
  const at =
    [run?.startedAt, ...last]
      .filter((each) => each !== undefined)
      .sort()
      .at(-1) ?? "";
  return {
    at,
    stage: "resolve-partition",
    list: first?.l ?? null,
    row: first?.r[0] ?? null,
    what: `rows known by their ${KEY_WORDS[group.rank]} joined this account`,
    why: await whyJoined(context, group, vouchers),
    account: item.id,
    run: run?.runId ?? null,
  };
}

async function whyJoined(context: TraceContext, { home, rank }: Group, vouchers: readonly AliasRow[]): Promise<string> {
  const own = (await context.ports.accounts.aliases([home])).get(home) ?? [];
  const person = own.find((alias) => alias.rank === VOUCHER.person && alias.target !== home);
  if (person) return `somebody decided so in ${person.list}; bullseye unmerge ${home} parts them`;
  const lists = [...new Set(vouchers.filter((alias) => alias.rank <= RANK.registration).map((alias) => alias.list))];
  if (lists.length > 0) return `${lists.join(", ")} names that ${KEY_WORDS[rank]} together with a stronger key`;
  if (own.some((alias) => alias.rank === VOUCHER.similar)) return `their names are similar; bullseye unmerge ${home} parts them`;
  return `the only company that this ${KEY_WORDS[rank]} can mean`;
}

function decided(context: TraceContext, item: AccountItem): TraceEvent[] {
  const { result } = item;
  if (!result) return [];
  const run = context.newest.find((each) => each.status === "done" && each.input.asOf === result.asOf);
  const about = { at: run?.startedAt ?? instant(result.asOf), list: null, row: null, account: item.id, run: run?.runId ?? null };
  const range = `${points(result.low)} to ${points(result.high)}`;
  const events: TraceEvent[] = [
    {
      ...about,
      stage: "score-partition",
      what: `tier ${result.tier}, score ${result.score === null ? `unknown (${range})` : points(result.score)}`,
      why: result.out
        ? `disqualified by the rule ${result.out}`
        : `the profile as of ${result.asOf}; bullseye explain ${item.id.slice(0, 10)} shows every point`,
    },
    {
      ...about,
      stage: "place-partition",
      what: result.segments.length > 0 ? `in ${result.segments.join(", ")}` : "in no segment",
      why: "the segments' conditions hold for sure",
    },
  ];
  if (result.suppressed)
    events.push({
      ...about,
      stage: "place-partition",
      what: "suppressed",
      why: suppressionWords(result.suppressed, result.suppressedAs),
    });
  for (const [audience, why] of Object.entries(result.keptOut ?? {}))
    if (result.audiences.includes(audience))
      events.push({ ...about, stage: "place-partition", what: `kept out of ${audience}`, why: keptWords(why) });
  for (const audience of result.audiences)
    events.push({
      ...about,
      stage: "place-partition",
      what: `wanted by ${audience}`,
      why: "the audience's condition holds for sure",
    });
  for (const blocked of result.blocked ?? []) {
    const [audience, rule] = blocked.split(": ");
    events.push({
      ...about,
      stage: "place-partition",
      what: `kept out of ${audience}`,
      why: `the policy's rule ${rule} does not allow it`,
    });
  }
  return events;
}

const points = (score: number): string => String(Math.round(score * 100) / 100);

async function told(context: TraceContext, item: AccountItem): Promise<TraceEvent[]> {
  const { audiences } = context.ports;
  const keys = new Set([item.id, ...Object.values(item.result?.members ?? {}).map(([key]) => key)]);
  const events: TraceEvent[] = [];
  for (const audience of context.audiences) {
    const rows = [...(await audiences.membersById(audience, [...keys])).values()];
    for (const row of rows) events.push(await memberEvent(context, item, row));
    if (
      rows.length > 0 ||
      !item.result?.audiences.includes(audience) ||
      item.result.suppressed ||
      item.result.keptOut?.[audience]
    )
      continue;
    const push = (await audiences.pushes(audience)).find((each) => each.status !== "done" && each.status !== "superseded");
    if (!push) continue;
    events.push({
      at: push.createdAt,
      stage: "plan-audiences",
      list: null,
      row: null,
      what: `planned for ${audience} on ${push.platform}`,
      why:
        push.status === "waiting"
          ? `waits for approval: ${push.approvalReasons.join("; ")}`
          : `${push.status}${push.reason ? `: ${push.reason}` : ""}`,
      account: item.id,
      run: push.runId,
    });
  }
  return events;
}

async function memberEvent(context: TraceContext, item: AccountItem, row: MemberRow): Promise<TraceEvent> {
  const push = await context.ports.audiences.push(row.push);
  return {
    at: push?.createdAt ?? "",
    stage: "deliver-push",
    list: null,
    row: null,
    what: `${row.state} on ${push?.platform ?? "its platform"} for ${row.audience}`,
    why: row.reason ?? `push ${row.push}`,
    account: item.id,
    run: push?.runId ?? null,
  };
}

const instant = (day: string): string => `${day}T00:00:00.000Z`;
