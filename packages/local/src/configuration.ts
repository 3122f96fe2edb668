import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@bullseye/core/errors";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";
import type { FuzzyOptions } from "@bullseye/core/resolve/fuzzy/options";
import { compileMatching, EXAMPLE_MATCHING } from "@bullseye/core/resolve/matching/matching-rules";

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

/** What the matching file of a home says of names, the usual where it has none; InputError names the file. */
export function readMatching(home: string): FuzzyOptions {
  const file = join(home, "config", "matching.yaml");
  try {
    return compileMatching(existsSync(file) ? readFileSync(file, "utf8") : EXAMPLE_MATCHING).names;
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
