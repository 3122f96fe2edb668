import type { CompanyMember, MemberVerdict, PushInput } from "@bullseye/core/connector";
import { type CompanyElement, memberKey, refuse, toElement } from "./convert.ts";

/** A member and action that share the fate of one element. */
export interface Claim {
  readonly id: string;
  readonly action: "add" | "remove";
  /** A removal whose company is added by the same push: it is not sent. */
  superseded: boolean;
}

/** One element of the push and all who claim it. */
export interface Entry {
  readonly element: CompanyElement;
  readonly claims: Claim[];
}

interface Draft {
  action: "add" | "remove";
  member: CompanyMember;
  claims: Claim[];
}

/**
 * One element for each company of a push, in the order of first mention, removals first; verdicts for the members that are refused here.
 * LinkedIn leaves open what an ADD and a REMOVE of one company in one batch do: the addition, read as the later intent, is kept.
 * Where several accounts are one company, the one with the smallest id lends its fields, so that the order of accounts does not matter.
 */
export function toEntries(input: Pick<PushInput<CompanyMember>, "add" | "remove">): {
  entries: Entry[];
  verdicts: MemberVerdict[];
} {
  const drafts = new Map<string, Draft>();
  const verdicts: MemberVerdict[] = [];
  const answered = new Set<string>();
  const take = (action: "add" | "remove", members: readonly CompanyMember[]) => {
    answered.clear();
    for (const member of members) {
      if (answered.has(member.id)) continue;
      answered.add(member.id);
      const reason = refuse(member);
      if (reason !== undefined) {
        verdicts.push({ id: member.id, action, outcome: "rejected", reason });
        continue;
      }
      const key = memberKey(member);
      const draft = drafts.get(key);
      const claim: Claim = { id: member.id, action, superseded: false };
      if (draft === undefined) drafts.set(key, { action, member, claims: [claim] });
      else {
        if (draft.action !== action) {
          for (const earlier of draft.claims) earlier.superseded = true;
          draft.action = action;
          draft.member = member;
        } else if (member.id < draft.member.id) draft.member = member;
        draft.claims.push(claim);
      }
    }
  };
  take("remove", input.remove);
  take("add", input.add);
  const entries: Entry[] = [];
  for (const { action, member, claims } of drafts.values()) entries.push({ element: toElement(action, member), claims });
  return { entries, verdicts };
}
