import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const reporter = fileURLToPath(new URL("count-reporter.ts", import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function runSuite(files: Record<string, string>, env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "counts-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { COUNTS_FILE: _, ...inherited } = process.env;
  const args = [vitest, "run", "--root", folder, "--globals", "--reporter", reporter];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...inherited, ...env } });
  return { status, lines: stdout.trim().split("\n"), folder };
}

const passing = `test("holds", () => { expect(1).toBe(1); });`;

test("a file that does not load counts as a failure, and skipped tests are named", () => {
  const { status, lines } = runSuite({
    "a.test.ts": `${passing} test("breaks", () => { expect(1).toBe(2); }); test.skip("not here", () => {}); test.todo("later");`,
    "b.test.ts": `throw new Error("does not load");`,
  });
  expect(lines).toContain("skipped: a.test.ts > not here");
  expect(lines).toContain("skipped: a.test.ts > later");
  expect(lines.at(-1)).toBe("1 passed, 2 failed, 2 skipped");
  expect(status).toBe(1);
});

test("an error outside any test is a failure", () => {
  const { status, lines } = runSuite({
    "a.test.ts": `test("leaves a promise behind", async () => { Promise.reject(new Error("late")); await new Promise((r) => setTimeout(r, 20)); });`,
  });
  expect(lines.at(-1)).toBe("1 passed, 1 failed, 0 skipped");
  expect(status).toBe(1);
});

test("a green run ends with its counts, in the file when the caller prints them", () => {
  expect(runSuite({ "a.test.ts": passing })).toMatchObject({ status: 0, lines: ["1 passed, 0 failed, 0 skipped"] });
  const file = join(tmpdir(), `counts-${process.pid}.txt`);
  const { status, lines } = runSuite({ "a.test.ts": passing }, { COUNTS_FILE: file });
  expect({ status, lines, counts: readFileSync(file, "utf8") }).toEqual({
    status: 0,
    lines: [""],
    counts: "1 passed, 0 failed, 0 skipped\n",
  });
  rmSync(file);
});
