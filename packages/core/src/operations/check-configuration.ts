import type { Day } from "../account/attribute.ts";
import { InputError } from "../errors.ts";
import { type ExampleResult, testProfile } from "../icp/check.ts";
import { type Configuration, type ConfigurationTexts, compileConfiguration } from "./configuration.ts";

/** Problems named in one message; the rest is counted [design]. */
const NAMED = 3;

/** Compiles all rules and runs the examples written in the profile. InputError names file, line and what is expected. */
export function checkConfiguration(
  texts: ConfigurationTexts,
  asOf: Day,
): { configuration: Configuration; examples: ExampleResult[] } {
  const configuration = compileConfiguration(texts);
  const { ok, problems, examples } = testProfile(texts.icp, asOf);
  if (ok) return { configuration, examples };
  const named = problems.slice(0, NAMED).map(({ line, message }) => `icp.yaml:${line}: ${message}`);
  const more = problems.length > NAMED ? ` (and ${problems.length - NAMED} more)` : "";
  throw new InputError(`the examples of the profile do not come out: ${named.join("; ")}${more}`, {
    hint: "bullseye icp test FILE shows them all; correct the rules or the examples",
  });
}
