import { expect, test } from "vitest";
import { callCli, desk } from "../cli.testing.ts";

const here = desk();

const LIST = [
  "Company,Website,City,Country",
  "Nordlicht Hydraulik GmbH,nordlicht-hydraulik.example,Kiel,Germany",
  "Nordlicht Hydraulick GmbH,,Kiel,Germany",
  "Summit Dental Supply,summit-dental.example,Boise,United States",
  "Brennerei Altstadt AG,brennerei-altstadt.example,Bonn,Germany",
].join("\n");

interface Pair {
  id: string;
  low: { name: string };
  high: { name: string; domain: string };
  confidence: number;
  reasons: string[];
}

/** A home in which one pair waits to be looked at. */
async function withPair(): Promise<Pair> {
  await here.run("init");
  here.file(".bullseye/config/matching.yaml", "namesAndPlace: { same: 1, review: 0.4 }\n");
  expect((await here.run("run", here.file("firms.csv", `${LIST}\n`))).code).toBe(0);
  const { pairs } = (await here.json("review")) as { pairs: Pair[] };
  expect(pairs).toHaveLength(1);
  return pairs[0]!;
}

const names = async (): Promise<string[]> =>
  ((await here.json("accounts")) as Array<{ name: string }>).map(({ name }) => name).sort();

test("a pair waits, is shown with its reasons, and is one account once somebody says so", async () => {
  const pair = await withPair();
  expect(pair).toMatchObject({ low: { name: "Nordlicht Hydraulick GmbH" }, high: { domain: "nordlicht-hydraulik.example" } });
  expect(pair.reasons.length).toBeGreaterThan(0);
  const shown = await here.run("review");
  expect(shown.out).toContain("1 pair of companies may be one and stays two until you decide");
  expect(shown.out).toContain(pair.id);
  const said = await here.run("review", "same", pair.id);
  expect(said.code).toBe(0);
  expect(await names()).toEqual(["Brennerei Altstadt AG", "Nordlicht Hydraulik GmbH", "Summit Dental Supply"]);
  expect((await here.run("review")).out).toContain("There is nothing to review");
  expect((await here.run("trace", "nordlicht-hydraulik.example")).out).toContain("somebody decided so in decisions");
  expect((await here.run("unmerge", pair.id)).code).toBe(0);
  expect(await names()).toHaveLength(4);
});

test("a pair that is different is asked about no more, until that is taken back", async () => {
  const pair = await withPair();
  expect((await here.run("review", "different", pair.id)).code).toBe(0);
  expect(((await here.json("review")) as { pairs: Pair[] }).pairs).toEqual([]);
  expect(await names()).toHaveLength(4);
  const { lists } = (await here.json("lists")) as { lists: Array<{ id: string; kind: string }> };
  expect(lists).toContainEqual(expect.objectContaining({ id: "decisions", kind: "matches" }));
  expect((await here.run("lists", "undo", "decisions")).code).toBe(0);
  expect(((await here.json("review")) as { pairs: Pair[] }).pairs).toHaveLength(1);
});

test("asks about one pair after the other where somebody sits at a terminal, and says how to answer where nobody does", async () => {
  await withPair();
  const nobody = await here.run("review", "ask");
  expect(nobody.code).toBe(2);
  expect(nobody.err).toContain("review same PAIR");
  const questions: string[] = [];
  const asked = await callCli(here.path, ["review", "ask"], {
    ask: async (question) => {
      questions.push(question);
      return "s";
    },
  });
  expect(asked.code).toBe(0);
  expect(questions).toHaveLength(1);
  expect(await names()).toHaveLength(3);
});

test("merge and unmerge by domain; each says how to take it back, and twice the same is refused", async () => {
  await withPair();
  const merged = (await here.json("merge", "summit-dental.example", "brennerei-altstadt.example")) as {
    decision: { id: string; relation: string };
    change: string;
  };
  expect(merged).toMatchObject({ decision: { relation: "same" }, change: "added" });
  expect(await names()).toHaveLength(3);
  const again = await here.run("merge", "summit-dental.example", "brennerei-altstadt.example");
  expect(again.code).toBe(2);
  expect(again.err).toContain("are one account already");
  const back = await here.run("unmerge", merged.decision.id);
  expect(back.out).toContain("are no longer decided to be one company");
  expect(await names()).toHaveLength(4);
});

test("what cannot be unmerged is said in one line", async () => {
  await withPair();
  for (const [words, said] of [
    ["summit-dental.example", /nothing was merged into/],
    ["nobody.example", /there is no account "nobody.example"/],
  ] as const) {
    const { code, err } = await here.run("unmerge", words);
    expect(code).toBe(2);
    expect(err.trim().split("\n").length).toBeLessThanOrEqual(2);
    expect(err).toMatch(said);
  }
  expect((await here.run("review", "same", "ffff")).err).toContain('no pair to review is called "ffff"');
});
