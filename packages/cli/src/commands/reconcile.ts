import { runCalled } from "@bullseye/core/queries/lists";
import { reconcile } from "@bullseye/core/queries/reconcile";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";
import { countText } from "../terminal-output.ts";

export const reconcileCommand: Command = {
  name: "reconcile",
  summary: "counts the ledger again and holds it against the stores",
  usage: "reconcile [RUN]",
  options: {},
  async run(context) {
    const { args, out } = context;
    expectWords("reconcile", args, 0, 1, "at most the id of a run");
    const { ports } = await context.workplace();
    const [prefix] = args;
    const result = await reconcile(ports, prefix === undefined ? undefined : (await runCalled(ports, prefix)).runId);
    if (out.json) out.document(result);
    if (out.jsonl) for (const run of result.runs) out.line(run);
    out.table(
      ["run", "what", "status", "in", "accepted", "merged", "rejected", "blank", "footer", "adds up"],
      result.runs.map(({ runId, type, list, status, rows, balanced }) => [
        runId,
        type === "list" ? list : list === null ? type : `${type} ${list}`,
        status,
        rows.in,
        rows.accepted,
        rows.merged,
        rows.rejected,
        rows.blank,
        rows.footer,
        balanced ? "yes" : "NO",
      ]),
    );
    out.text();
    const erased = result.runs.reduce((sum, run) => sum + run.erased, 0);
    if (erased > 0) out.text(`${countText(erased, "row")} of these named somebody who was erased since.`);
    for (const difference of result.differences) out.text(`  ${difference}`);
    out.text(
      result.balanced
        ? `Everything adds up: ${countText(
            result.runs.reduce((sum, run) => sum + run.rows.in, 0),
            "row",
          )} in ${countText(result.runs.length, "run")}.`
        : "Something does not add up.",
    );
    return result.balanced ? 0 : 1;
  },
};
