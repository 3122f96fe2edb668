import { erase } from "@bullseye/core/erasure/erase";
import type { Home } from "@bullseye/local";
import { expect, test } from "vitest";
import { filesUnder, storeContent } from "../workflow/store-content.ts";
import { TestHome, type TestList } from "../workflow/support.ts";
import { Crash } from "./crash.ts";

const CRM: TestList = {
  name: "crm.csv",
  kind: "accounts",
  text: "Company,Website,Employees\nNordlicht,nordlicht.example,220\nAcme,acme.example,40\n",
};
const PEOPLE: TestList = {
  name: "people.csv",
  kind: "contacts",
  text: "First name,Last name,Website,E-mail,Phone\nKim,Quist,acme.example,kim@acme.example,+49 40 5550 101\n",
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

test.each(["Nordlicht", "+49 40 5550 101"])(
  "an erasure of %s that was cut short goes on by the same words, also when nobody is called so any more",
  async (key) => {
    for (let at = 2; ; at += 9) {
      const home = new TestHome();
      for (const each of [CRM, PEOPLE]) await home.drop(each);
      const first = await home.at("2026-11-20");
      const crash = new Crash(at, "before");
      crash.arm(first.ports);
      const outcome = await Promise.race([eraseFrom(first, key), crash.happened]);
      if (outcome === "crashed") await expect(eraseFrom(await home.at("2026-11-20"), key), `write ${at}`).resolves.toBeDefined();
      expect(JSON.stringify(storeContent(home.path).accounts)).not.toContain(key);
      expect(Object.keys(filesUnder(home.path)).filter((path) => path.includes("personal/erasures"))).toEqual([]);
      await home.dispose();
      if (outcome !== "crashed") return;
    }
  },
  300_000,
);
