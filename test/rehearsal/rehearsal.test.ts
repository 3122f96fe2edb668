import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { NODE_FLAGS, ROOT } from "../../scripts/node24.mjs";
import { findMoto } from "./moto.ts";

/** Minutes that a rehearsal may take where everything else runs beside it. */
const PATIENCE_MILLISECONDS = 10 * 60_000;

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs the script as npm does; its temporary files go into a folder of their own, so that what it leaves there is seen. */
async function rehearse(environment: Record<string, string>): Promise<{ code: number | null; output: string; left: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-test-"));
  folders.push(folder);
  const child = spawn(process.execPath, [...NODE_FLAGS, join(ROOT, "scripts", "rehearse.ts")], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output, left: readdirSync(folder).filter((name) => name.startsWith("bullseye-")) };
}

test("without moto the rehearsal is skipped, by name", async () => {
  const { code, output } = await rehearse({ PATH: "" });
  expect(output).toMatch(/skipped rehearse a deploy: moto_server is missing/);
  expect(code).toBe(0);
});

test.skipIf(findMoto() === null)(
  `a stage is deployed, run, changed and removed without an AWS account${findMoto() === null ? " (skipped: moto_server is missing)" : ""}`,
  async () => {
    const { code, output, left } = await rehearse({});
    expect(output).toMatch(/^rehearse: done, \d+ steps ok, 0 failed/m);
    expect(code, output).toBe(0);
    expect(left).toEqual([]);
  },
  PATIENCE_MILLISECONDS,
);
