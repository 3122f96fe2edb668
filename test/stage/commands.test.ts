import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callCli, type Said } from "@bullseye/cli/cli.testing";
import { EraseDocument } from "@bullseye/cli/contract";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HASH_KEY } from "../contracts/stand-ins.ts";
import { DeployedStage } from "./deployed-stage.ts";

/** A run takes a second or two on a machine that has time for it. */
const PATIENCE = 120_000;

let stage: DeployedStage;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bullseye-stage-"));
  // Keyed hashes of a laptop are those of a stage where the key is the same.
  stage = await DeployedStage.start({ BULLSEYE_HASH_KEY: HASH_KEY });
});

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

const bullseye = (...words: string[]): Promise<Said> => callCli(folder, words);
const onStage = (...words: string[]): Promise<Said> => bullseye(...words, "--stage", "test");

/** The document of a command that has to succeed. */
async function documentOf<T>(...words: string[]): Promise<T> {
  const { code, out, err } = await onStage(...words, "--json");
  expect({ words, code, err: code === 0 ? "" : `${out}${err}` }).toEqual({ words, code: 0, err: "" });
  return JSON.parse(out) as T;
}

const write = (name: string, ...rows: string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${rows.join("\n")}\n`);
  return path;
};

const FAIR = [
  "Company,Website,Country,Industry,Employees,Annual Revenue",
  "Ashgrove Labs LLC,ashgrove-labs.example,United States,Manufacturing,900,80000000",
  "Harrowgate Plastics plc,harrowgate-plastics.example,United Kingdom,Manufacturing,520,60000000",
  "Harrowgate Plastics,,United Kingdom,,,",
  "Small Desk,small-desk.example,Peru,Consulting,3,",
  "N/A,,,,,",
];
const PEOPLE = [
  "First Name,Last Name,Email,Job Title,Company Name,Company Domain Name",
  "Adela,Ejemplar,adela@ashgrove-labs.example,Purchasing Manager,Ashgrove Labs LLC,ashgrove-labs.example",
];

interface Runs {
  runs: Array<{
    runId: string;
    status: string;
    alreadyImported: boolean;
    asOf: string;
    balanced: boolean;
    rows: { accepted: number };
    accounts: { created: number };
    rejects: string | null;
    report: string | null;
    downloaded?: string[];
  }>;
}
interface Audiences {
  audiences: Array<{ id: string; hash: string; awaitingApproval: boolean; exported: number; confirmed: number; files: string[] }>;
  pushes?: Array<{ pushId: string; status: string; files: string[] }>;
  downloaded?: string[];
}
interface Difference {
  sha: string;
  same: boolean;
  previous: string[];
  files: Array<{ file: string; status: string; changes: Array<{ section: string; id: string | null; change: string }> }>;
}

describe("commands on a stage", () => {
  let first: Runs["runs"][number];

  test("run waits for the workflow of the stage, and its accounts are those of a laptop", { timeout: PATIENCE }, async () => {
    const files = [write("fair.csv", ...FAIR), write("people.csv", ...PEOPLE)];
    const { runs } = await documentOf<Runs>("run", ...files, "--source", "first-party");
    first = runs[0]!;
    expect(first).toMatchObject({ balanced: true, alreadyImported: false, rows: { in: 5, accepted: 3, merged: 1, rejected: 1 } });
    expect(first.accounts).toMatchObject({ created: 3, updated: 0 });
    expect(first.rejects).toBe(`s3://bullseye-test-000000000000-eu-central-1/rejects/fair/${first.runId}.csv`);
    expect(first.report).toContain(`s3://bullseye-test-000000000000-eu-central-1/reports/fair-${first.runId}`);
    const laptop = await bullseye("run", ...files, "--source", "first-party", "--as-of", first.asOf, "--workers", "0", "--quiet");
    expect(laptop.code).toBe(0);
    for (const words of [["accounts"], ["contacts", "--personal"], ["explain", "ashgrove-labs.example"]]) {
      const here = await bullseye(...words, "--json");
      expect(JSON.parse(here.out)).toEqual(await documentOf(...words));
    }
    const [here, there] = [join(folder, "here.csv"), join(folder, "there.csv")];
    await bullseye("export", "--for", "csv", "--out", here);
    expect(await documentOf("export", "--for", "csv", "--out", there)).toMatchObject({ rows: 3, accounts: 3, withoutId: 3 });
    expect(readFileSync(there, "utf8")).toBe(readFileSync(here, "utf8"));
    const again = await documentOf<Runs>("run", files[0]!, "--source", "first-party");
    expect(again.runs[0]).toMatchObject({ alreadyImported: true, accounts: { created: 0, unchanged: 3 } });
    expect(stage.drops).toBe(2);
  });

  test("what was read can be looked up and fetched", { timeout: PATIENCE }, async () => {
    const { lists } = await documentOf<{ lists: Array<{ id: string }> }>("lists");
    expect(lists.map(({ id }) => id).sort()).toEqual(["fair", "people"]);
    expect((await documentOf<Runs>("runs")).runs).toHaveLength(2);
    expect(await documentOf("reconcile")).toMatchObject({ balanced: true, differences: [] });
    const { events } = await documentOf<{ events: Array<{ what: string; list: string }> }>(
      "trace",
      "adela@ashgrove-labs.example",
    );
    expect(events).toContainEqual(expect.objectContaining({ list: "people", what: "names this person" }));
    const there = join(folder, "fetched");
    const { runs } = await documentOf<Runs>("runs", "show", first.runId, "--download", there);
    expect(runs[0]!.downloaded).toHaveLength(2);
    expect(readFileSync(join(there, "rejects", "fair", `${first.runId}.csv`), "utf8")).toContain("_reason");
    const text = await onStage("runs");
    expect(text.err).toContain(`bullseye runs show`);
    expect(text.err).toContain("--stage test says more of one");
  });

  test("a configuration is tested before it is active, two people do not overwrite each other, and back it goes", {
    timeout: PATIENCE,
  }, async () => {
    const rules = join(folder, "rules");
    mkdirSync(rules);
    const { audiences, icp } = EXAMPLE_CONFIGURATION;
    writeFileSync(join(rules, "audiences.yaml"), audiences.replace("mode: api", "mode: file"));
    const diff = await documentOf<Difference>("config", "diff", rules);
    expect(diff.files).toContainEqual({
      file: "audiences.yaml",
      status: "changed",
      changes: [{ section: "audiences", id: "strategic-accounts", change: "changed" }],
    });
    expect(diff.files.filter(({ status }) => status === "same").map(({ file }) => file)).toEqual([
      "icp.yaml",
      "matching.yaml",
      "policy.yaml",
    ]);
    const pushed = await documentOf<Difference>("config", "push", rules);
    expect((await documentOf<Difference>("config", "diff", rules)).same).toBe(false);

    // Somebody else is faster between reading the pointer and moving it.
    const ahead = JSON.stringify({ sha: "0".repeat(32), previous: [] });
    stage.bucket.beforeConditionalPut = async () => {
      stage.bucket.beforeConditionalPut = async () => {};
      await stage.ports.objects.put("config/active.json", ahead);
    };
    const late = await onStage("config", "activate", pushed.sha);
    expect([late.code, late.err]).toEqual([1, expect.stringContaining("somebody else has activated a configuration just now")]);
    expect(Buffer.from(await stage.ports.objects.get("config/active.json")).toString("utf8")).toBe(ahead);
    await stage.ports.objects.remove("config/active.json");

    const active = await documentOf<Difference>("config", "activate", pushed.sha.slice(0, 8));
    expect(active.sha).toBe(pushed.sha);
    expect((await documentOf<Difference>("config", "diff", rules)).same).toBe(true);
    writeFileSync(join(rules, "icp.yaml"), `${icp}\nexamples: nonsense\n`);
    expect(await onStage("config", "push", rules)).toMatchObject({ code: 2, err: expect.stringContaining("icp.yaml") });
    const text = icp.replace(/^( +- id: .+)$/m, "$1 # said again");
    writeFileSync(join(rules, "icp.yaml"), text);
    expect(await onStage("config", "diff", rules)).toMatchObject({ code: 0, out: "icp.yaml: only comments or spacing\n" });
    await documentOf("config", "push", rules, "--activate");
    expect(await documentOf<Difference>("config", "rollback")).toMatchObject({ sha: pushed.sha, previous: active.previous });
  });

  test("an audience goes from a plan under the new rules to a confirmed upload", { timeout: PATIENCE }, async () => {
    const planned = await documentOf<Audiences>("audiences", "plan");
    const [strategic] = planned.audiences;
    expect(strategic).toMatchObject({ id: "strategic-accounts", mode: "file", add: 2, awaitingApproval: true });
    await documentOf("audiences", "approve", strategic!.hash.slice(0, 10));
    const there = join(folder, "upload");
    const { pushes, downloaded } = await documentOf<Audiences>("audiences", "push", "--download", there);
    expect(pushes).toMatchObject([{ status: "done", files: [expect.stringMatching(/^s3:\/\/.+\/outbox\/linkedin\/.+\.csv$/)] }]);
    expect(readFileSync(downloaded![0]!, "utf8")).toContain("ashgrove-labs.example");
    const confirmed = await documentOf<Audiences>("audiences", "confirm", pushes![0]!.pushId, "--matched", "2");
    expect(confirmed.audiences[0]).toMatchObject({ confirmed: 2, exported: 0 });
    await documentOf("audiences", "freeze", "strategic-accounts");
    expect((await onStage("audiences")).out).toContain("bullseye audiences unfreeze strategic-accounts --stage test");
    await documentOf("audiences", "unfreeze", "strategic-accounts");
  });

  test("a command that was interrupted waits for the run that it began", { timeout: PATIENCE }, async () => {
    stage.awake = false;
    const drops = stage.drops;
    const late = write("late.csv", ...FAIR.slice(0, 2), "Olivar,olivar.example,Spain,Retail,120,12000000");
    const interrupted = onStage("run", late, "--source", "first-party", "--json");
    while (stage.drops === drops) await new Promise((resolve) => setTimeout(resolve, 20));
    const again = onStage("run", late, "--source", "first-party", "--json");
    await new Promise((resolve) => setTimeout(resolve, 500));
    stage.awake = true;
    const [one, other] = (await Promise.all([interrupted, again])).map(({ out }) => (JSON.parse(out) as Runs).runs[0]!);
    expect(one).toMatchObject({ alreadyImported: false, accounts: { created: 1 } });
    expect(other!.runId).toBe(one!.runId);
    expect(stage.drops).toBe(drops + 1);
  });

  test("a run whose execution was stopped is redriven", { timeout: PATIENCE }, async () => {
    stage.broken.set("summarise-base", "Hangs");
    const stopped = write("stopped.csv", FAIR[0]!, "Pinecrest Mills,pinecrest.example,Germany,Manufacturing,410,");
    const waiting = onStage("run", stopped, "--source", "first-party");
    const runId = await stage.abort("summarise-base");
    expect(await waiting).toMatchObject({
      code: 1,
      err: expect.stringContaining(`bullseye runs retry ${runId} --stage test goes on`),
    });
    stage.broken.clear();
    const { runs } = await documentOf<Runs>("runs", "retry", runId);
    expect(runs[0]).toMatchObject({ runId, balanced: true, accounts: { created: 1 } });
    expect(stage.executions.get(runId)!.redriven).toBe(1);
    expect(await onStage("runs", "retry", runId)).toMatchObject({ code: 2, err: expect.stringContaining("is done") });
  });

  test("a run that failed begins again as another attempt at the same object", { timeout: PATIENCE }, async () => {
    stage.broken.set("import-list", "BugError");
    const other = write("other.csv", FAIR[0]!, "Quillan Works,quillan.example,Germany,Manufacturing,410,");
    const failed = await onStage("run", other, "--source", "first-party", "--json");
    expect(JSON.parse(failed.out)).toMatchObject({
      error: { name: "BugError", message: expect.stringContaining("import-list is broken") },
    });
    stage.broken.clear();
    const drops = stage.drops;
    const closed = (await documentOf<Runs>("runs")).runs.find(({ status }) => status === "failed")!;
    const anew = (await documentOf<Runs>("runs", "retry", closed.runId)).runs[0]!;
    expect(anew).toMatchObject({ balanced: true, alreadyImported: false, accounts: { created: 1 } });
    expect(anew.runId).not.toBe(closed.runId);
    expect(stage.drops).toBe(drops);
  });

  test("a run that could not even be closed begins again, and nothing of it stands", { timeout: PATIENCE }, async () => {
    stage.broken.set("place-partition", "BugError").set("close-run", "BugError");
    const file = write("unclosed.csv", FAIR[0]!, "Thornbury AG,thornbury.example,Germany,Manufacturing,410,");
    const cut = await onStage("run", file, "--source", "first-party");
    const runId = /the run (\w+) was cut short/.exec(cut.err)?.[1] ?? cut.err;
    stage.broken.clear();
    const anew = (await documentOf<Runs>("runs", "retry", runId)).runs[0]!;
    expect(anew).toMatchObject({ balanced: true, accounts: { created: 1 } });
    expect(await stage.ports.runs.run(runId)).toMatchObject({ status: "failed" });
    expect(stage.executions.get(runId)!.redriven).toBe(0);
  });

  test("a run is not redriven where another had the turn since", { timeout: PATIENCE }, async () => {
    stage.broken.set("summarise-base", "Hangs");
    const file = write("overtaken.csv", FAIR[0]!, "Rookwood AG,rookwood.example,Germany,Manufacturing,410,");
    const waiting = onStage("run", file, "--source", "first-party");
    const runId = await stage.abort("summarise-base");
    await waiting;
    stage.broken.clear();
    await stage.ports.leases.release("turn", runId);
    await documentOf("refresh");
    const anew = (await documentOf<Runs>("runs", "retry", runId)).runs[0]!;
    expect(anew).toMatchObject({ balanced: true, accounts: { created: 1 } });
    expect(anew.runId).not.toBe(runId);
    expect(stage.executions.get(runId)!.redriven).toBe(0);
    expect(await stage.ports.runs.run(runId)).toMatchObject({ status: "failed" });
    expect(await documentOf("reconcile")).toMatchObject({ balanced: true });
  });

  test("a list is withdrawn", { timeout: PATIENCE }, async () => {
    const { lists } = await documentOf<{ lists: Array<{ versions: Array<{ status: string }> }> }>("lists", "undo", "late");
    expect(lists[0]!.versions.at(-1)!.status).toBe("withdrawn");
    expect(await onStage("lists", "undo", "late")).toMatchObject({
      code: 2,
      err: expect.stringContaining("nothing of the list"),
    });
  });

  test("a person is erased, and kept out of a later list", { timeout: 3 * PATIENCE }, async () => {
    const header = "First name,Last name,Job title,Company,Website,E-mail";
    const row = "Kim,Quist,CFO,Quarry Works,quarry-works.example,kim@quarry-works.example";
    const other = "Lee,Marsh,CTO,Quarry Works,quarry-works.example,lee@quarry-works.example";
    await documentOf<Runs>("run", write("staff.csv", header, row, other), "--source", "first-party");
    const erased = EraseDocument.parse(await documentOf("erase", "KIM@quarry-works.example"));
    expect(erased.removed.map(({ where }) => where)).toEqual(expect.arrayContaining(["store: contacts"]));
    expect(erased.pending).toEqual([{ what: expect.stringContaining("30 days") }]);
    const copy = erased.removed.find(({ where }) => where.includes("inbox/"))!.where;
    const text = Buffer.from(await stage.ports.objects.get(copy.slice(copy.indexOf("inbox/")))).toString("utf8");
    expect(text).toBe(`${header}\n,,,,,\n${other}\n`);
    const { contacts } = await documentOf<{ contacts: unknown[] }>("export-person", "kim@quarry-works.example");
    expect(contacts).toEqual([]);
    const later = (await documentOf<Runs>("run", write("more-staff.csv", header, row), "--source", "first-party")).runs[0]!;
    expect(later).toMatchObject({ balanced: true, rows: { in: 1, rejected: 1 } });
    expect(await documentOf("trace", "kim@quarry-works.example")).toMatchObject({ events: [{ what: "erased" }] });
    expect(await documentOf("reconcile")).toMatchObject({ balanced: true });
  });

  test("dead letters are shown and sent back", { timeout: PATIENCE }, async () => {
    const dead = { detail: { object: { key: "inbox/accounts/lost/lost.csv" } } };
    await stage.ports.queue.send("inbox-dead", [{ id: "x", body: dead }]);
    const { moved } = await documentOf<{ moved: unknown[] }>("dead-letters", "redrive", "inbox");
    expect(moved).toEqual([{ queue: "inbox-dead", to: "inbox", messages: 1 }]);
    expect(await stage.ports.queue.receive("inbox", 1)).toMatchObject([{ id: "x", body: dead }]);
    expect(await stage.ports.queue.depth("inbox-dead")).toBe(0);
    await stage.ports.queue.send("settle-dead", [{ id: "x", body: dead }]);
    const { deadLetters } = await documentOf<{ deadLetters: Array<{ queue: string; receives: number; sentAt: string }> }>(
      "dead-letters",
      "list",
    );
    expect(deadLetters).toMatchObject([{ queue: "settle-dead", receives: 1, sentAt: expect.stringMatching(/^20\d\d-/) }]);
    expect(await onStage("dead-letters", "list", "nowhere")).toMatchObject({
      code: 2,
      err: expect.stringContaining("settle-dead"),
    });
  });

  test("doctor says what is in order, and what a new account lacks", { timeout: PATIENCE }, async () => {
    stage.plane.concurrency = 10;
    stage.plane.version = "9.9.9";
    const said = await onStage("doctor", "--json");
    const { checks } = JSON.parse(said.out) as { checks: Array<{ id: string; ok: boolean; message: string; hint?: string }> };
    const check = (id: string) => checks.find((each) => each.id === id);
    expect(said.code).toBe(1);
    expect(checks.filter(({ ok }) => !ok).map(({ id }) => id)).toEqual(["version", "dead letters"]);
    expect(check("concurrency")).toMatchObject({ ok: true, hint: expect.stringContaining("L-B99A9384") });
    expect(check("version")!.message).toContain("9.9.9");
    expect(check("workflow")!.message).toContain("version 3");
    expect(check("hash key")!.ok).toBe(true);
    expect(check("bucket")!.message).toContain("versioned");
    stage.standIns.secrets.set("bullseye/test/hash-key", "{}");
    const without = JSON.parse((await onStage("doctor", "--json")).out) as typeof checks extends never
      ? never
      : { checks: typeof checks };
    expect(without.checks.find(({ id }) => id === "hash key")).toMatchObject({
      ok: false,
      message: expect.stringContaining("no hash key"),
    });
    stage.standIns.secrets.set("bullseye/test/hash-key", "test-hash-key");
  });
});
