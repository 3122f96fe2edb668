import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";

export { pinConfiguration } from "@bullseye/core/operations/active-configuration";

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
