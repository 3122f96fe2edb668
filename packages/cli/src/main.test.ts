import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { desk, type Said } from "./cli.testing.ts";
import { ReconcileDocument, RunsDocument } from "./contract.ts";

const here = desk();
const BIN = fileURLToPath(new URL("../bin/bullseye.mjs", import.meta.url));

/** Starts the command as people do; `ready` is asked on every word it says and after every change of its home. */
function start(...argv: string[]): { child: ChildProcess; ended: Promise<Said>; said: Said } {
  const child = spawn(process.execPath, [BIN, ...argv], { cwd: here.path, stdio: ["ignore", "pipe", "pipe"] });
  const said: Said = { code: -1, out: "", err: "" };
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const ended = new Promise<Said>((done) => child.on("close", (code) => done(Object.assign(said, { code: code ?? -1 }))));
  return { child, ended, said };
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((done) => setTimeout(done, 10));
};

const large = (rows: number): string => {
  const lines = ["Company,Website,Country"];
  for (let row = 0; row < rows; row++) lines.push(`Company ${row} GmbH,company-${row}.example,Germany`);
  return lines.join("\n");
};

describe("the command", () => {
  it("prints one document and nothing else, and ends with its code", async () => {
    here.file("crm.csv", large(10));
    const done = await start("run", "crm.csv", "--json").ended;
    expect([done.code, done.err]).toEqual([0, ""]);
    expect(RunsDocument.parse(JSON.parse(done.out)).runs[0]!.rows.accepted).toBe(10);
    const bad = await start("run", "nothing.csv").ended;
    expect([bad.code, bad.out, bad.err]).toEqual([2, "", "there is no file nothing.csv; check the path\n"]);
  });

  it("keeps silent when nobody reads on", async () => {
    here.file("large.csv", large(50_000));
    const { child, ended } = start("inspect", "large.csv", "--rows", "--jsonl");
    child.stdout!.once("data", () => child.stdout!.destroy());
    const { err } = await ended;
    expect(err).toBe("");
  });

  it("does not outlive its launcher, however that ends", async () => {
    const { child, ended, said } = start("watch", "--jsonl");
    await until(() => said.err.includes("watching"));
    child.kill("SIGKILL");
    // The pipes close when the last process that holds them is gone.
    await ended;
    expect(child.signalCode).toBe("SIGKILL");
  }, 30_000);

  it.skipIf(!existsSync("/dev/full"))("says in one line that its output has no room", async () => {
    here.file("crm.csv", large(10));
    const child = spawn(process.execPath, [BIN, "inspect", "crm.csv"], {
      cwd: here.path,
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    let err = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    const code = await new Promise((done) => child.on("close", done));
    expect(err).toMatch(/^standard output cannot be written \([^\n]+\)[^\n]*\n$/);
    expect(code).toBe(1);
  });

  it("says how an interrupted run goes on, and the same command finishes it", async () => {
    here.file("large.csv", large(60_000));
    const argv = ["run", "large.csv", "--workers", "0", "--as-of", "2026-03-31", "--json"];
    const { child, ended } = start(...argv);
    await until(() => existsSync(join(here.path, ".bullseye", "inbox", "accounts", "large", "large.csv")));
    child.kill("SIGINT");
    const cut = await ended;
    expect([cut.code, cut.out, cut.err]).toEqual([130, "", "interrupted; the same command continues the run\n"]);
    const { balanced } = ReconcileDocument.parse(JSON.parse((await start("reconcile", "--json").ended).out));
    expect(balanced).toBe(false);
    const done = await start(...argv).ended;
    expect(done.code).toBe(0);
    const { runs } = RunsDocument.parse(JSON.parse(done.out));
    expect(runs[0]).toMatchObject({
      alreadyImported: false,
      balanced: true,
      rows: { in: 60_000, accepted: 60_000 },
      accounts: { created: 60_000 },
    });
    expect(ReconcileDocument.parse(JSON.parse((await start("reconcile", "--json").ended).out)).balanced).toBe(true);
  }, 120_000);

  it("watches until it is interrupted", async () => {
    const { child, ended, said } = start("watch", "--jsonl");
    await until(() => said.err.includes("watching"));
    here.file(join(".bullseye", "inbox", "accounts", "crm.csv"), large(10));
    here.file(join(".bullseye", "inbox", "orders", "empty.csv"), "");
    await until(() => said.out.split("\n").length > 2);
    child.kill("SIGINT");
    const { code, out } = await ended;
    expect(code).toBe(0);
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ list: "crm", balanced: true });
    expect(lines[1]).toMatchObject({ file: "orders/empty.csv", error: { name: "InputError" } });
  }, 60_000);
});
