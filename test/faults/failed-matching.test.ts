import { reconcile } from "@bullseye/core/queries/reconcile";
import type { LocalPorts } from "@bullseye/local/ports";
import { describe, expect, test } from "vitest";
import { storeContent } from "../workflow/store-content.ts";
import { TestHome, type TestList } from "../workflow/support.ts";

const list = (name: string, ...rows: string[]): TestList => ({
  name: `${name}.csv`,
  kind: "accounts",
  text: `${["Company,Website,City,Country", ...rows].join("\n")}\n`,
});
const KEYED = list(
  "keyed",
  "Nordlicht Hydraulik GmbH,nordlicht-hydraulik.example,Kiel,Germany",
  "Brennerei Altstadt AG,brennerei-altstadt.example,Bonn,Germany",
);
const NAMED = list("named", "Altstadt Brennerei,,Bonn,Germany", "Kowalski Logistics,,Gdansk,Poland");
/** Joins what two others named. */
const BRIDGE = list(
  "bridge",
  "Nordlicht Hydraulick GmbH,,Kiel,Germany",
  "Kowalsky Logistics Sp. z o.o.,,Gdansk,Poland",
  ...["Amber", "Birch", "Cedar", "Delta", "Elm", "Fjord"].map((name) => `${name} Bakery,,Rome,Italy`),
);

/** A home whose store refuses the n-th change after it was armed. */
function fragile(): { home: TestHome; arm(at: number): void; saves(): number } {
  let left = Number.POSITIVE_INFINITY;
  let count = 0;
  const home = new TestHome({
    settings: { partitionRows: 1 },
    adjust: ({ accounts }: LocalPorts) => {
      const save = accounts.save.bind(accounts);
      accounts.save = async (...args) => {
        count++;
        if (--left === 0) throw new TypeError("the store is broken");
        return save(...args);
      };
    },
  });
  return {
    home,
    arm: (at) => {
      left = at;
      count = 0;
    },
    saves: () => count,
  };
}

const standing = (home: TestHome): unknown => {
  const { accounts, parked, aliases, facts, wants } = storeContent(home.path);
  return { accounts, parked, aliases, facts, wants };
};

describe("a run that fails while it saves what names have joined", () => {
  test.each([
    ["the same list again", BRIDGE],
    ["the list withdrawn", null],
  ])(
    "is made good by %s",
    async (_, next) => {
      const whole = fragile();
      for (const each of [KEYED, NAMED]) await whole.home.drop(each);
      whole.arm(Number.POSITIVE_INFINITY);
      await whole.home.drop(BRIDGE);
      const saves = whole.saves();
      if (next === null) await whole.home.undo("bridge");
      const wrong: string[] = [];
      for (let at = 1; at <= saves; at++) {
        const { home, arm } = fragile();
        for (const each of [KEYED, NAMED]) await home.drop(each);
        arm(at);
        const failed = await home.drop(BRIDGE).then(
          () => false,
          () => true,
        );
        arm(Number.POSITIVE_INFINITY);
        if (!failed) wrong.push(`${at}: did not fail`);
        if (next === null) await home.undo("bridge");
        else await home.drop(next);
        const strip = (value: unknown): string =>
          JSON.stringify(value, null, 1)
            .replaceAll(/\\"v\\":\d+/g, "v")
            .replaceAll(/bridge\|\d/g, "bridge");
        try {
          expect(strip(standing(home))).toEqual(strip(standing(whole.home)));
          expect((await reconcile(await home.ports())).differences).toEqual([]);
        } catch (error) {
          const [a, b] = [standing(home), standing(whole.home)].map((each) => strip(each).split("\n"));
          wrong.push(
            `save ${at}: ${(error as Error).message.slice(0, 100)}`,
            ...a!.filter((x) => !b!.includes(x)).map((x) => `+ ${x}`),
            ...b!.filter((x) => !a!.includes(x)).map((x) => `- ${x}`),
          );
        }
        await home.dispose();
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});
