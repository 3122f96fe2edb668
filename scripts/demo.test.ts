import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const script = fileURLToPath(new URL("./demo.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bullseye-demo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const home = join(folder, "home");
const demo = () => promisify(execFile)(process.execPath, [...process.execArgv, script, "--home", home], { encoding: "utf8" });

test("the demo runs in an empty place, again over itself, and never over something else", async () => {
  const first = (await demo()).stdout;
  expect(first).toContain("in every list the classes add up to its rows");
  const untimed = (text: string): string => text.replace(/ +\d+(\.\d+)?$/gm, "").replace(/\d+(\.\d+)? s\b/g, "");
  expect(untimed((await demo()).stdout)).toBe(untimed(first));
  writeFileSync(join(home, "notes.txt"), "mine");
  await expect(demo()).rejects.toMatchObject({ stderr: expect.stringContaining("something of yours (notes.txt)") });
});
