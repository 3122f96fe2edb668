import { readFileSync } from "node:fs";
import { join } from "node:path";
import { erase } from "@bullseye/core/erasure/erase";
import { reconcile } from "@bullseye/core/queries/reconcile";
import type { Home } from "@bullseye/local";
import { expect, test } from "vitest";
import { filesUnder, storeContent } from "../workflow/store-content.ts";
import { TestHome, type TestList } from "../workflow/support.ts";
import { Crash } from "./crash.ts";

const LISTS: readonly TestList[] = [
  {
    name: "crm.csv",
    kind: "accounts",
    text: "Company,Website,Country,Employees\nNordlicht,nordlicht.example,DE,220\nAcme,acme.example,GB,40\n",
  },
  {
    name: "people.csv",
    kind: "contacts",
    text: "First name,Last name,Company,Website,E-mail\nKim,Quist,Nordlicht,nordlicht.example,kim@nordlicht.example\nLee,Marsh,Acme,acme.example,lee@acme.example\n",
  },
  {
    name: "orders.csv",
    kind: "orders",
    text: "Order ID,Company,Website,Order Date,Quantity,Unit Price,Buyer email\nO1,Nordlicht,nordlicht.example,2026-10-01,3,10.00,kim@nordlicht.example\n",
  },
];
const CONFIG = {
  audiences: "audiences:\n  - { id: all, name: All, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } } }\n",
};

const eraseFrom = (home: Home, key: string) =>
  erase(
    {
      ports: home.ports,
      betweenRuns: (work) => home.betweenRuns(work),
      eraseFrom: (list, what) => home.eraseFrom(list, what),
      keepsOldVersions: null,
    },
    key,
  );

async function filled(): Promise<{ home: TestHome; first: Home }> {
  const home = new TestHome({ config: CONFIG });
  for (const list of LISTS) await home.drop(list);
  await home.approve();
  return { home, first: await home.at("2026-11-20") };
}

/** Where a home still names somebody: tables of the store, and files. What a platform holds is kept until it is taken back. */
function placesOf(home: TestHome, trail: RegExp): string[] {
  const tables = Object.entries(storeContent(home.path)).flatMap(([table, rows]) =>
    table !== "members" && rows.some((row) => trail.test(row)) ? [table] : [],
  );
  return [
    ...tables,
    ...Object.keys(filesUnder(home.path)).filter(
      (path) => !/sqlite/.test(path) && trail.test(readFileSync(join(home.path, path), "latin1")),
    ),
  ];
}

/** Every so manieth write, a prime so that both runs of the workflow and all kinds of writes come up [design]. */
const STRIDE = 13;

test.each([
  ["a person", "kim@nordlicht.example", /quist|kim@/i],
  ["a company", "nordlicht.example", /nordlicht|quist/i],
] as const)(
  "%s: cut short at any write, the same command goes on and leaves nothing",
  async (_, key, trail) => {
    for (let at = 1; ; at += STRIDE) {
      const { home, first } = await filled();
      const crash = new Crash(at, at % 2 === 0 ? "before" : "after");
      crash.arm(first.ports);
      const outcome = await Promise.race([eraseFrom(first, key), crash.happened]);
      if (outcome === "crashed") await eraseFrom(await home.at("2026-11-20"), key);
      expect({ at, places: placesOf(home, trail) }).toEqual({ at, places: [] });
      const { ports } = await home.at("2026-11-20");
      expect({ at, ...(await reconcile(ports)) }).toMatchObject({ at, differences: [] });
      expect(await ports.accounts.count()).toBe(key.includes("@") ? 2 : 1);
      await home.dispose();
      if (outcome !== "crashed") return;
    }
  },
  600_000,
);
