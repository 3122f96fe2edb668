import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { desk } from "../cli.testing.ts";
import { QuoteDocument } from "../contract.ts";

const here = desk();
const list = (rows: number): string =>
  `Company,Website,Country\n${Array.from({ length: rows }, (_, i) => `Firm ${i},firm-${i}.example,DE`).join("\n")}\n`;

describe("bullseye quote", () => {
  test("prices a file before it is run, and leaves no home behind", async () => {
    const file = here.file("firms.csv", list(120));
    const quote = QuoteDocument.parse(await here.json("quote", file));
    expect(quote).toMatchObject({ rows: 120, lookups: 0, money: 0 });
    expect(quote.aws.usd).toBeGreaterThan(0);
    const sum = Object.values(quote.aws.services).reduce((total, each) => total + each, 0);
    expect(sum).toBeCloseTo(quote.aws.usd, 7);
    expect(quote.aws.idleMonth.usd).toBeGreaterThan(3);
    expect(existsSync(join(here.path, ".bullseye"))).toBe(false);
  });

  test("more rows cost more, and so does a base that they meet", async () => {
    const small = QuoteDocument.parse(await here.json("quote", here.file("a.csv", list(50))));
    const file = here.file("b.csv", list(3000));
    const large = QuoteDocument.parse(await here.json("quote", file));
    expect(large.aws.usd).toBeGreaterThan(3 * small.aws.usd);
    await here.run("run", here.file("a.csv", list(50)), "--source", "first-party");
    const met = QuoteDocument.parse(await here.json("quote", file));
    expect(met.aws.usd).toBeGreaterThan(large.aws.usd);
  });

  test("people read services and the idle month; a file that is none is refused", async () => {
    const said = await here.run("quote", here.file("firms.csv", list(10)));
    expect(said.code).toBe(0);
    expect(said.out).toContain("Amazon DynamoDB");
    expect(said.out).toContain("a month");
    expect((await here.run("quote", "no.csv")).code).toBe(2);
    expect((await here.run("quote", here.file("empty.csv", ""))).code).toBe(2);
  });
});
