import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import { type ConfigurationTexts, compileConfiguration, configKey } from "@bullseye/core/operations/configuration";
import type { Ports } from "@bullseye/core/ports";

/** The configuration of a home: its own files where they are, the examples for those that are missing. */
export function readConfiguration(home: string): ConfigurationTexts {
  const texts: ConfigurationTexts = { ...EXAMPLE_CONFIGURATION };
  for (const name of Object.keys(texts)) {
    const file = join(home, "config", `${name}.yaml`);
    if (existsSync(file)) texts[name] = readFileSync(file, "utf8");
  }
  return texts;
}

/** Writes the examples that a home does not have yet; answers the files of its configuration. */
export function writeExamples(home: string): string[] {
  mkdirSync(join(home, "config"), { recursive: true });
  return Object.entries(EXAMPLE_CONFIGURATION).map(([name, text]) => {
    const file = join("config", `${name}.yaml`);
    if (!existsSync(join(home, file))) writeFileSync(join(home, file), text);
    return file;
  });
}

/** Checks a configuration and stores it under its hash, by which runs pin it. InputError names file and line. */
export async function pinConfiguration(ports: Ports, texts: ConfigurationTexts): Promise<string> {
  compileConfiguration(texts);
  const body = JSON.stringify(texts);
  const sha = ports.digest.sha256(body).slice(0, 32);
  if ((await ports.objects.size(configKey(sha))) === null) await ports.objects.put(configKey(sha), body);
  return sha;
}
