// Makes a checkout ready: `node scripts/ready.mjs` installs what running needs, `node scripts/ready.mjs all` what tests need too.
// Plain JavaScript for Node 20, no dependencies, no state of its own: npm's record of what it installed is compared with the lockfile.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findNode24, missingNode24, NEEDED_MAJOR, PLATFORM_PACKAGES, ROOT } from "./node24.mjs";

const OLDEST_MAJOR = 20;
const HERE = `${process.platform}-${process.arch}`;

/**
 * @typedef {{ version?: string, resolved?: string, link?: boolean, dev?: boolean, optional?: boolean, devOptional?: boolean }} Locked
 * @typedef {Record<string, Locked>} Packages
 * @typedef {{ fresh: boolean, run: boolean, dev: boolean, anyDev: boolean, node: boolean }} State
 */

/**
 * @param {string} line
 * @returns {never}
 */
function fail(line) {
  console.error(`ready: ${line}`);
  process.exit(1);
}

/**
 * @param {string} path
 * @returns {Packages | undefined}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
  } catch {
    return undefined;
  }
}

/**
 * Compares the lockfile's packages with the installed ones. Packages that npm may leave out (other platforms) are not asked for;
 * the Node binary, which is one of them, is checked by itself.
 * @param {Packages} locked
 * @param {Packages} installed
 * @param {(path: string) => boolean} exists
 */
export function compareInstalled(locked, installed, exists) {
  const result = { run: true, dev: true, anyDev: false };
  for (const [path, entry] of Object.entries(locked)) {
    if (!path.includes("node_modules/") || entry.optional || entry.devOptional) continue;
    const found = installed[path];
    const same =
      found !== undefined && (entry.link ? found.resolved === entry.resolved : found.version === entry.version) && exists(path);
    if (entry.dev) {
      result.dev &&= same;
      result.anyDev ||= found !== undefined && exists(path);
    } else result.run &&= same;
  }
  return result;
}

/** @returns {State} */
function installedState() {
  const locked = readPackages(join(ROOT, "package-lock.json"));
  if (locked === undefined) fail("package-lock.json is missing or unreadable; restore it with `git checkout package-lock.json`.");
  const installed = readPackages(join(ROOT, "node_modules", ".package-lock.json"));
  const state = compareInstalled(locked, installed ?? {}, (path) => existsSync(join(ROOT, path)));
  const platformPackage = PLATFORM_PACKAGES[HERE]?.[0];
  const obtainable = platformPackage !== undefined && `node_modules/${platformPackage}` in locked;
  return { ...state, fresh: installed === undefined, node: findNode24() !== undefined || !obtainable };
}

/**
 * The npm that started us, on the Node it runs on (under npm, plain `node` may be the pinned one); else the npm on the path.
 * @param {readonly string[]} args
 */
function npm(args) {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  /** @type {import("node:child_process").SpawnSyncOptions} */
  const options = { cwd: ROOT, stdio: ["ignore", 2, 2] };
  return script?.endsWith("npm-cli.js") && existsSync(script)
    ? spawnSync(node ?? process.execPath, [script, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

/**
 * A fresh folder gets `npm ci`. An existing one is completed in place, so that nothing another process uses disappears.
 * @param {State} state
 * @param {boolean} withDev
 */
function install(state, withDev) {
  const command = state.fresh ? ["ci"] : ["install", "--no-save", "--prefer-offline"];
  // --engine-strict=false: some tools ask for the Node 24 that they are run with here, not for the Node that installs them.
  const flags = [
    "--ignore-scripts",
    "--engine-strict=false",
    "--loglevel=error",
    "--no-audit",
    "--no-fund",
    "--include=optional",
  ];
  console.error(
    `ready: installing ${withDev ? "everything, tools for tests and deploys included (once, two minutes or so)" : "what running needs (once, a few seconds)"}`,
  );
  const { status, error } = npm([...command, ...flags, withDev ? "--include=dev" : "--omit=dev"]);
  if (status === 0) return;
  const why = error === undefined ? `npm ended with ${status ?? "a signal"}` : `npm does not start: ${error.message}`;
  fail(`the packages could not be installed (${why}); check the network and the lines above, then run the same command again.`);
}

function checkNode24() {
  const binary = findNode24();
  const platformPackage = PLATFORM_PACKAGES[HERE]?.[0];
  if (binary === undefined) {
    fail(
      platformPackage === undefined
        ? missingNode24()
        : `npm did not bring ${platformPackage}; check the network and run the same command again.`,
    );
  }
  const { status, stdout, error } = spawnSync(binary, ["-p", "process.versions.node"], { encoding: "utf8" });
  if (status !== 0) {
    const why = error?.message ?? `it ended with ${status}`;
    fail(
      `${binary} does not run here (${why}); install Node ${NEEDED_MAJOR} or later yourself and run the same command with it.`,
    );
  }
  if (Number.parseInt(stdout, 10) < NEEDED_MAJOR)
    fail(`${binary} is Node ${stdout.trim()}, not ${NEEDED_MAJOR}; delete node_modules and run again.`);
}

/** @param {string | undefined} want "all" for the tests' tools too */
function main(want) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_MAJOR) {
    fail(`this is Node ${process.versions.node}; install Node ${OLDEST_MAJOR} or later, then run the same command again.`);
  }
  const state = installedState();
  const withDev = want === "all" || state.anyDev;
  if (!state.run || !state.node || (withDev && !state.dev)) install(state, withDev);
  checkNode24();
}

if (process.argv[1]?.endsWith("ready.mjs")) main(process.argv[2]);
