import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { findNode24, ROOT } from "../../scripts/node24.mjs";
import { endProcess } from "./moto.ts";

/** Where SST works and with what. */
export interface SstSettings {
  /** The checkout. */
  folder: string;
  /** Everything that the process sees besides PATH and HOME. */
  environment: Readonly<Record<string, string>>;
  logFile: string;
  /** Told of the process, so that it can be ended. */
  onCleanup(end: () => Promise<void>): void;
}

/** Runs `sst deploy` or `sst remove`; throws with the last lines of its output where it fails. */
export async function sst(command: "deploy" | "remove", stage: string, settings: SstSettings): Promise<void> {
  const node = findNode24();
  if (node === undefined) throw new Error("Node 24 is not installed");
  const cli = join(ROOT, "node_modules", "sst", "cli", "sst.js");
  const child = spawn(node, [cli, command, "--stage", stage], {
    cwd: settings.folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH ?? "",
      HOME: settings.folder,
      TMPDIR: dirname(settings.logFile),
      CI: "true",
      SST_TELEMETRY_DISABLED: "1",
      ...settings.environment,
    },
  });
  settings.onCleanup(() => endProcess(child));
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      appendFileSync(settings.logFile, text);
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const plain = stripVTControlCharacters(output);
  if (code === 0 && /✔\s+(Deployed|Removed)/.test(plain)) return;
  const lines = plain.split("\n").filter((line) => line.trim() !== "");
  throw new Error(`sst ${command} ended with ${code}: ${lines.slice(-12).join(" | ")}`);
}
