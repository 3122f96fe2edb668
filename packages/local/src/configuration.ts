import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@bullseye/core/errors";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";
import { parseMatching } from "@bullseye/core/resolve/fuzzy/matching-options";
import { FUZZY_OPTIONS, type FuzzyOptions } from "@bullseye/core/resolve/fuzzy/options";

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

/** The thresholds of a home's `config/matching.yaml`, the usual ones where it has none; the InputError names the file. */
export function readMatching(home: string): FuzzyOptions {
  const file = join(home, "config", "matching.yaml");
  if (!existsSync(file)) return FUZZY_OPTIONS;
  try {
    return parseMatching(readFileSync(file, "utf8"));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`config/matching.yaml: ${error.message}`, { hint: error.hint, cause: error });
  }
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
