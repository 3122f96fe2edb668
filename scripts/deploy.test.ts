import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NODE_FLAGS, ROOT } from "./node24.mjs";

/** A machine on which nobody has set up AWS. */
const BARE = {
  PATH: process.env.PATH ?? "",
  HOME: join(ROOT, "nobody"),
  AWS_CONFIG_FILE: join(ROOT, "nobody", "config"),
  AWS_SHARED_CREDENTIALS_FILE: join(ROOT, "nobody", "credentials"),
  AWS_EC2_METADATA_DISABLED: "true",
};

function deploy(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const args = [...NODE_FLAGS, join(ROOT, "scripts", "deploy.ts"), ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...BARE, ...environment } });
  return { status, said: `${stdout}${stderr}`.trim() };
}

test.each([
  ["no stage", ["deploy"], {}, 2, "no stage is named; npm run deploy -- --stage NAME"],
  ["no name of a stage", ["diff", "--stage", "../x"], {}, 2, '"../x" cannot name a stage; use lower-case letters'],
  ["no region", ["deploy", "--stage", "x"], {}, 2, "no AWS region is set; set AWS_REGION"],
  [
    "no credentials",
    ["deploy", "--stage=x"],
    { AWS_REGION: "eu-central-1" },
    1,
    "there are no AWS credentials here; set AWS_PROFILE",
  ],
])("a deploy with %s ends in one line that says so", { timeout: 60_000 }, (_, words, environment, status, line) => {
  const ended = deploy(words, environment);
  expect(ended).toEqual({ status, said: expect.stringContaining(line) });
  expect(ended.said.split("\n")).toHaveLength(1);
});

test("npm deploys and compares through that look", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };
  for (const command of ["deploy", "diff"]) {
    expect(scripts[command]).toBe(`node scripts/node24.mjs scripts/deploy.ts ${command}`);
    expect(scripts[`pre${command}`]).toBe("node scripts/ready.mjs all");
  }
});
