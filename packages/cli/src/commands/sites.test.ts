import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountListing } from "@bullseye/core/queries/accounts";
import type { Explanation } from "@bullseye/core/queries/explain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callCli, type Said } from "../cli.testing.ts";

const ICP = `id: ours
name: Ours
version: 1
level: site
tiers: { A: 80, B: 50, C: 20, D: 0 }
rules:
  - { id: size, dimension: firmographic, attribute: employees, bands: [{ points: 10 }, { from: 100, points: 70 }] }
  - { id: country, dimension: firmographic, attribute: country, map: { DE: 30, PL: 20 } }
`;

let folder: string;
const bullseye = (...words: string[]): Promise<Said> =>
  callCli(folder, [...words, "--home", join(folder, "home"), "--as-of", "2026-11-20", "--workers", "0"]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bullseye-cli-"));
  mkdirSync(join(folder, "home", "config"), { recursive: true });
  writeFileSync(join(folder, "home", "config", "icp.yaml"), ICP);
  const rows = [
    "Company,Website,Employees,Street,City,Postal Code,Country",
    "Acme,acme.example,12,Kantstr. 1,Berlin,10623,Germany",
    "Acme,acme.example,180,ul. Piotrkowska 7,Lodz,90-406,Poland",
  ];
  writeFileSync(join(folder, "crm.csv"), `${rows.join("\n")}\n`);
  const { code, out } = await bullseye("run", join(folder, "crm.csv"), "--source", "first-party");
  expect(code).toBe(0);
  expect(out).toContain("2 sites of 1 account; each account counts as its best");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("accounts and explain name the sites, and explain tells of any of them", async () => {
  const [acme] = JSON.parse((await bullseye("accounts", "--json")).out) as AccountListing[];
  expect(acme).toMatchObject({
    score: 90,
    sites: [
      { id: acme!.site, city: "Lodz", score: 90, tier: "A", records: [{ list: "crm", row: 3 }] },
      { city: "Berlin", street: "Kantstr. 1", country: "DE", score: 40, tier: "C", records: [{ list: "crm", row: 2 }] },
    ],
  });
  const berlin = acme!.sites[1]!.id;
  const best = await bullseye("explain", "acme.example");
  expect(best.out).toContain(`Of its site ul. Piotrkowska 7, 90-406 Lodz, PL (${acme!.site}), the best of 2 sites`);
  const other = await bullseye("explain", "acme.example", "--site", berlin.slice(0, 8));
  expect(other.out).toContain("Score 40");
  expect(other.out).toContain(`Kantstr. 1, 10623 Berlin, DE (${berlin}), one of 2 sites`);
  const explained = JSON.parse((await bullseye("explain", "acme.example", "--site", berlin, "--json")).out) as Explanation;
  expect(explained).toMatchObject({ score: 40, site: { id: berlin } });
  const { code, err } = await bullseye("explain", "acme.example", "--site", "nowhere");
  expect(code).toBe(2);
  expect(err).toContain("no site of");
});
