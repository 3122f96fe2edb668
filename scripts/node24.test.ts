import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findNode24, NEEDED_MAJOR, NODE_FLAGS } from "./node24.mjs";

const starter = fileURLToPath(new URL("node24.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "node24-"));
const script = join(folder, "child.ts");

beforeAll(() => {
  writeFileSync(
    script,
    `const [what, ...rest]: string[] = process.argv.slice(2);
     if (what === "echo") {
       process.stdin.on("data", (chunk: Buffer) => {
         console.log(JSON.stringify({ rest, stdin: String(chunk), flags: process.execArgv, major: Number.parseInt(process.versions.node) }));
         process.exit(7);
       });
     } else {
       if (what === "trap") process.on("SIGTERM", () => process.exit(9));
       setInterval(() => {}, 1000);
       console.log("ready");
     }`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function terminated(what: string): Promise<unknown[]> {
  const child = spawn(process.execPath, [starter, script, what], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  return once(child, "exit");
}

test("arguments, input, output, flags and the exit code pass through, and the child strips types", () => {
  const { status, stdout } = spawnSync(process.execPath, [starter, script, "echo", "two words", "$HOME", "--x=*"], {
    input: "row",
    encoding: "utf8",
  });
  const { major, ...seen } = JSON.parse(stdout);
  expect(seen).toEqual({ rest: ["two words", "$HOME", "--x=*"], stdin: "row", flags: NODE_FLAGS });
  expect(major).toBeGreaterThanOrEqual(NEEDED_MAJOR);
  expect(status).toBe(7);
});

test.skipIf(process.platform === "win32")("a termination reaches a child that handles it", async () => {
  expect(await terminated("trap")).toEqual([9, null]);
});

test.skipIf(process.platform === "win32")("a child that a signal ends is reported as ended by that signal", async () => {
  expect(await terminated("plain")).toEqual([null, "SIGTERM"]);
});

test("without a script it says how it is used", () => {
  const { status, stderr } = spawnSync(process.execPath, [starter], { encoding: "utf8" });
  expect(stderr).toContain("usage: node scripts/node24.mjs");
  expect(status).toBe(2);
});

test("the Node that was found is new enough", () => {
  const { stdout } = spawnSync(findNode24() ?? "", ["-p", "process.versions.node"], { encoding: "utf8" });
  expect(Number.parseInt(stdout, 10)).toBeGreaterThanOrEqual(NEEDED_MAJOR);
});
