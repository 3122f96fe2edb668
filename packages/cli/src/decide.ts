import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DECISIONS } from "@bullseye/core/lists/kinds";
import { decisionsFile, namesOf, type Proposal } from "@bullseye/core/operations/match-companies/decide";
import { type Decision, decisionId } from "@bullseye/core/operations/match-companies/decisions";
import type { Ports } from "@bullseye/core/ports";
import { prepareDrop, type RunOutcome } from "@bullseye/local";
import type { CommandContext } from "./command.ts";
import { placeOption, runDocument, showApproval, showRun } from "./run-result.ts";
import type { Workplace } from "./workplace.ts";

/** A decision as scripts are told it. */
export async function decisionDocument(ports: Ports, decision: Decision) {
  const { low, high, relation } = decision;
  const names = await namesOf(ports, [low.id, high.id].sort());
  const company = ({ id }: Decision["low"]) => ({ id, name: names.get(id) ?? null });
  return {
    id: decisionId(decision, ports.digest),
    relation,
    company: company(low),
    other: relation === "alone" ? null : company(high),
  };
}

/** Makes the decisions that a proposal leaves stand: they are dropped as a list, so that they are counted, journalled and undoable like one. */
export async function carryOut(place: Workplace, decisions: readonly Decision[]): Promise<RunOutcome> {
  if (decisions.length === 0) return place.undo(DECISIONS);
  const folder = mkdtempSync(join(tmpdir(), "bullseye-decisions-"));
  try {
    const file = join(folder, `${DECISIONS}.csv`);
    writeFileSync(file, await decisionsFile(place.ports, decisions));
    const known = await place.ports.runs.list(DECISIONS);
    const drop = await prepareDrop(
      { file, kind: "matches", list: DECISIONS, mode: "snapshot", origin: "first-party" },
      { lists: known ? [known] : [], ports: place.ports },
    );
    return await place.run(drop);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Carries out one proposal and says what became of it. */
export async function decide(
  context: CommandContext,
  place: Workplace,
  { decision, change, decisions }: Proposal,
): Promise<number> {
  const { out } = context;
  const document = await decisionDocument(place.ports, decision);
  context.progress?.begin(context.args.join(" "), place);
  const outcome = await carryOut(place, decisions);
  context.progress?.end();
  const locate = (key: string): string => place.locate(key);
  const said = { decision: document, change, run: runDocument(outcome, locate) };
  if (out.json) out.document(said);
  else if (out.jsonl) out.line(said);
  const { company, other, relation, id } = document;
  const name = ({ id: home, name: called }: { id: string; name: string | null }): string => `${called ?? "(no name)"} (${home})`;
  if (relation === "alone") out.text(`${name(company)} stands for itself${change === "added" ? "" : " no longer"}.`);
  else {
    const are = change === "added" ? "are" : "are no longer decided to be";
    out.text(`${name(company)} and ${name(other!)} ${are} ${relation === "same" ? "one company" : "different companies"}.`);
  }
  out.text(
    change === "added" ? `Take it back: bullseye unmerge ${id}${placeOption(context)}` : `The decision ${id} is withdrawn.`,
  );
  out.text();
  showRun(outcome, out, true, locate);
  showApproval(outcome.run, placeOption(context), out);
  return 0;
}
