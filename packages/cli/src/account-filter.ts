import { configurationOf } from "@bullseye/core/operations/configuration";
import type { Ports } from "@bullseye/core/ports";
import { currentScoring } from "@bullseye/core/queries/current-scoring";
import { choiceOf, type Values } from "./arguments.ts";

/** Tiers and segments that can be asked for: those of the configuration that the accounts were scored with. */
export async function accountFilter(
  ports: Ports,
  values: Values,
): Promise<{ tier?: string | undefined; segment?: string | undefined }> {
  const current = await currentScoring(ports);
  if (current === null) return {};
  const { profile, audiences } = await configurationOf(ports, current.configSha);
  return {
    tier: choiceOf(values, "tier", [...profile.tiers.map(({ id }) => id), "unknown", "X"]),
    segment: choiceOf(
      values,
      "segment",
      audiences.segments.all.map(({ id }) => id),
    ),
  };
}
