import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencyExponent, parseCurrency, settleCurrency } from "./currency.ts";
import { scan, scanDecimal } from "./decimal.ts";
import { headerUnit } from "./header-unit.ts";
import { parseInteger, parseMinor, parseNumber, parseShare, parseWhole } from "./number.ts";
import { voteNumberFormat } from "./number-format.ts";
import { parseCountRange } from "./range.ts";

const dot = { decimal: "." } as const;
const comma = { decimal: "," } as const;

describe("parseInteger", () => {
  it.each([
    ["2822", 2822],
    [" 2,822 ", 2822],
    ["2822.0", 2822],
    ["1'234'567", 1234567],
    ["1 234", 1234],
    ["12k", 12000],
    ["-5", -5],
    ["(1,234)", -1234],
    ["12,34,567", 1234567],
    ["1.5E+3", 1500],
  ])("reads %s", (raw, value) => expect(parseInteger(raw, dot)).toBe(value));
  it("reads dots as thousands in a comma column", () => expect(parseInteger("1.234", comma)).toBe(1234));
  it.each(["", "12.5", "abc", "1.2.3,4,5", "12 34", "99999999999999999999", "10-50", "4 rooms", "-"])("refuses %s", (raw) =>
    expect(parseInteger(raw, dot)).toBeUndefined(),
  );
});

describe("money cells (trap 3)", () => {
  it.each([
    ["$10M", 10_000_000, "$"],
    ["1.2B", 1_200_000_000, undefined],
    ["10 Mio", 10_000_000, undefined],
    ["10 Mio. €", 10_000_000, "EUR"],
    ["€1.234,56", 1235, "EUR"],
    ["1,234.56", 1235, undefined],
    ["USD 3.2 billion", 3_200_000_000, "USD"],
    ["CHF 1'234.50", 1235, "CHF"],
    ["1 234 €", 1234, "EUR"],
    ["US$ 5", 5, "USD"],
    ["(1,234)", -1234, undefined],
    ["-$5", -5, "$"],
    ["5-", -5, undefined],
    ["$.50", 1, "$"],
    ["5M€", 5_000_000, "EUR"],
  ])("reads %s", (raw, value, currency) => {
    expect(parseWhole(raw, dot)).toBe(value);
    expect(scan.currency).toBe(currency);
  });
  it.each(["10%", "ten", "5 apples", "$", "1,2,3", "1..2", "M10", "EUR 5 USD", "1,23.45.6"])("refuses %s", (raw) =>
    expect(parseWhole(raw, dot)).toBeUndefined(),
  );
  it("applies the header's power unless the cell has its own word", () => {
    expect(parseWhole("12500", { decimal: ".", power: 3 })).toBe(12_500_000);
    expect(parseWhole("$10M", { decimal: ".", power: 6 })).toBe(10_000_000);
  });
});

describe("voteNumberFormat", () => {
  it.each([
    [["1.234,56", "12,50"], ","],
    [["1,234.56", "12.5"], "."],
    [["1,234", "5,678"], "."],
    [["1.234.567", "12"], ","],
    [["0.123", "4"], "."],
    [["12", "-", "N/A"], "."],
  ])("%j", (cells, decimal) => expect(voteNumberFormat(cells)).toEqual({ decimal, review: null }));
  it("flags a mixed column and a column that proves nothing", () => {
    expect(voteNumberFormat(["1.234,56", "1,234.56", "7.5"])).toMatchObject({
      decimal: ".",
      review: expect.stringContaining("two ways"),
    });
    expect(voteNumberFormat(["1.234", "5.678"])).toMatchObject({ decimal: ",", review: expect.any(String) });
  });
});

describe("parseMinor", () => {
  it("follows the currency's exponent (ISO 4217)", () => {
    expect(parseMinor("12.30", dot, currencyExponent("EUR"))).toBe(1230);
    expect(parseMinor("1230", dot, currencyExponent("JPY"))).toBe(1230);
    expect(parseMinor("1.234", dot, currencyExponent("KWD"))).toBe(1234);
    expect(parseMinor("0.29", dot, 2)).toBe(29);
    expect(parseMinor("1.005", dot, 2)).toBe(101);
    expect(parseMinor("2.5500000000000003", dot, 2)).toBe(255);
  });

  it("is exact for every decimal, halves away from zero (BigInt oracle)", () => {
    const amount = fc.record({
      negative: fc.boolean(),
      whole: fc.bigInt({ min: 0n, max: 10n ** 11n }),
      fraction: fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 18 }),
      exponent: fc.constantFrom(0, 2, 3),
      power: fc.constantFrom(0, 3),
      style: fc.constantFrom("plain", "grouped", "german", "swiss", "accounting"),
    });
    fc.assert(
      fc.property(amount, ({ negative, whole, fraction, exponent, power, style }) => {
        const grouped = (mark: string): string => whole.toString().replace(/\B(?=(\d{3})+$)/g, mark);
        const decimal = style === "german" ? "," : ".";
        const body =
          (style === "plain" ? whole.toString() : grouped(style === "german" ? "." : style === "swiss" ? "'" : ",")) +
          (fraction ? decimal + fraction : "");
        const raw = !negative ? body : style === "accounting" ? `(${body})` : `-${body}`;
        const digits = BigInt(whole.toString() + fraction);
        const shift = exponent + power - fraction.length;
        let oracle: bigint;
        if (shift >= 0) oracle = digits * 10n ** BigInt(shift);
        else {
          const divisor = 10n ** BigInt(-shift);
          oracle = digits / divisor + (2n * (digits % divisor) >= divisor ? 1n : 0n);
        }
        const value = parseMinor(raw, { decimal, power }, exponent);
        if (value === undefined) expect(oracle).toBeGreaterThan(900_000_000_000_000n);
        else {
          expect(Number.isSafeInteger(value)).toBe(true);
          expect(BigInt(value)).toBe(negative ? -oracle : oracle);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("never answers with anything but a safe integer, whatever the cell", () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(..."0123456789.,'()-+ €$MkE") }),
      fc.double().map(String),
    );
    fc.assert(
      fc.property(cell, fc.constantFrom<"." | ",">(".", ","), fc.constantFrom(0, 2, 3), (raw, decimal, exponent) => {
        const value = parseMinor(raw, { decimal }, exponent);
        expect(value === undefined || Number.isSafeInteger(value)).toBe(true);
        expect(Object.is(value, -0)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  it("gives up beyond 2^53 rather than round", () => {
    expect(parseMinor("99999999999999.99", dot, 2)).toBeUndefined();
    expect(parseMinor("90071992547409.89", dot, 2)).toBe(9007199254740989);
    expect(parseMinor("9007199254740993", dot, 0)).toBeUndefined();
  });
});

describe("numbers, shares, currencies", () => {
  it("reads fractions without error", () => {
    expect(parseNumber("31.786858", dot)).toBe(31.786858);
    expect(parseNumber("0,1", comma)).toBe(0.1);
  });
  it("reads shares", () => {
    expect(parseShare("15%", dot)).toBe(0.15);
    expect(parseShare("0.05", dot)).toBe(0.05);
    expect(parseShare("15", { ...dot, hundred: true })).toBe(0.15);
    expect(parseShare("7", dot)).toBeUndefined();
  });
  it("settles ambiguous symbols with what was declared", () => {
    expect(settleCurrency("$", undefined)).toBe("USD");
    expect(settleCurrency("$", "CAD")).toBe("CAD");
    expect(settleCurrency("$", "EUR")).toBe("USD");
    expect(settleCurrency("kr", undefined)).toBeUndefined();
    expect(settleCurrency(undefined, "EUR")).toBe("EUR");
    expect(parseCurrency("eur")).toBe("EUR");
    expect(parseCurrency("XYZ")).toBeUndefined();
  });
  it("tells a number from a text that holds one", () => {
    for (const raw of ["12 rue de la Paix", "v2", "2016-10-20", "A4"]) expect(scanDecimal(raw, ".")).toBe(false);
  });
});

describe("headerUnit", () => {
  it.each([
    ["Revenue (in 000s USD)", 3, "USD", "Revenue"],
    ["Total Funding Amount (in 000s USD)", 3, "USD", "Total Funding Amount"],
    ["Revenue in millions", 6, undefined, "Revenue"],
    ["Revenue M$", 6, "$", "Revenue"],
    ["Annual Revenue (EUR)", 0, "EUR", "Annual Revenue"],
    ["Umsatz in Mio. €", 6, "EUR", "Umsatz"],
    ["revenue_usd", 0, "USD", "revenue"],
    ["AnnualRevenueUSD", 0, "USD", "Annual Revenue"],
    ["Umsatz (T€)", 3, "EUR", "Umsatz"],
    ["Revenue ($ bn)", 9, "$", "Revenue"],
  ])("%s", (header, power, currency, base) => expect(headerUnit(header)).toEqual({ power, currency, base }));
  it.each(["Revenue", "Employees", "Company"])("finds none in %s", (header) => expect(headerUnit(header)).toBeNull());
});

describe("a count has no fractions", () => {
  it.each([".", ","] as const)("in a column of the decimal %s a lone group is a thousand", (decimal) => {
    for (const text of ["10,001", "10.001"]) expect(parseCountRange(text, { decimal })).toBe(10_001);
    for (const text of ["10,001+", "10.001+"]) expect(parseCountRange(text, { decimal })).toEqual([10_001, null]);
    expect(parseCountRange("1.001 - 5,000", { decimal })).toEqual([1001, 5000]);
    expect(parseCountRange("2.5", { decimal })).toBeUndefined();
  });
  it("money may have them, and two ways of writing one column are asked about", () => {
    expect(voteNumberFormat(["1,234", "2.345"])).toMatchObject({ review: expect.stringContaining("two ways") });
    expect(voteNumberFormat(["1,234", "2,345"])).toEqual({ decimal: ".", review: null });
  });
});
