import { listView } from "@bullseye/core/queries/lists";
import { reconcile } from "@bullseye/core/queries/reconcile";
import { afterEach, expect, test, vi } from "vitest";
import { TestHome } from "../workflow/support.ts";
import { dropEveryday, EVERYDAY, sentBack } from "./everyday.ts";
import { TestStage } from "./support.ts";

vi.mock("node:timers/promises", () => import("./passing-time.ts"));

let stage: TestStage | undefined;
afterEach(() => stage?.close());

test("rejects dropped into the folder of their list complete it on a stage, from the version of the file that they came from", async () => {
  stage = await TestStage.start();
  const { ports } = stage;
  expect(await dropEveryday(stage, "crm", 1)).toMatchObject({ status: "done", rows: { rejected: 1 } });
  // The file under that name is another one by now; its version is still there.
  expect(await dropEveryday(stage, "crm", 2, "Company,Website\nLater,later.example\n")).toMatchObject({ status: "done" });
  for (const [second, company] of ["Zwölf GmbH", "Zwölfer GmbH"].entries()) {
    const run = await stage.drop(await sentBack(stage, "crm", company, second));
    expect(run.error).toBeUndefined();
    expect(run).toMatchObject({ status: "done", correction: { rows: { in: 1, accepted: 1 } } });
  }
  expect((await listView(ports, "crm")).openRejects).toEqual([]);
  expect((await reconcile(ports)).differences).toEqual([]);

  const home = new TestHome();
  const { kind, body } = EVERYDAY.crm;
  await home.drop({ name: "crm.csv", kind, text: body.replace("N/A,-,", ",Zwölfer GmbH,") });
  await home.drop({ name: "later.csv", list: "crm", kind, text: "Company,Website\nLater,later.example\n" });
  const shown = [];
  for await (const { id, result } of ports.accounts.scan("", null, "all")) shown.push([id, result!.show]);
  expect(shown).toEqual((await home.accounts()).map(({ id, result }) => [id, result!.show]));
}, 300_000);
