import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { HomeLock } from "./home-lock.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "bullseye-lock-"));
  folders.push(path);
  return path;
}

test("holds while the work runs, nested calls included, and lets go after it, failed or not", async () => {
  const home = folder();
  const lock = new HomeLock(home);
  await lock.hold(async () => {
    await lock.hold(async () => expect(existsSync(join(home, "busy"))).toBe(true));
    expect(existsSync(join(home, "busy"))).toBe(true);
  });
  expect(existsSync(join(home, "busy"))).toBe(false);
  await expect(lock.hold(async () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(existsSync(join(home, "busy"))).toBe(false);
});

test("a living process keeps others out; a dead one does not", async () => {
  const home = folder();
  const other = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  writeFileSync(join(home, "busy"), String(other.pid));
  await expect(new HomeLock(home).hold(async () => 1)).rejects.toMatchObject({ name: "TransientError" });
  const ended = new Promise((resolve) => other.once("exit", resolve));
  other.kill("SIGKILL");
  await ended;
  expect(await new HomeLock(home).hold(async () => 1)).toBe(1);
});

test.runIf(process.platform === "linux")("a killed process that nobody asked after keeps nobody out", async () => {
  const home = folder();
  // `sleep` takes the place of the shell and asks after none of its children.
  const careless = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [line] = (await once(careless.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, "utf8")).toContain(") Z ");
    writeFileSync(join(home, "busy"), String(pid));
    expect(await new HomeLock(home).hold(async () => 1)).toBe(1);
  } finally {
    careless.kill("SIGKILL");
  }
});

test("a torn lock file locks nobody out", async () => {
  const home = folder();
  writeFileSync(join(home, "busy"), "");
  expect(await new HomeLock(home).hold(async () => 1)).toBe(1);
});
