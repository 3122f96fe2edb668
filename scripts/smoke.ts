// Proves a deployed stage against a real account: `npm run smoke -- --stage NAME`. Takes minutes and some cents, and takes back what it did.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { namingStage } from "@bullseye/aws/stage/failures";
import { PRODUCTION } from "@bullseye/aws/stage/names";
import { Stage } from "@bullseye/aws/stage/stage";
import { failureLine, failureOf } from "@bullseye/cli/failure";
import { surroundings } from "@bullseye/cli/surroundings";
import { TerminalOutput } from "@bullseye/cli/terminal-output";
import { InputError } from "@bullseye/core/errors";
import { ROOT } from "./node24.mjs";
import { smoke } from "./smoke-checks.ts";

/** Small lists of three kinds: companies, people and what was bought. */
const LISTS = [
  ["accounts", "crm-accounts.csv"],
  ["contacts", "contacts.csv"],
  ["orders", "shop-orders.csv"],
] as const;

/** Seconds after which no further step begins. */
const PATIENCE = 30 * 60;

const out = new TerminalOutput(
  {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colours: process.stdout.isTTY === true,
    progressColumns: null,
    now: () => performance.now(),
  },
  { json: false, jsonl: false, quiet: false },
);

const { values } = parseArgs({ options: { stage: { type: "string" } } });
const name = values.stage ?? "";
try {
  if (name === "") throw new InputError("no stage is named", { hint: "npm run smoke -- --stage NAME" });
  if (name === PRODUCTION)
    throw new InputError(`the stage ${PRODUCTION} is not for trying out`, {
      hint: "deploy another: npm run deploy -- --stage smoke",
    });
  const stage = await Stage.open(name, { surroundings });
  try {
    const { checks, costs } = await smoke({
      stage: name,
      ports: stage.ports,
      configuration: await stage.configuration(),
      lists: LISTS.map(([kind, file]) => [kind, join(ROOT, "events", "lists", kind, file)]),
      seconds: PATIENCE,
      onStep: (what) => out.note(`${what} …`),
    });
    out.text();
    out.table(
      ["", "what", "seconds", "said"],
      checks.map(({ ok, what, seconds, said }) => [ok ? "ok" : "WRONG", what, Math.round(seconds), said]),
    );
    out.text();
    out.table(
      ["run", "USD at list price"],
      costs.map(({ run, usd }) => [run, Math.round(usd * 1e6) / 1e6]),
    );
    out.text();
    out.text(
      `What stays: the records, ledgers and reports of these runs, and the dropped files; bullseye stage remove ${name} takes the stage with them.`,
    );
    process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    await stage.close();
  }
} catch (error) {
  const failure = failureOf(namingStage(error, name));
  process.stderr.write(`${failureLine(failure)}\n`);
  process.exitCode = failure.code;
}
