import { describe, expect, it } from "vitest";
import { channelOf, creditDays, lostReasonOf, termsOf, textFlags } from "./words.ts";

describe("words of orders and deals", () => {
  it("give the class of a channel", () => {
    const table = {
      web: "self_serve_online",
      shopify_draft_order: "rep_assisted",
      "Punch-out": "procurement_system",
      "SAP Ariba": "procurement_system",
      "Amazon Business": "marketplace",
      "Online Store": "self_serve_online",
      "in-store POS": "offline",
      pigeon: "other",
      marketplace: "marketplace",
    };
    for (const [text, channel] of Object.entries(table)) expect([text, channelOf(text)]).toEqual([text, channel]);
  });

  it("give the class of payment terms", () => {
    const table = {
      "Net 30": "net30",
      NET_45: "net45",
      n60: "net60",
      "90 days": "net90",
      "30 Tage netto": "net30",
      "net 10": "other",
      net15: "net15",
      "Credit Card": "card",
      Vorkasse: "prepaid",
      "Pro forma": "prepaid",
      barter: "other",
    };
    for (const [text, terms] of Object.entries(table)) expect([text, termsOf(text)]).toEqual([text, terms]);
    expect(creditDays("net45")).toBe(45);
    expect(creditDays("card")).toBeNull();
  });

  it("give the reason of a lost deal", () => {
    expect(lostReasonOf("Too expensive")).toBe("price");
    expect(lostReasonOf("Lost to competitor")).toBe("competitor");
    expect(lostReasonOf("no_decision")).toBe("no_decision");
    expect(lostReasonOf("??")).toBe("other");
  });

  it("flag needs by whole words", () => {
    expect(textFlags("custom brackets for oem line")).toBe(1);
    expect(textFlags("customs declaration for the customer")).toBe(0);
    expect(textFlags("special order, slab, budgetary")).toBe(0);
    expect(textFlags("sla with uptime; same-day courier")).toBe(2);
    expect(textFlags("cheapest offer, see rfq 12")).toBe(4 + 8);
    expect(textFlags("private label per spec, from quotation 7")).toBe(1 + 8);
  });
});
