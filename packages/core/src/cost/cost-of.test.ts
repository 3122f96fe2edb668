import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nanoDollars, parseUsd, usdText } from "./amount.ts";
import { costDocument, costOf, plainUsage } from "./cost-of.ts";
import { addUsage, METERED_UNITS, type Usage } from "./meter.ts";
import { PRICES, readPrices } from "./prices.ts";
import file from "./prices-2026-11.json" with { type: "json" };

/** Usages in millionths of a unit, as they are written down. */
const usage = fc
  .dictionary(fc.constantFrom(...METERED_UNITS), fc.integer({ min: 0, max: 10 ** 12 }))
  .map((counts) => Object.fromEntries(Object.entries(counts).map(([unit, n]) => [unit, n / 1e6])) as Usage);

describe("costOf", () => {
  test("prices a million of each unit as the pages say", () => {
    const of = (unit: (typeof METERED_UNITS)[number], n: number): number => nanoDollars(costOf({ [unit]: n }).amount) / 1e9;
    expect(of("s3.put", 1e6)).toBe(5);
    expect(of("s3.list", 1000)).toBe(0.005);
    expect(of("s3.get", 1e6)).toBe(0.4);
    expect(of("dynamodb.write", 1e6)).toBe(0.625);
    expect(of("dynamodb.read", 0.5)).toBe(0.000000063);
    expect(of("dynamodb.read", 2e6)).toBe(0.25);
    expect(of("sqs.request", 1e6)).toBe(0.4);
    expect(of("stepFunctions.transition", 1)).toBe(0.000025);
    expect(of("lambda.request", 1e6)).toBe(0.2);
    expect(of("lambda.gbSecond", 3600)).toBe(0.04800024);
    expect(of("eventBridge.event", 1e6)).toBe(1);
    expect(of("secrets.request", 10_000)).toBe(0.05);
  });

  test("adds units up by service, and leaves out what was not used", () => {
    const document = costDocument(costOf({ "lambda.request": 5, "lambda.gbSecond": 1, "s3.put": 2, "s3.get": 0 }));
    expect(document.services).toEqual({ "Amazon S3": 0.00001, "AWS Lambda": 0.000014333 });
    expect(document.units).toEqual({ "s3.put": 2, "lambda.request": 5, "lambda.gbSecond": 1 });
    expect(document.usd).toBe(0.000024333);
  });

  test("the price of a sum is the sum of the prices, to the last digit", () => {
    fc.assert(
      fc.property(fc.array(usage, { maxLength: 5 }), (all) => {
        const apart = all.reduce((sum, each) => sum + costOf(each).amount, 0n);
        expect(costOf(addUsage(...all)).amount).toBe(apart);
      }),
    );
  });

  test("is never negative, and more never costs less", () => {
    fc.assert(
      fc.property(usage, usage, (some, more) => {
        const one = costOf(some).amount;
        expect(one).toBeGreaterThanOrEqual(0n);
        expect(costOf(addUsage(some, more)).amount).toBeGreaterThanOrEqual(one);
      }),
    );
  });

  test("its services sum to the whole", () => {
    fc.assert(
      fc.property(usage, (some) => {
        const cost = costOf(some);
        expect(cost.services.reduce((sum, { amount }) => sum + amount, 0n)).toBe(cost.amount);
        for (const { amount, lines } of cost.services) expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(amount);
      }),
    );
  });

  test("writing a usage down changes its price by nothing", () => {
    fc.assert(
      fc.property(usage, (some) => {
        expect(costOf(plainUsage(some)).amount).toBe(costOf(some).amount);
      }),
    );
  });
});

describe("readPrices", () => {
  test("prices every unit and resource once, with page and day", () => {
    expect([...PRICES.units.keys()].sort()).toEqual([...METERED_UNITS].sort());
    for (const { source, date } of [...PRICES.units.values(), ...PRICES.monthly.values()]) {
      expect(source).toMatch(/pricing/);
      expect(date).toMatch(/^2026-11-/);
    }
  });

  test("refuses a unit without a price, with two, and prices that are no decimals", () => {
    const change = (units: typeof file.units) => () => readPrices({ ...file, units });
    expect(change(file.units.slice(1))).toThrow("s3.put has no price");
    expect(change([...file.units, file.units[0]!])).toThrow("s3.put has two prices");
    expect(change(file.units.map((line) => ({ ...line, usd: "free" })))).toThrow("write a decimal");
    expect(change(file.units.map((line) => ({ ...line, per: 3 })))).toThrow("costs");
  });
});

describe("amounts", () => {
  test("decimals are read exactly", () => {
    expect(parseUsd("0.0000133334")).toBe(13_333_400_000_000n);
    expect(parseUsd("3.00")).toBe(3n * 10n ** 18n);
    for (const text of ["", "-1", "1e-3", "0.1234567890123", "1,5"]) expect(parseUsd(text)).toBeNull();
  });

  test("people read cents, or the first two digits that say something", () => {
    const text = (value: string): string => usdText(parseUsd(value)!);
    expect(["12.4", "0.1", "0.0123", "0.00004567", "0.000000001", "0"].map(text)).toEqual([
      "12.40 USD",
      "0.10 USD",
      "0.012 USD",
      "0.000046 USD",
      "under 0.000001 USD",
      "0 USD",
    ]);
  });
});
