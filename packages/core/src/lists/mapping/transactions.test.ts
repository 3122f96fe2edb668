import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deal, OrderLine } from "../../account/facts.ts";
import type { Identity, Rejection } from "../draft.ts";
import type { SourceDeclaration } from "../kinds.ts";
import { compileMapper, isRejection, type RowMapper } from "./compile-mapper.ts";
import { stageMeaning } from "./deal-reader.ts";
import { mapColumns } from "./map-columns.ts";

const hash = (text: string): string =>
  `k:${[...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) >>> 0, 7).toString(16)}`;
const settings = { hash, sha256: hash, list: "demo" };

function mapperFor(
  header: string,
  rows: readonly (readonly string[])[],
  kind: "orders" | "deals",
  declared: Partial<SourceDeclaration> = {},
): RowMapper {
  const source: SourceDeclaration = { origin: "first-party", ...declared };
  return compileMapper(mapColumns({ header: header.split(","), sample: rows, kind, source }), { ...settings, source });
}
function orders(
  header: string,
  rows: readonly (readonly string[])[],
  declared?: Partial<SourceDeclaration>,
): { identity: Identity; order: OrderLine }[] {
  const mapper = mapperFor(header, rows, "orders", declared);
  return rows.map((row) => {
    const answer = mapper(row);
    if (isRejection(answer) || answer.kind !== "orders") throw new Error((answer as Rejection).reason);
    return answer;
  });
}
function deals(header: string, rows: readonly (readonly string[])[], declared?: Partial<SourceDeclaration>): Deal[] {
  const mapper = mapperFor(header, rows, "deals", declared);
  return rows.map((row) => {
    const answer = mapper(row);
    if (isRejection(answer) || answer.kind !== "deals") throw new Error((answer as Rejection).reason);
    return answer.deal;
  });
}

describe("orders", () => {
  const RETAIL = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country";

  it("reads a line of an invoice list", () => {
    const rows = [
      ["489434", "85048", "15CM CHRISTMAS GLASS BALL", "12", "2009-12-01 07:45:00", "6.95", "13085.0", "United Kingdom"],
      ["C489449", "22087", "PAPER BUNTING", "-12", "2009-12-01 10:33:00", "2.95", "16321.0", "Australia"],
      ["489450", "22087", "PAPER BUNTING", "-3", "2009-12-01 10:40:00", "2.95", "16321.0", "Australia"],
      ["489451", "22087", "SAMPLE", "3", "2009-12-01 10:41:00", "0.0", "16321.0", "Australia"],
      ["489452", "22087", "PENNY PART", "3", "2009-12-01 10:41:00", "0.001", "16321.0", "Australia"],
    ];
    const lines = orders(RETAIL, rows, { currency: "GBP" });
    expect(lines[0]).toMatchObject({
      identity: { sourceId: "crm:13085", country: "GB" },
      order: {
        orderId: "489434",
        sku: "85048",
        quantity: 12,
        date: "2009-12-01",
        unitPrice: 695,
        currency: "GBP",
        text: "15cm christmas glass ball",
        status: "placed",
      },
    });
    expect(lines.map((line) => line.order.status)).toEqual(["placed", "cancelled", "returned", "returned", "placed"]);
  });

  it("does not take C for a cancellation where ids are words", () => {
    const rows = [
      ["C100", "A", "5.00"],
      ["ORD-7", "A", "5.00"],
    ];
    expect(orders("order id,customer id,total", rows).map((line) => line.order.status)).toEqual(["placed", "placed"]);
  });

  it("knows cancellations and returns by word and by date", () => {
    const rows = [
      ["1", "A", "5.00", "paid", ""],
      ["2", "A", "5.00", "voided", ""],
      ["3", "A", "5.00", "Refunded", ""],
      ["4", "A", "5.00", "partially_refunded", ""],
      ["5", "A", "5.00", "paid", "2024-01-05"],
      ["6", "A", "5.00", "Returned", ""],
      ["7", "A", "-5.00", "paid", ""],
      ["8", "A", "0", "", ""],
    ];
    expect(orders("order id,customer id,total,status,cancelled at", rows).map((line) => line.order.status)).toEqual([
      "placed",
      "cancelled",
      "cancelled",
      "placed",
      "cancelled",
      "returned",
      "returned",
      "returned",
    ]);
  });

  it("keeps money exact in the row's own currency", () => {
    const rows = [
      ["1", "A", "1230", "JPY"],
      ["2", "A", "12.30", "EUR"],
      ["3", "A", "1.234", "KWD"],
      ["4", "A", "0.29", "USD"],
    ];
    expect(orders("order id,customer id,total,currency", rows).map((line) => line.order.orderTotal)).toEqual([
      1230, 1230, 1234, 29,
    ]);
    const signs = [
      ["1", "A", "€ 12.50"],
      ["2", "A", "£1,000.00"],
      ["3", "A", "7.25"],
    ];
    expect(
      orders("order id,customer id,total", signs, { currency: "USD" }).map(({ order }) => [order.orderTotal, order.currency]),
    ).toEqual([
      [1250, "EUR"],
      [100_000, "GBP"],
      [725, "USD"],
    ]);
    expect(orders("order id,customer id,total (CHF)", [["1", "A", "7.25"]])[0]?.order).toMatchObject({
      orderTotal: 725,
      currency: "CHF",
    });
  });

  it("sums to the cent whatever the amounts", () => {
    const cents = fc.array(fc.integer({ min: 1, max: 10 ** 9 }), { minLength: 1, maxLength: 50 });
    const mapper = mapperFor("order id,customer id,total", [["1", "A", "1,234.50"]], "orders");
    fc.assert(
      fc.property(cents, (amounts) => {
        let sum = 0;
        for (const amount of amounts) {
          const text = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
          sum += (mapper(["1", "A", text]) as unknown as { order: OrderLine }).order.orderTotal!;
        }
        expect(BigInt(sum)).toBe(amounts.reduce((total, amount) => total + BigInt(amount), 0n));
      }),
    );
  });

  it("trap 15: a continuation line comes back without a customer; a row without both is rejected", () => {
    const header =
      "Name,Email,Financial Status,Currency,Subtotal,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Company,Shipping Country,Shipping Zip,Shipping City";
    const rows = [
      [
        "#1001",
        "buyer@shop.example.de",
        "paid",
        "EUR",
        "90.00",
        "107.10",
        "10.00",
        "2024-01-05 10:22:33 +0100",
        "2",
        "Bolt M8",
        "30.00",
        "B8",
        "Acme GmbH",
        "DE",
        "10115",
        "Berlin",
      ],
      ["#1001", "", "", "", "", "", "", "", "1", "Nut M8", "40.00", "N8", "", "", "", ""],
    ];
    const mapper = mapperFor(header, rows, "orders");
    const [first, second] = rows.map((row) => mapper(row)) as unknown as [
      { identity: Identity; order: OrderLine },
      { identity: Identity; order: OrderLine },
    ];
    expect(first.identity).toMatchObject({ emailDomain: "example.de", name: "acme" });
    expect(first.order).toMatchObject({
      orderId: "#1001",
      orderTotal: 10710,
      discount: 0.1,
      date: "2024-01-05",
      shipTo: "DE|10115|berlin",
      buyer: hash("buyer@shop.example.de"),
    });
    expect(second).toMatchObject({ identity: {}, order: { orderId: "#1001", quantity: 1, unitPrice: 4000, text: "nut m8" } });
    expect(Object.keys(second.identity)).toEqual([]);
    expect(JSON.stringify([first, second])).not.toContain("@");
    expect(mapper(["", "", "", "", "", "", "", "", "1", "Nut", "1", "", "", "", "", ""])).toMatchObject({
      reason: "no-identity",
    });
  });

  it("keeps a line whose date is no date", () => {
    const rows = [["1", "A", "soon", "5.00"]];
    const mapper = mapperFor("order id,customer id,order date,total", rows, "orders");
    const line = mapper(rows[0]!) as unknown as { order: OrderLine };
    expect(line.order.date).toBeUndefined();
    expect(mapper.cellProblems.get("order date|not-a-date")).toBe(1);
  });

  it("gives an order without an id one from its content", () => {
    const rows = [
      ["A", "2024-01-05", "1", "5.00"],
      ["A", "2024-01-06", "1", "5.00"],
      ["A", "2024-01-05", "1", "5.00"],
    ];
    const ids = orders("customer id,order date,quantity,unit price", rows).map((line) => line.order.orderId);
    expect(ids[0]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("reads discounts written as shares or in hundredths, terms and purchase orders", () => {
    expect(
      orders("order id,customer id,discount", [
        ["1", "A", "0.15"],
        ["2", "A", "0"],
      ]).map((line) => line.order.discount),
    ).toEqual([0.15, 0]);
    expect(
      orders("order id,customer id,discount", [
        ["1", "A", "15"],
        ["2", "A", "5"],
      ]).map((line) => line.order.discount),
    ).toEqual([0.15, 0.05]);
    const [line] = orders("order id,customer id,payment terms,po number,due date", [["1", "A", "Net 30", "PO-7", "2024-02-05"]]);
    expect(line?.order).toMatchObject({ paymentTerms: "Net 30", poNumber: true, dueAt: "2024-02-05" });
  });
});

describe("deals", () => {
  it.each([
    ["Won", "won"],
    ["Closed Won", "won"],
    ["closedwon", "won"],
    ["closed_lost", "lost"],
    ["Gewonnen", "won"],
    ["verloren", "lost"],
    ["Gagnée", "won"],
    ["Closed - Lost to competitor", "lost"],
    ["Prospecting", "open"],
    ["Engaging", "open"],
    ["Wonderland review", null],
    ["Step 4", null],
  ])("stage %s means %s", (stage, meaning) => expect(stageMeaning(stage)).toBe(meaning));

  it("reads a pipeline", () => {
    const [deal] = deals("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value", [
      ["1C1I7A6R", "Kim Miller", "GTX Plus Basic", "Cancity", "Won", "2016-10-20", "2017-03-01", "1054"],
    ]);
    expect(deal).toEqual({
      dealId: "1C1I7A6R",
      outcome: "won",
      stage: "Won",
      amount: 105_400,
      createdAt: "2016-10-20",
      closedAt: "2017-03-01",
      product: "GTX Plus Basic",
    });
  });

  it("believes flags first, then words, then a probability of 1 or 0", () => {
    const header = "deal id,company,stage,is won,is closed,probability";
    const rows = [
      ["1", "Acme", "Signed off", "true", "true", ""],
      ["2", "Acme", "Step 5", "false", "true", ""],
      ["3", "Acme", "Step 5", "", "", "100%"],
      ["4", "Acme", "Step 0", "", "", "0%"],
      ["5", "Acme", "Prospecting", "", "", "0%"],
      ["6", "Acme", "Step 2", "", "false", "40%"],
      ["7", "Acme", "", "", "", ""],
    ];
    expect(deals(header, rows).map((deal) => deal.outcome)).toEqual(["won", "lost", "won", "lost", "open", "open", "open"]);
  });

  it("rejects a deal without a company and makes ids from content", () => {
    const mapper = mapperFor("account,stage,amount", [["Acme", "Won", "5"]], "deals");
    expect(mapper(["", "Won", "5"])).toMatchObject({ reason: "no-identity", column: "account" });
    const header = "deal name,account,stage,amount,create date";
    const early = deals(header, [["Renewal", "Acme Inc", "Open", "5", "2024-01-05"]])[0]?.dealId;
    const late = deals(header, [["Renewal", "ACME", "Closed Won", "9", "2024-01-05"]])[0]?.dealId;
    expect(late).toBe(early);
    expect(deals(header, [["Renewal", "Acme", "Open", "5", "2024-02-05"]])[0]?.dealId).not.toBe(early);
  });

  it("reads roles and reasons", () => {
    const [deal] = deals("opportunity id,account,stage,amount,contact roles,lost reason", [
      ["1", "Acme", "Lost", "$12,000.00", "Decision Maker; Evaluator", "price"],
    ]);
    expect(deal).toMatchObject({
      outcome: "lost",
      amount: 1_200_000,
      currency: "USD",
      roles: ["Decision Maker", "Evaluator"],
      lostReason: "price",
    });
  });
});

describe("who ordered", () => {
  const fieldsOf = (header: string, row: readonly string[]) => {
    const answer = mapperFor(header, [row], "orders")(row);
    return isRejection(answer) || answer.kind !== "orders" ? answer : answer.fields;
  };

  it.each(["Customer Name", "Name"])("%s is the company where none is named, and marked", (header) => {
    expect(fieldsOf(`Order ID,${header},Amount`, ["1", "Jane Roe", "5"])).toEqual({ name: "Jane Roe", nameFrom: "customer" });
    expect(fieldsOf(`Order ID,${header},Amount`, ["1", "", "5"])).toEqual({});
  });

  it("is not the company where a column names one", () => {
    expect(fieldsOf("Order ID,Customer Name,Company,Amount", ["1", "Jane Roe", "Acme", "5"])).toEqual({ name: "Acme" });
    expect(fieldsOf("Order ID,Customer Name,Company,Amount", ["1", "Jane Roe", "", "5"])).toEqual({});
  });

  it("is not asked for where a column names the company", () => {
    expect(fieldsOf("SKU,Quantity,Price,Customer Name,Company", ["1", "2", "5", "Jane Roe", ""])).toMatchObject({
      reason: "no-identity",
      hint: 'name a company in "Company"',
    });
  });

  it("is not marked in other lists", () => {
    const row = ["Deal", "Acme", "Won", "5"];
    expect(mapperFor("Deal Name,Customer Name,Stage,Amount", [row], "deals")(row)).toMatchObject({ fields: { name: "Acme" } });
    expect(mapperFor("Deal Name,Customer Name,Stage,Amount", [row], "deals")(row)).not.toHaveProperty("fields.nameFrom");
  });
});
