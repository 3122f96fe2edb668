import type { AccountItem } from "../../account/item.ts";
import type { Audience } from "../../audiences/audiences.ts";
import type { MemberRow, PushRecord } from "../../audiences/delivery.ts";
import { memberFor, wantedKeys } from "../../audiences/wanted-members.ts";
import type { CompanyMember } from "../../connector.ts";
import { InputError } from "../../errors.ts";
import type { Ports } from "../../ports.ts";
import type { SendingJudge } from "./deliver-push.ts";

/** States of members that an uploaded file may have put on the platform. */
const HELD: ReadonlySet<MemberRow["state"]> = new Set(["exported", "confirmed", "accepted", "withdrawn"]);

/** Accounts that are read at a time. */
const PAGE = 500;

/**
 * Writes the full desired list in the platform's template under `outbox/<platform>/<audience>/<plan-hash>/`. Members in it are `exported`
 * until somebody confirms the upload; members that are no longer in it are `withdrawn` until then.
 */
export async function writeFiles(ports: Ports, push: PushRecord, audience: Audience, judge: SendingJudge): Promise<string[]> {
  const template = ports.adConnector(push.platform).fileTemplate;
  if (!template) throw new InputError(`${push.platform} takes no files`, { hint: "use mode: api for this audience" });
  const members: CompanyMember[] = [];
  const rows = new Map<string, MemberRow>();
  let page: Array<{ key: string; id: string }> = [];
  const take = async (): Promise<void> => {
    const items: Map<string, AccountItem> = await ports.accounts.accounts(page.map((each) => each.id).sort());
    const verdictOn = await judge.judge(items.values());
    for (const { key, id } of page) {
      const row = { audience: audience.id, id: key, account: id, push: push.pushId };
      const verdict = verdictOn(items.get(id));
      if ("refused" in verdict) {
        rows.set(key, { ...row, fingerprint: "", state: "parked", reason: verdict.refused });
        continue;
      }
      const member = { ...verdict.member, id: key };
      members.push(member);
      rows.set(key, { ...row, fingerprint: verdict.fingerprint, state: "exported", sent: JSON.stringify(member) });
    }
    page = [];
  };
  for await (const wanted of wantedKeys(ports, audience.platform)) {
    const member = memberFor(wanted, audience);
    if (member === null || !("key" in member)) continue;
    page.push({ key: wanted.key, id: member.id });
    if (page.length >= PAGE) await take();
  }
  await take();
  const files: string[] = [];
  const gone: Array<{ audience: string; id: string }> = [];
  for (const part of template.parts(members)) {
    const key = `outbox/${push.platform}/${audience.id}/${push.planHash}/${part.fileName}`;
    await ports.objects.put(key, part.body);
    files.push(key);
    for (const { id, reason } of part.refused) {
      const row = rows.get(id)!;
      rows.set(id, { ...row, state: "rejected", reason });
    }
  }
  for await (const old of ports.audiences.members(audience.id)) {
    const row = rows.get(old.id);
    if (!row) {
      // Only what a platform may hold has to be taken off it.
      if (HELD.has(old.state)) rows.set(old.id, { ...old, state: "withdrawn", push: push.pushId });
      else gone.push({ audience: audience.id, id: old.id });
    } else if (row.state === "exported" && old.state === "confirmed" && old.fingerprint === row.fingerprint) {
      rows.set(old.id, { ...row, state: "confirmed" });
    }
  }
  await ports.audiences.putMembers([...rows.values()], gone);
  return files;
}
