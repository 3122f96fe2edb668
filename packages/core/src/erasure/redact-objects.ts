import type { MemberRow } from "../audiences/delivery.ts";
import { csvLine } from "../lists/csv.ts";
import { readRecords } from "../lists/reading/record-reader.ts";
import { REJECT_COLUMNS } from "../lists/rejects-file.ts";
import type { PlanLine } from "../operations/plan-audiences/plan-audiences.ts";
import type { Ports } from "../ports.ts";
import { escapeText } from "../report/markup.ts";
import type { Found } from "./found.ts";
import { mayName, recordTest } from "./record-test.ts";
import type { Removed } from "./redact-lists.ts";

const DIALECT = { delimiter: ",", quote: '"', escape: "double", encoding: "utf-8" } as const;

const textOf = async (ports: Ports, key: string): Promise<string> => Buffer.from(await ports.objects.get(key)).toString("utf8");

/** Empties the records of rejects files that name who is erased; row, reason and hint stay, so that they add up as before. */
export async function redactRejects(ports: Ports, found: Found): Promise<Removed[]> {
  const names = recordTest(found, ports.digest);
  const removed: Removed[] = [];
  for (const key of await ports.objects.list("rejects/")) {
    const lines: string[] = [];
    let n = 0;
    let header = true;
    readRecords(await ports.objects.get(key), DIALECT, (cells) => {
      const own = cells.length - REJECT_COLUMNS.length;
      if (!header && own >= 0 && names(cells, true)) {
        n++;
        const [row = "", reason = "", column = "", hint = ""] = cells.slice(own);
        lines.push(csvLine([...new Array<string>(own).fill(""), row, reason, column, hint, ""]));
      } else lines.push(csvLine(cells));
      header = false;
    });
    if (n === 0) continue;
    await ports.objects.put(key, lines.join(""));
    removed.push({ where: key, n });
  }
  return removed;
}

/** Leaves out of the files to upload the lines that name who is erased. */
export async function redactOutbox(ports: Ports, found: Found): Promise<Removed[]> {
  const names = recordTest(found, ports.digest);
  const titles = new Set(found.titles);
  const removed: Removed[] = [];
  for (const key of await ports.objects.list("outbox/")) {
    const bytes = await ports.objects.get(key);
    const pieces: Uint8Array[] = [];
    let at = 0;
    let n = 0;
    readRecords(bytes, DIALECT, (cells, start, end) => {
      // A company without a domain is uploaded under its name.
      if (at > 0 && (names(cells) || (found.kind === "company" && titles.has(cells[0] ?? "")))) n++;
      else pieces.push(bytes.subarray(start, end), LINE_END);
      at = end;
    });
    if (n === 0) continue;
    await ports.objects.put(key, Buffer.concat(pieces));
    removed.push({ where: key, n });
  }
  return removed;
}

const LINE_END = Buffer.from("\r\n");

/** Plans name accounts by their ids alone; of an erased company not even that stays. */
export async function redactPlans(ports: Ports, found: Found): Promise<Removed[]> {
  const homes = new Set(found.homes);
  if (homes.size === 0) return [];
  let n = 0;
  for (const key of await ports.objects.list("plans/")) {
    if (!key.endsWith(".jsonl")) continue;
    const lines = (await textOf(ports, key)).split("\n").filter(Boolean);
    const kept = lines.filter((line) => !homes.has((JSON.parse(line) as PlanLine)[3] ?? ""));
    if (kept.length === lines.length) continue;
    n += lines.length - kept.length;
    await ports.objects.put(key, kept.map((line) => `${line}\n`).join(""));
  }
  return n === 0 ? [] : [{ where: "plans", n }];
}

/** Reference rows about an erased company. */
export async function redactReference(ports: Ports, found: Found): Promise<Removed[]> {
  const keys = new Set(found.ids);
  if (keys.size === 0) return [];
  let n = 0;
  for (const key of await ports.objects.list("personal/reference/")) {
    const lines = (await textOf(ports, key)).split("\n").filter(Boolean);
    const kept = lines.filter((line) => !keys.has(line.slice(0, 20)));
    if (kept.length === lines.length) continue;
    n += lines.length - kept.length;
    await ports.objects.put(key, kept.map((line) => `${line}\n`).join(""));
  }
  return n === 0 ? [] : [{ where: "reference rows", n }];
}

/** Reports name the best companies. */
export async function redactReports(ports: Ports, found: Found): Promise<Removed[]> {
  if (found.kind === "person") return [];
  const removed: Removed[] = [];
  const titles = found.titles.map((title) => `<b>${escapeText(title)}</b>`);
  for (const key of await ports.objects.list("reports/")) {
    const before = await textOf(ports, key);
    if (!mayName(found, before) && !titles.some((title) => before.includes(title))) continue;
    let after = before;
    for (const title of titles) after = after.replaceAll(title, "<b>erased</b>");
    for (const each of found.keys) after = after.replaceAll(each, "erased");
    if (after === before) continue;
    await ports.objects.put(key, after);
    removed.push({ where: key, n: 1 });
  }
  return removed;
}

/** States of members that a platform may hold: what was sent stays until it is taken back. */
const HELD: ReadonlySet<MemberRow["state"]> = new Set([
  ...(["exported", "accepted", "confirmed", "unverified", "outcome-unknown", "removing", "withdrawn"] as const),
]);

/** Audiences that anything was ever planned for. */
export async function audiencesOf(ports: Ports): Promise<string[]> {
  return [...new Set((await ports.audiences.pushes()).map(({ audience }) => audience))].sort();
}

/** What was kept of members that no platform holds. */
export async function redactMembers(ports: Ports, found: Found): Promise<Removed[]> {
  const homes = new Set(found.homes);
  if (homes.size === 0) return [];
  let n = 0;
  for (const audience of await audiencesOf(ports)) {
    const rows: MemberRow[] = [];
    for await (const { sent, ...row } of ports.audiences.members(audience))
      if (sent !== undefined && homes.has(row.account) && !HELD.has(row.state)) rows.push(row);
    if (rows.length > 0) await ports.audiences.putMembers(rows, []);
    n += rows.length;
  }
  return n === 0 ? [] : [{ where: "members", n }];
}

/** What is left to do, and by whom. */
export interface Pending {
  audience?: string;
  platform?: string;
  n?: number;
  what: string;
}

/** Audiences whose platform still holds an account of an erased company. */
export async function pendingAudiences(ports: Ports, homes: readonly string[]): Promise<Pending[]> {
  const accounts = new Set(homes);
  const pending: Pending[] = [];
  if (accounts.size === 0) return pending;
  for (const audience of await audiencesOf(ports)) {
    const [push] = await ports.audiences.pushes(audience);
    let n = 0;
    for await (const row of ports.audiences.members(audience)) if (accounts.has(row.account) && HELD.has(row.state)) n++;
    if (n > 0) pending.push({ audience, platform: push!.platform, n, what: waitsFor(push!) });
  }
  return pending;
}

function waitsFor(push: { status: string; mode: string; planHash: string; pushId: string }): string {
  if (push.status === "waiting")
    return `its removal waits for approval: bullseye audiences approve ${push.planHash.slice(0, 12)}`;
  if (push.mode === "file") return `upload the new file, then: bullseye audiences confirm ${push.pushId}`;
  return "its removal is on its way: bullseye audiences push";
}
