import * as z from "zod";
import { BugError, NotFoundError } from "../errors.ts";
import { EXAMPLE_CONFIGURATION } from "../icp/examples/index.ts";
import type { Ports } from "../ports.ts";
import { type ConfigurationTexts, compileConfiguration, configKey } from "./configuration.ts";
import { readJson } from "./run-context.ts";

/** Where a stage says which of its stored configurations the next run pins. Absent: the examples. */
export const ACTIVE_CONFIGURATION = "config/active.json";

/** The pointer's content: the active configuration, and those that were active before it, newest first. */
export const ActiveConfiguration = z.object({
  sha: z.string(),
  previous: z.array(z.string()).default([]),
  /** ISO instant. */
  activatedAt: z.string().optional(),
});
export type ActiveConfiguration = z.infer<typeof ActiveConfiguration>;

/** Checks a configuration and stores it under its hash, by which runs pin it. InputError names file and line. */
export async function pinConfiguration(ports: Ports, texts: ConfigurationTexts): Promise<string> {
  compileConfiguration(texts);
  const body = JSON.stringify(texts);
  const sha = ports.digest.sha256(body).slice(0, 32);
  if ((await ports.objects.size(configKey(sha))) === null) await ports.objects.put(configKey(sha), body);
  return sha;
}

/** The pointer as it stands, or null before the first activation. */
export async function activeConfiguration(ports: Ports): Promise<ActiveConfiguration | null> {
  try {
    return ActiveConfiguration.parse(await readJson<unknown>(ports, ACTIVE_CONFIGURATION));
  } catch (error) {
    if ((error as { name?: string }).name === "NotFoundError") return null;
    throw new BugError(`${ACTIVE_CONFIGURATION} is no pointer to a configuration`, {
      hint: "activate a configuration again: bullseye config activate",
      cause: error,
    });
  }
}

/** The configuration that a run begun now pins: the active one, else the examples, which are stored then. */
export async function configurationToPin(ports: Ports): Promise<string> {
  const active = await activeConfiguration(ports);
  if (active === null) return pinConfiguration(ports, EXAMPLE_CONFIGURATION);
  if ((await ports.objects.size(configKey(active.sha))) === null)
    throw new NotFoundError(`the active configuration ${active.sha} is not stored`, {
      hint: "push and activate it again: bullseye config push",
    });
  return active.sha;
}
