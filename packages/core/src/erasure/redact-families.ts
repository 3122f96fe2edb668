import type { MemberRow } from "../audiences/delivery.ts";
import { withoutNames } from "../families/suppressed-above.ts";
import type { Ports } from "../ports.ts";
import { escapeText } from "../report/markup.ts";
import type { Found } from "./found.ts";
import type { Removed } from "./redact-lists.ts";
import { audiencesOf } from "./redact-objects.ts";

const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** What runs, plans and reports say of audiences, and how it is written there. */
const TEXTS: ReadonlyArray<{ prefix: string; ends: string; written: (name: string) => string }> = [
  { prefix: "runs/", ends: "/audiences.json", written: asJson },
  { prefix: "plans/", ends: "/plan.json", written: asJson },
  { prefix: "reports/", ends: "", written: escapeText },
];

/** Runs, plans, reports and members say which suppressed company keeps those below it out: of an erased one neither name nor id stays. */
export async function redactFamilies(ports: Ports, found: Found): Promise<Removed[]> {
  const names = [...found.titles, ...found.homes];
  if (found.kind === "person" || names.length === 0) return [];
  let n = 0;
  for (const { prefix, ends, written } of TEXTS)
    for (const key of await ports.objects.list(prefix)) {
      if (!key.endsWith(ends)) continue;
      const before = Buffer.from(await ports.objects.get(key)).toString("utf8");
      const after = withoutNames(before, names.map(written));
      if (after === before) continue;
      n++;
      await ports.objects.put(key, after);
    }
  for (const run of await ports.runs.runs()) {
    const before = JSON.stringify(run.audiences ?? []);
    const after = withoutNames(before, names.map(asJson));
    if (after === before) continue;
    n++;
    await ports.runs.putRun({ ...run, audiences: JSON.parse(after) as NonNullable<typeof run.audiences> });
  }
  for (const audience of await audiencesOf(ports)) {
    const rows: MemberRow[] = [];
    for await (const row of ports.audiences.members(audience)) {
      const reason = withoutNames(row.reason ?? "", names);
      if (reason !== (row.reason ?? "")) rows.push({ ...row, reason });
    }
    if (rows.length > 0) await ports.audiences.putMembers(rows, []);
    n += rows.length;
  }
  return n === 0 ? [] : [{ where: "what keeps the companies below it out", n }];
}
