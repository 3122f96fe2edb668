import { type Audiences, compileAudiences } from "../audiences/audiences.ts";
import { AD_PLATFORMS } from "../audiences/platforms.ts";
import { InputError } from "../errors.ts";
import { compileProfile, type Profile } from "../icp/compile.ts";
import { compilePolicy, type Policy } from "../policy/policy.ts";
import type { Ports } from "../ports.ts";
import { compileMatching, EXAMPLE_MATCHING, type MatchingRules } from "../resolve/matching/matching-rules.ts";
import { readJson } from "./run-context.ts";

/** The configuration texts that a run pins, by file name without its ending. */
export interface ConfigurationTexts {
  icp: string;
  audiences: string;
  policy: string;
  [name: string]: string;
}

/** Rules compiled once for a run. */
export interface Configuration {
  profile: Profile;
  audiences: Audiences;
  policy: Policy;
  matching: MatchingRules;
}

/** Where a configuration lies: content-addressed, so that a run's configuration cannot change under it. */
export const configKey = (sha: string): string => `config/${sha}.json`;

/** Compiles all rules; the InputError names the file. */
export function compileConfiguration(texts: ConfigurationTexts): Configuration {
  const profile = named("icp.yaml", () => compileProfile(texts.icp));
  const audiences = named("audiences.yaml", () =>
    compileAudiences(texts.audiences, { tiers: profile.tiers.map((tier) => tier.id), platforms: AD_PLATFORMS }),
  );
  const policy = named("policy.yaml", () => compilePolicy(texts.policy));
  // Configurations that were stored before there was such a file have none.
  const matching = named("matching.yaml", () => compileMatching(texts.matching ?? EXAMPLE_MATCHING));
  return { profile, audiences, policy, matching };
}

function named<T>(file: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof InputError) || error.message.includes(file)) throw error;
    throw new InputError(`config/${file}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

const compiled = new WeakMap<Ports, Map<string, Promise<Configuration>>>();

/** The configuration of a run; compiled once by each worker. */
export function configurationOf(ports: Ports, sha: string): Promise<Configuration> {
  let known = compiled.get(ports);
  if (!known) {
    known = new Map();
    compiled.set(ports, known);
  }
  let configuration = known.get(sha);
  if (!configuration) {
    configuration = readJson<ConfigurationTexts>(ports, configKey(sha)).then(compileConfiguration);
    configuration.catch(() => known.delete(sha));
    known.set(sha, configuration);
  }
  return configuration;
}
