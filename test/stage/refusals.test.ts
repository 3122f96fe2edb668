import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callCli, type Said } from "@bullseye/cli/cli.testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HASH_KEY } from "../contracts/stand-ins.ts";
import { DeployedStage } from "./deployed-stage.ts";

/** A command takes a second or two on a machine that has time for it. */
const PATIENCE = 120_000;

let stage: DeployedStage;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bullseye-stage-"));
  stage = await DeployedStage.start({ BULLSEYE_HASH_KEY: HASH_KEY });
});

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

const bullseye = (...words: string[]): Promise<Said> => callCli(folder, words);

describe("one clear line", () => {
  test.each([
    [
      "a stage that is not there",
      ["accounts", "--stage", "nowhere"],
      2,
      "the stage nowhere is not there in this account and region",
    ],
    ["a name that no stage has", ["accounts", "--stage", "Not_A_Stage"], 2, '"Not_A_Stage" cannot name a stage'],
    ["watch", ["watch", "--stage", "test"], 2, "bullseye watch takes no --stage; a stage runs by itself"],
    ["init", ["init", "--stage", "test"], 2, "bullseye init takes no --stage; bullseye config push"],
    ["sandbox", ["sandbox", "--stage", "test"], 2, "bullseye sandbox takes no --stage"],
    ["icp", ["icp", "check", "x.yaml", "--stage", "test"], 2, "bullseye icp takes no --stage"],
    ["two places", ["accounts", "--home", "x", "--stage", "test"], 2, "--home and --stage are two places; name one of them"],
    ["no stage", ["dead-letters", "list"], 2, "bullseye dead-letters works on a deployed stage; name it with --stage NAME"],
    ["pushing to a home", ["config", "push"], 2, "bullseye config push is for a stage"],
    ["another day", ["run", "fair.csv", "--as-of", "2026-01-01", "--stage", "test"], 2, "on a stage a file counts as of the day"],
    ["the production stage", ["stage", "remove", "prod", "--yes"], 2, "the stage prod is not removed by a command"],
    [
      "removing without a word",
      ["stage", "remove", "test"],
      2,
      "removing test takes all its lists, accounts and audiences away; --yes",
    ],
  ])("for %s", { timeout: PATIENCE }, async (_, words, code, line) => {
    const said = await bullseye(...words);
    expect([said.code, said.out]).toEqual([code, ""]);
    expect(said.err.trimEnd()).not.toContain("\n");
    expect(said.err).toContain(line);
  });

  test("for credentials that AWS does not take, and none at all", { timeout: PATIENCE }, async () => {
    stage.plane.refuse = "ExpiredToken";
    const expired = await bullseye("accounts", "--stage", "test");
    stage.plane.refuse = null;
    expect([expired.code, expired.err]).toEqual([
      1,
      expect.stringContaining("AWS does not take these credentials (ExpiredToken)"),
    ]);
    expect(expired.err.trimEnd()).not.toContain("\n");
    await without(["AWS_REGION"], { AWS_CONFIG_FILE: "/nonexistent" }, async () => {
      expect(await bullseye("accounts", "--stage", "test")).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^no AWS region is set; set AWS_REGION/),
      });
    });
    const none = {
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
      AWS_CONFIG_FILE: "/nonexistent",
    };
    await without(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], none, async () => {
      expect(await bullseye("accounts", "--stage", "test")).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^there are no AWS credentials here; set/),
      });
    });
  });

  test("nothing of that made a home", () => expect(existsSync(join(folder, "x"))).toBe(false));
});

/** Runs `work` without some variables and with others. */
async function without(names: string[], more: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const kept = new Map([...names, ...Object.keys(more)].map((name) => [name, process.env[name]]));
  for (const name of names) delete process.env[name];
  Object.assign(process.env, more);
  try {
    await work();
  } finally {
    for (const [name, value] of kept) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
