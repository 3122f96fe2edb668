import type { RunRecord } from "@bullseye/core/ledger/records";
import { expect, test } from "vitest";
import { leftovers } from "../workflow/store-content.ts";
import { TestHome, type TestList } from "../workflow/support.ts";

const LIST: TestList = { name: "crm.csv", kind: "accounts", text: "Company,Website\nAcme,acme.example\nBeta,beta.example\n" };
const OTHER: TestList = { name: "fair.csv", kind: "accounts", text: "Company,Website\nGamma,gamma.example\n" };

/** A home whose store refuses once to note that a run is done. */
function stubborn(type: RunRecord["type"]): TestHome {
  let refused = false;
  return new TestHome({
    adjust: ({ runs }) => {
      const put = runs.putRun.bind(runs);
      runs.putRun = async (run) => {
        if (run.type === type && run.status === "done" && !refused) {
          refused = true;
          throw new Error("not allowed");
        }
        return put(run);
      };
    },
  });
}

test("a run whose version stands is done, whatever broke behind that", async () => {
  const home = stubborn("list");
  await expect(home.drop(LIST)).rejects.toThrow("not allowed");
  const { ports } = await home.at("2026-11-20");
  expect((await ports.runs.lists())[0]!.versions).toMatchObject([{ status: "standing" }]);
  expect(await ports.runs.runs()).toMatchObject([{ status: "done", balanced: true, rows: { in: 2, accepted: 2 } }]);
  expect((await home.dropped(LIST)).run).toMatchObject({ status: "done", balanced: true, report: expect.any(String) });
  expect(leftovers(home.path)).toEqual([]);
});

test("a list that was withdrawn was withdrawn by a run that is done", async () => {
  const home = stubborn("undo");
  await home.drop(LIST);
  await home.drop(OTHER);
  const open = await home.at("2026-11-20");
  await expect(open.undo("crm")).rejects.toThrow("not allowed");
  const undone = (await open.ports.runs.runs()).filter(({ type }) => type === "undo");
  expect(undone).toMatchObject([{ status: "done", list: "crm" }]);
  expect((await home.accounts()).map(({ result }) => result!.show.name)).toEqual(["Gamma"]);
});
