import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nameBlockId, sourceKeyId } from "@bullseye/core/resolve/identity";
import { describe, expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const list = (name: string, header: string, rows: readonly string[], more: Partial<TestList> = {}): TestList => ({
  name,
  text: `${header}\n${rows.join("\n")}\n`,
  ...more,
});
const HEADER = "Company,Website,Country,Employees,Industry,Email";
const EVERYONE = `audiences:
  - id: everyone
    name: Everyone
    platform: linkedin
    mode: file
    include: { country: [DE, FR, GB] }
`;

/** All upload files of a home as one text. */
function outbox(home: string): string {
  const folder = join(home, "outbox");
  if (!existsSync(folder)) return "";
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".csv"))
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n");
}

describe("who must not be told", () => {
  test("a company suppressed by a name that only a reference states", async () => {
    const home = new TestHome();
    home.configure("audiences", EVERYONE);
    await home.drop(
      list("names.csv", "Name,Domain,Country", ["Acme Robotics,acme.example,Germany"], { kind: "reference", origin: "public" }),
    );
    await home.drop(list("never.csv", "Company,Reason", ["Acme Robotics,asked"], { kind: "suppressions" }));
    const run = await home.drop(list("crm.csv", HEADER, [",acme.example,DE,50,,"], { kind: "accounts" }));
    expect(run.audiences?.[0]).toMatchObject({ desired: 0, blocked: [{ rule: "suppressed", n: 1 }] });
  });

  test("an e-mail domain that a company's name contradicts is nobody's website", async () => {
    const home = new TestHome();
    home.configure("audiences", EVERYONE);
    await home.drop(list("crm.csv", HEADER, ["Studio Nord,,DE,5,,hello@acme.example"], { kind: "accounts" }));
    await home.approve();
    expect(outbox(home.path)).toContain("Studio Nord");
    expect(outbox(home.path)).not.toContain("acme.example");
  });

  test("a vendor's file stays a broker's, however often it is dropped", async () => {
    const home = new TestHome();
    home.configure("audiences", EVERYONE);
    home.configure(
      "policy",
      "rules:\n  - { id: ours, decision: allow, reason: ours, source: contract, origin: [first-party] }\n",
    );
    const vendor = list(
      "zi.csv",
      "ZoomInfo Company ID,Company Name,Website,Company Country,Employees",
      ["1,Acme,acme.example,Germany,50"],
      {
        kind: "accounts",
      },
    );
    for (let times = 0; times < 2; times++) {
      await home.drop(vendor);
      const [audience] = (await (await home.at("2026-11-20")).refresh()).run.audiences!;
      expect(audience).toMatchObject({ desired: 0 });
    }
  });
});

test("an undo that failed half-way is finished by the same command", async () => {
  const home = new TestHome();
  await home.drop(list("crm.csv", "Company,Website,Customer ID,Country", ["Acme,acme.example,K1,DE"], { kind: "accounts" }));
  const opened = await home.at("2026-11-20");
  const { state } = opened.ports.audiences;
  opened.ports.audiences.state = async () => {
    throw Object.assign(new Error("broken"), { name: "BugError" });
  };
  await expect(opened.undo("crm")).rejects.toThrow();
  opened.ports.audiences.state = state;
  await opened.undo("crm");
  expect(await home.accounts()).toEqual([]);
  const left = await opened.ports.accounts.aliases([
    nameBlockId("acme", opened.ports.digest),
    sourceKeyId("crm:K1", opened.ports.digest),
  ]);
  expect([...left]).toEqual([]);
});
