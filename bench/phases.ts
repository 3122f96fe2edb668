import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Sample } from "./processes.ts";

/** One operation of a run, from the first of its tasks to the first of the next one. */
export interface Phase {
  name: string;
  wallSeconds: number;
  cpuSeconds: number;
  peakBytes: number;
}

/** What the runs of a home did while it was being measured, by the objects that operations leave: `<operation>-<task>-<begun, base 36>.json`. */
export function phasesOf(home: string, samples: readonly Sample[]): Phase[] {
  const runs = join(home, "objects", "runs");
  const start = samples[0]?.at ?? 0;
  const begun = new Map<string, number>([["starting", start]]);
  for (const run of readdirSync(runs))
    for (const name of ["usage", "late-usage"].flatMap((each) => readdirSync(join(runs, run, each)))) {
      const [, operation, round, at] = /^([a-z-]+?)(?:-\d+(-\d+)?)?-([a-z0-9]{8})\.json$/.exec(name) ?? [];
      if (operation === undefined) continue;
      const phase = operation === "enrich-partition" ? `resolve, round ${round?.slice(1)}` : operation;
      const from = Number.parseInt(at!, 36);
      if (from >= start && from < (begun.get(phase) ?? Number.POSITIVE_INFINITY)) begun.set(phase, from);
    }
  const phases = [...begun].sort((a, b) => a[1] - b[1]);
  return phases.map(([name, from], index) => {
    const to = phases[index + 1]?.[1] ?? Number.POSITIVE_INFINITY;
    const within = samples.filter(({ at }) => at >= from && at < to);
    const ended = within.at(-1) ?? { at: from, cpuSeconds: 0 };
    const before = samples.findLast(({ at }) => at < from)?.cpuSeconds ?? 0;
    return {
      name,
      wallSeconds: (Math.min(to, ended.at) - from) / 1000,
      cpuSeconds: Math.max(0, ended.cpuSeconds - before),
      peakBytes: within.reduce((most, { residentBytes }) => Math.max(most, residentBytes), 0),
    };
  });
}
