import { BugError } from "@bullseye/core/errors";
import type { TaskRunner } from "@bullseye/local/engine/task-runner";
import { Stack } from "aws-cdk-lib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { FUNCTION_IDS, type FunctionId } from "../../stacks/functions.ts";
import { adManifests } from "../../stacks/manifests.ts";
import { FUNCTION_PERMISSIONS, type Permission, type Resource } from "../../stacks/permissions.ts";
import { statementsOf } from "../../stacks/policies.ts";
import { STATE_MACHINE_PERMISSIONS } from "../../stacks/state-machine-permissions.ts";
import { resolved, type Statement } from "../stacks/synthesized.ts";
import { startPlatform, type TestPlatform } from "../workflow/platform.ts";
import { activateRules, approveAll, dropEveryday, FEWER_ORDERS, sentBack } from "./everyday.ts";
import { allows, applies } from "./iam.ts";
import { time } from "./passing-time.ts";
import { Recorder, type Use } from "./recorder.ts";
import { arn, deployed, inRegion, names, roleOf, synthesized } from "./roles.ts";
import { type Drop, expectNoFailures, TestStage } from "./support.ts";

vi.mock("node:timers/promises", () => import("./passing-time.ts"));

/** What Step Functions do in a Distributed Map that the local engine does otherwise ("IAM policies for using Distributed Map states"). */
const CHILDREN: readonly Use[] = [
  {
    functionId: "state-machine",
    action: "states:StartExecution",
    resource: arn("states", `stateMachine:${synthesized.names.stateMachine}`),
  },
  ...["states:DescribeExecution", "states:StopExecution"].map((action) => ({
    functionId: "state-machine",
    action,
    resource: arn("states", `execution:${synthesized.names.stateMachine}/ImportRanges:child`),
  })),
];

let stage: TestStage;
let platform: TestPlatform;
let uses: Use[];

/** Lets an execution fail where it sums up, after its partitions were resolved; `closing` says whether it can close its run. */
function failing(closing: boolean): TaskRunner {
  const tasks = stage.tasks();
  return {
    ...tasks,
    run: async (resource, input, affinity) => {
      if (resource === "summarise-base" || (resource === "close-run" && !closing)) throw new BugError("planted");
      return tasks.run(resource, input, affinity);
    },
  };
}

/** What happens on a stage in its life, so that every function does everything that it ever does. */
async function everyday(): Promise<void> {
  // Before anything was activated, or there was anything to refresh.
  expect(await stage.refresh("2026-11-19T03:00:00Z")).toMatchObject({ status: "done" });
  // And once more, this time by a drop.
  await stage.ports.objects.remove("config/");
  expect(await stage.drop(also("suppressions", 0, "first"))).toMatchObject({ status: "done" });
  await activateRules(stage);
  expect(await dropEveryday(stage, "crm", 1)).toMatchObject({ status: "done", rows: { rejected: 1 } });
  await approveAll(stage);
  expect(await stage.deliverAll()).toBeGreaterThan(1);
  expect(await dropEveryday(stage, "firmographics", 2)).toMatchObject({ status: "done" });
  expect(await dropEveryday(stage, "people", 3)).toMatchObject({ status: "done" });
  expect(await dropEveryday(stage, "orders", 4)).toMatchObject({ status: "done" });
  // The platform has no time: the message is put off.
  platform.sandbox.faults.next("throttle", { times: 10 });
  expect(await dropEveryday(stage, "never", 5)).toMatchObject({ status: "done" });
  await approveAll(stage);
  await stage.deliverAll();
  expect(await dropEveryday(stage, "orders", 6, FEWER_ORDERS)).toMatchObject({ status: "done" });
  // The same bytes again, and a file in an encoding that has to be written anew.
  expect(await dropEveryday(stage, "orders", 7, FEWER_ORDERS)).toMatchObject({ status: "done" });
  const wide = Buffer.from(
    "\uFEFFCustomer ID,Company,Website,Country\nC7,Müller,mueller.example,DE\nC8,Äpfel,cafe.example,FR\n",
    "utf16le",
  );
  expect(await dropEveryday(stage, "crm", 8, wide)).toMatchObject({ status: "done" });
  // Other lists that say the same, and more.
  expect(await stage.drop(also("accounts", 9))).toMatchObject({ status: "done" });
  expect(await stage.drop(also("suppressions", 10))).toMatchObject({ status: "done" });
  // What was rejected comes back corrected, and once more.
  for (const [second, name] of ["Zwölf GmbH", "Zwölfer GmbH"].entries())
    expect(await stage.drop(await sentBack(stage, "crm", name, 11 + second))).toMatchObject({
      status: "done",
      correction: { rows: { in: 1, accepted: 1 } },
    });
  // A file that nobody can read, and runs that fail on their way, with and without being closed.
  expect(await dropEveryday(stage, "orders", 11, "")).toMatchObject({ status: "failed" });
  for (const [second, closing] of [true, false].entries())
    for (const kind of ["accounts", "suppressions"] as const) {
      const name = await started(also(kind, 12 + second * 2, `failing-${closing}`));
      await stage.execute(name, failing(closing));
      if (!closing) expectNoFailures(await stage.invoke("settle-run", stage.ended(name)));
      expect(await stage.ports.runs.run(name)).toMatchObject({ status: "failed" });
    }
  const { input } = (await stage.ports.runs.runs())[0]!;
  for (const [index, list] of [
    "also-suppressions",
    "never",
    "orders",
    "firmographics",
    "also-accounts",
    "crm",
    "people",
  ].entries())
    expect(await stage.undo(list, `2026-11-20T09:00:0${index}.000Z`, input.configSha), list).toMatchObject({ status: "done" });
  expect(await stage.refresh("2027-01-19T03:00:00Z")).toMatchObject({ status: "done" });
  await approveAll(stage);
  await stage.deliverAll();
}

/** A list that says in part what others say too. */
function also(kind: "accounts" | "suppressions", second: number, list = `also-${kind}`): Drop {
  const body =
    kind === "accounts"
      ? "Customer ID,Company,Website,LinkedIn,Country\nC1,Nordlicht Hydraulik GmbH,nordlicht.example,linkedin.com/company/nordlicht,DE\n" +
        `D1,Neuland ${list},${list}.example,,DE\n`
      : `Domain,Reason\nacme.example,competitor\n${list}.example,request\n`;
  const at = new Date(Date.UTC(2026, 10, 20, 8, 0, second)).toISOString();
  return {
    key: `inbox/${kind}/${list}-${kind}/list.csv`.replace(`${kind}-${kind}`, kind),
    body,
    sidecar: { source: { origin: "first-party" } },
    at,
  };
}

/** Drops a list; answers the name of the execution that waits to be run. */
async function started(drop: Drop): Promise<string> {
  expectNoFailures(await stage.invoke("intake", await stage.put(drop)));
  return [...stage.steps.executions.keys()].at(-1)!;
}

beforeAll(async () => {
  platform = await startPlatform();
  time.pass = platform.sleep;
  stage = await TestStage.start({ partitionRows: 4, rangeBytes: 200 }, platform.environment);
  const { secrets, settings } = platform.sandbox.connections.linkedin!;
  stage.standIns.secrets.set("bullseye/test/linkedin", JSON.stringify({ ...secrets, ...settings }));
  const recorder = new Recorder(names);
  const engine = "state-machine";
  stage.onEngine = (did) => {
    if ("reads" in did)
      recorder.note({ functionId: engine, action: "s3:GetObject", resource: `${names.bucketArn}/${did.reads}` });
    else if ("writes" in did)
      recorder.note({ functionId: engine, action: "s3:PutObject", resource: `${names.bucketArn}/${did.writes}` });
    else
      recorder.note({
        functionId: engine,
        action: "lambda:InvokeFunction",
        resource: `${arn("lambda", `function:bullseye-test-${did.invokes}`)}:1`,
      });
  };
  await everyday();
  recorder.stop();
  uses = [...recorder.all().map(inRegion), ...CHILDREN];
}, 900_000);

afterAll(async () => {
  await stage?.close();
  await platform?.sandbox.close();
});

describe("every function", () => {
  test("was used", () => {
    expect([...new Set(uses.map(({ functionId }) => functionId))].sort()).toEqual([...FUNCTION_IDS, "state-machine"].sort());
  });

  test.each([...FUNCTION_IDS, "state-machine"])("%s may do everything that it does", (id) => {
    const statements = roleOf(id);
    expect(statements.length).toBeGreaterThan(0);
    const denied = uses.filter((use) => use.functionId === id && !allows(statements, use));
    expect(denied).toEqual([]);
  });
});

/** Each smallest part of a list of permissions: one action on one prefix, or on the items under one key. */
function partsOf(permissions: readonly Permission[]): Permission[] {
  return permissions.flatMap(({ actions, resource, ...rest }) =>
    narrowed(resource).flatMap((part) => actions.map((action) => ({ ...rest, actions: [action], resource: part }))),
  );
}

function narrowed(resource: Resource): Resource[] {
  if (resource.kind === "items") return resource.keys.map((key) => ({ ...resource, keys: [key] }));
  if (resource.kind === "listing") return resource.prefixes.map((prefix) => ({ ...resource, prefixes: [prefix] }));
  return [resource];
}

/** Whether a use needs a part of a permission. A listing without a prefix is about one object. */
function needs(part: Permission, use: Use, id: string): boolean {
  if (part.resource.kind === "listing" && part.resource.orAbsent)
    return use.absent !== undefined && use.action === "s3:ListBucket" && use.absent.startsWith(part.resource.prefixes[0]!);
  const grantee = {
    names: synthesized.names,
    settings: { customerKey: false },
    platforms: adManifests(),
    functionId: deployed(id),
    ...(id === "deliver" ? { platform: "linkedin" } : {}),
  };
  const stack = new Stack();
  return statementsOf([part], grantee).some((statement) => {
    const written = stack.resolve(statement.toStatementJson()) as { Resource: unknown; Condition?: Statement["Condition"] };
    const resources = Array.isArray(written.Resource) ? written.Resource : [written.Resource];
    const Resource = resources.map((each) => resolved(each, synthesized));
    return applies({ Effect: "Allow", Action: [...part.actions], Resource, Condition: written.Condition ?? {} }, use);
  });
}

describe("nothing is allowed that is not used, unless a reason is given", () => {
  test.each<[string, readonly Permission[]]>([
    ...FUNCTION_IDS.map((id: FunctionId): [string, readonly Permission[]] => [id, FUNCTION_PERMISSIONS[id]]),
    ["state-machine", STATE_MACHINE_PERMISSIONS],
  ])("%s", (id, permissions) => {
    const mine = uses.filter(({ functionId }) => functionId === id);
    const unused = partsOf(permissions).filter((part) => part.because === undefined && !mine.some((use) => needs(part, use, id)));
    expect(unused.map(({ actions, resource }) => `${actions[0]} ${Object.values(resource).join(" ")}`)).toEqual([]);
  });
});

describe("the evaluator", () => {
  const statement: Statement = {
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource: ["arn:aws:s3:::b/runs/*"],
  };
  const use = (resource: string, more: Partial<Use> = {}): Use => ({
    functionId: "x",
    action: "s3:GetObject",
    resource,
    ...more,
  });

  test("asks for action, resource and condition, and lets Deny win", () => {
    expect(allows([statement], use("arn:aws:s3:::b/runs/1"))).toBe(true);
    expect(allows([statement], use("arn:aws:s3:::b/run/1"))).toBe(false);
    expect(allows([statement], { ...use("arn:aws:s3:::b/runs/1"), action: "s3:PutObject" })).toBe(false);
    expect(allows([statement, { ...statement, Effect: "Deny" }], use("arn:aws:s3:::b/runs/1"))).toBe(false);
    const listing: Statement = { ...statement, Condition: { StringLike: { "s3:prefix": ["runs/*"] } } };
    expect(allows([listing], use("arn:aws:s3:::b/runs/1", { prefix: "runs/1/" }))).toBe(true);
    expect(allows([listing], use("arn:aws:s3:::b/runs/1", { prefix: "inbox/" }))).toBe(false);
    expect(allows([listing], use("arn:aws:s3:::b/runs/1"))).toBe(false);
    const items: Statement = { ...statement, Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["A#*", "L"] } } };
    expect(allows([items], use("arn:aws:s3:::b/runs/1", { leadingKeys: ["A#00", "L"] }))).toBe(true);
    expect(allows([items], use("arn:aws:s3:::b/runs/1", { leadingKeys: ["A#00", "LX"] }))).toBe(false);
    const unknown: Statement = { ...statement, Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } };
    expect(() => allows([unknown], use("arn:aws:s3:::b/runs/1"))).toThrow("not known");
  });
});
