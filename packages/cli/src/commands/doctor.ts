import { accessSync, constants, existsSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ListRecord } from "@bullseye/core/ledger/records";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { many } from "@bullseye/core/report/wording";
import { Home, readConfiguration } from "@bullseye/local";
import { expectWords } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { failureOf } from "../failure.ts";
import { version } from "../version.ts";
import type { Workplace } from "../workplace.ts";

/** One thing looked at. A check that is not ok makes `doctor` end with 1; `hint` says what to do, also about things that are fine so far. */
interface Check {
  id: string;
  ok: boolean;
  message: string;
  hint?: string;
}

const NEEDED_NODE = 24;
/** Free space below which a run may not end [design]. */
const LEAST_FREE_BYTES = 512 * 1024 * 1024;

function nodeCheck(): Check {
  const version = process.versions.node;
  const ok = Number.parseInt(version, 10) >= NEEDED_NODE;
  return {
    id: "node",
    ok,
    message: `Node ${version}`,
    ...(ok ? {} : { hint: `Node ${NEEDED_NODE} is needed: node scripts/ready.mjs brings it` }),
  };
}

/** The directory itself or, where it is yet to be made, the nearest one above it. */
function existing(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

function writableCheck(home: string): Check {
  try {
    accessSync(existing(home), constants.W_OK);
    return {
      id: "home",
      ok: true,
      message: existsSync(home) ? `${home} can be written` : `${home} is yet to be made: bullseye init or run makes it`,
    };
  } catch {
    return { id: "home", ok: false, message: `${home} cannot be written`, hint: "change its rights, or name another --home" };
  }
}

function diskCheck(home: string): Check {
  const { bavail, bsize } = statfsSync(existing(home));
  const free = bavail * bsize;
  const ok = free >= LEAST_FREE_BYTES;
  return {
    id: "disk",
    ok,
    message: `${(free / 1024 ** 3).toFixed(1)} GB free`,
    ...(ok ? {} : { hint: "make room: a run writes a few times the size of its file" }),
  };
}

function configurationCheck(home: string): Check {
  try {
    const { profile, audiences } = compileConfiguration(readConfiguration(home));
    const own = existsSync(join(home, "config", "icp.yaml")) ? "" : " (the example)";
    return {
      id: "configuration",
      ok: true,
      message: `profile ${profile.id}${own}, ${many(audiences.segments.all.length, "segment")}, ${many(audiences.all.length, "audience")}`,
    };
  } catch (error) {
    const { message, hint } = failureOf(error);
    return { id: "configuration", ok: false, message, ...(hint === undefined ? {} : { hint }) };
  }
}

const standing = (list: ListRecord): boolean => list.versions.some((each) => each.status === "standing");

async function storeChecks(context: CommandContext): Promise<Check[]> {
  if (!Home.exists(context.homePath)) return [{ id: "store", ok: true, message: "nothing has been run here yet" }];
  let place: Workplace;
  try {
    place = await context.workplace();
  } catch (error) {
    const { message, hint } = failureOf(error);
    return [{ id: "store", ok: false, message, ...(hint === undefined ? {} : { hint }) }];
  }
  const { ports } = place;
  const lists = (await ports.runs.lists()).filter(standing);
  const checks: Check[] = [
    { id: "store", ok: true, message: `${many(await ports.accounts.count(), "account")}, ${many(lists.length, "list")}` },
  ];
  const undeclared = lists.filter((list) => list.source.origin === "unknown" && list.kind !== "suppressions");
  checks.push({
    id: "sources",
    ok: undeclared.length === 0,
    message:
      undeclared.length === 0
        ? "every list says where it comes from"
        : `no source declared: ${undeclared.map(({ id }) => id).join(", ")}`,
    ...(undeclared.length === 0
      ? {}
      : { hint: "their companies are never sent to a platform; run the file again with --source" }),
  });
  checks.push(await runsCheck(place), await audiencesCheck(place));
  return checks;
}

async function runsCheck({ ports }: Workplace): Promise<Check> {
  const interrupted = (await ports.runs.runs()).filter((run) => run.status === "running");
  return {
    id: "runs",
    ok: interrupted.length === 0,
    message:
      interrupted.length === 0
        ? "no run is unfinished"
        : `unfinished: ${interrupted.map((run) => `${run.runId} (${run.list ?? run.type})`).join(", ")}`,
    ...(interrupted.length === 0
      ? {}
      : { hint: `bullseye runs retry ${interrupted[0]!.runId} goes on with it, unless it is running just now` }),
  };
}

async function audiencesCheck(place: Workplace): Promise<Check> {
  const parked: string[] = [];
  try {
    for (const { id } of compileConfiguration(await place.configuration()).audiences.all) {
      const reason = (await place.ports.audiences.state(id))?.parked;
      if (reason !== undefined) parked.push(`${id}: ${reason}`);
    }
  } catch {
    return { id: "audiences", ok: false, message: "the audiences cannot be read", hint: "see configuration" };
  }
  return {
    id: "audiences",
    ok: parked.length === 0,
    message: parked.length === 0 ? "no audience is held up" : `held up: ${parked.join("; ")}`,
    ...(parked.length === 0 ? {} : { hint: "bullseye audiences retry once that is settled" }),
  };
}

async function homeChecks(context: CommandContext): Promise<Check[]> {
  const { homePath } = context;
  return [
    nodeCheck(),
    writableCheck(homePath),
    diskCheck(homePath),
    configurationCheck(homePath),
    ...(await storeChecks(context)),
  ];
}

async function deployedChecks(context: CommandContext, name: string): Promise<Check[]> {
  const { stageChecks } = await import("@bullseye/aws/stage/checks");
  const stage = await context.openStage(name, { mustExist: false });
  return stageChecks(stage, stage.queues, version());
}

export const doctorCommand: Command = {
  name: "doctor",
  summary: "looks whether everything is in order, and says what to do",
  usage: "doctor [--home DIR | --stage NAME]",
  options: {},
  async run(context) {
    const { args, stage, out } = context;
    expectWords("doctor", args, 0, 0, "nothing else");
    const checks = stage === null ? await homeChecks(context) : [nodeCheck(), ...(await deployedChecks(context, stage))];
    const ok = checks.every((check) => check.ok);
    if (out.json) out.document({ ok, checks });
    else if (out.jsonl) for (const check of checks) out.line(check);
    else
      for (const check of checks) {
        out.text(`${check.ok ? "ok   " : "WRONG"}  ${check.id.padEnd(13)}  ${check.message}`);
        if (check.hint !== undefined) out.text(`${" ".repeat(22)}${check.hint}`);
      }
    return ok ? 0 : 1;
  },
};
