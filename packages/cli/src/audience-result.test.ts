import type { AudienceListing } from "@bullseye/core/queries/audiences";
import { describe, expect, it } from "vitest";
import { showAudiences } from "./audience-result.ts";
import { TerminalOutput } from "./terminal-output.ts";

const WAITING: AudienceListing = {
  id: "first",
  name: "First",
  platform: "linkedin",
  mode: "api",
  hash: "0123456789abcdef",
  desired: 2,
  told: 0,
  add: 2,
  remove: 0,
  awaitingApproval: true,
  approvalReasons: ["first push"],
  blocked: [{ n: 3, rule: "undeclared-origin", reason: "nobody declared where this list comes from" }],
  exported: 0,
  withdrawn: 0,
  accepted: 0,
  confirmed: 0,
  rejected: 0,
  parked: 0,
  pending: 2,
  files: [],
  frozen: false,
  push: null,
};

function shown(listing: AudienceListing): string {
  let text = "";
  const out = new TerminalOutput(
    { out: (written) => (text += written), err: () => {}, colours: false, progressColumns: null, now: () => 0 },
    { json: false, jsonl: false, quiet: false },
  );
  showAudiences(out, [listing], " --home here");
  return text;
}

describe("what is printed under the table of audiences", () => {
  it("says how a plan goes and how a list is declared, in this home", () => {
    expect(shown(WAITING)).toContain("let it go: bullseye audiences approve 0123456789ab --home here\n");
    expect(shown(WAITING)).toContain("declare the list: bullseye run FILE --source first-party --home here\n");
  });

  it("offers no approval for a frozen one", () => {
    const text = shown({ ...WAITING, frozen: true });
    expect(text).not.toContain("let it go");
    expect(text).toContain("bullseye audiences unfreeze first --home here\n");
  });
});
