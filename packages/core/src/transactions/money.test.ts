import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCount, formatMoney, lineAmount } from "./money.ts";

describe("lineAmount", () => {
  it("is the exact product in integers, rounded half up, at any size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 4_000_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (quantity, unitPrice, millionths) => {
          const exact = (BigInt(quantity) * BigInt(unitPrice) * BigInt(1_000_000 - millionths) + 500_000n) / 1_000_000n;
          const amount = lineAmount({ orderId: "1", status: "placed", quantity, unitPrice, discount: millionths / 1_000_000 });
          if (quantity * unitPrice <= 1e14) expect(amount).toBe(Number(exact));
          else if (exact > 1e14) expect(amount).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("takes fractions of a unit exactly to six decimals", () => {
    expect(lineAmount({ orderId: "1", status: "placed", quantity: 2.5, unitPrice: 199 })).toBe(498);
    expect(lineAmount({ orderId: "1", status: "placed", quantity: 1.005, unitPrice: 1000 })).toBe(1005);
    expect(lineAmount({ orderId: "1", status: "placed", quantity: 35, unitPrice: 4240, discount: 0.15 })).toBe(126_140);
  });

  it("prefers the stated amount, takes nothing off for a code, and says nothing of what is not stated", () => {
    expect(lineAmount({ orderId: "1", status: "placed", quantity: 2, unitPrice: 100, amount: 150 })).toBe(150);
    expect(lineAmount({ orderId: "1", status: "placed", quantity: 2, unitPrice: 100, discount: true as unknown as number })).toBe(
      200,
    );
    expect(lineAmount({ orderId: "1", status: "placed", quantity: 2 })).toBeUndefined();
    expect(lineAmount({ orderId: "1", status: "placed", quantity: -2, unitPrice: 15, discount: 0.05 })).toBe(-29);
  });
});

describe("misread money", () => {
  it("is not stated", () => {
    for (const amount of [1e15, 12.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(lineAmount({ orderId: "1", status: "placed", amount })).toBeUndefined();
    }
    expect(lineAmount({ orderId: "1", status: "placed", quantity: 1e300, unitPrice: 1e300 })).toBeUndefined();
  });
});

describe("money in words", () => {
  it("names units, decimals below a hundred, and the digits of the currency", () => {
    expect(formatMoney(4_820_000, "EUR")).toBe("48,200 EUR");
    expect(formatMoney(1999, "USD")).toBe("19.99 USD");
    expect(formatMoney(4_820_000, "JPY")).toBe("4,820,000 JPY");
    expect(formatMoney(12_500, "KWD")).toBe("12.500 KWD");
    expect(formatMoney(10_000, "")).toBe("100");
    expect(formatCount(-1_234_567)).toBe("-1,234,567");
  });
});
