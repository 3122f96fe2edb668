import { mkdirSync, rmSync } from "node:fs";
import { adConnector, createHttp } from "@bullseye/connectors";
import { approvePlan, queueApproved } from "@bullseye/core/audiences/approve";
import { writeRunReport } from "@bullseye/core/report/write-run-report";
import { Home } from "@bullseye/local";

rmSync("/tmp/b/home", { recursive: true, force: true });
mkdirSync("/tmp/b/home");
const home = new Home("/tmp/b/home", {
  surroundings: { adConnector, http: createHttp(), environment: () => undefined },
  surroundingsModule: "",
  workers: 0,
  asOf: "2026-11-20",
});
const L = "/work/main/events/lists/";
for (const f of [
  "reference/firmographics.csv",
  "accounts/crm-accounts.csv",
  "accounts/hubspot-companies.csv",
  "contacts/contacts.csv",
  "orders/shop-orders.csv",
  "deals/hubspot-deals.csv",
  "suppressions/do-not-target.csv",
]) {
  const drop = await home.prepare({ file: L + f, kind: f.split("/")[0] as never });
  const { run, seconds } = await home.run(drop);
  const t = performance.now();
  const key = await writeRunReport(home.ports, run.runId);
  console.log(
    f,
    drop.kind,
    JSON.stringify(run.rows),
    JSON.stringify(run.accounts),
    JSON.stringify(run.tiers),
    seconds.toFixed(2),
    key,
    Math.round(performance.now() - t),
  );
}
const { run } = await home.refresh();
for (const a of run.audiences ?? [])
  if (a.awaitingApproval && a.mode === "file") await approvePlan(home.ports, a.hash!.slice(0, 8));
console.log((await queueApproved(home.ports)).map((p) => p.pushId));
const d = await home.deliver(run);
console.log(
  JSON.stringify(d.audiences!.map((a) => [a.id, a.files, a.exported, a.pending])),
  await writeRunReport(home.ports, run.runId),
);
await home.close();
