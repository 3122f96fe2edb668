import { lostOnPriceShare } from "../transactions/deal-summary.ts";
import {
  categoryCount,
  discountShare,
  distinctShipTo,
  poShare,
  quoteShare,
  selfServeShare,
  skuCount,
  termsShare,
  textSignals,
} from "../transactions/summary.ts";
import type { Channel } from "../transactions/types.ts";
import {
  CONTINUITY_VERTICALS,
  CUSTOM_WORDS,
  NEED_WEIGHTS,
  PUBLIC_OWNERSHIP,
  PUBLIC_VERTICALS,
  REGULATED_VERTICALS,
  STATED_LEVELS,
  THIN_MARGIN_VERTICALS,
} from "./config.ts";
import { type AccountEvidence, ERP_SOFTWARE, PROCUREMENT_SOFTWARE, percent, textOf, wordsOf } from "./evidence.ts";

/** The axes of TAXONOMY 4.3, as cells name them. */
export const NEED_AXES = ["customisation", "serviceExpectation", "priceSensitivity", "featureBreadth"] as const;
export type NeedAxis = (typeof NEED_AXES)[number];

/** What one observation adds to an axis. Signals of one `source` rest on the same column and count as one. */
export interface NeedSignal {
  source: string;
  points: number;
  /** With its figures, for a marketer. */
  evidence: string;
}

type Signals = NeedSignal[];

/** All signals of an axis. */
export function needSignals(axis: NeedAxis, input: AccountEvidence): Signals {
  const signals: Signals = [];
  READERS[axis](input, signals);
  return signals;
}

const READERS: Readonly<Record<NeedAxis, (input: AccountEvidence, into: Signals) => void>> = {
  customisation,
  serviceExpectation,
  priceSensitivity,
  featureBreadth,
};

function customisation(input: AccountEvidence, into: Signals): void {
  const weights = NEED_WEIGHTS.customisation;
  const { attributes, orders } = input;
  if (orders !== null) {
    const quoted = quoteShare(orders);
    if (quoted !== null && quoted > 0 && orders.quotes![0] >= weights.quotes.min)
      add(into, "quotes", scaled(weights.quotes, quoted), `${percent(quoted)} of ${orders.quotes![0]} orders came from a quote`);
    const text = textSignals(orders);
    if (text !== null && text.customisation > 0)
      add(
        into,
        "text",
        scaled(weights.text, text.customisation / text.lines),
        `${text.customisation} of ${text.lines} order lines speak of custom work`,
      );
    channelSignals(orders, into, weights.allSelfServe, weights.procurementSystem);
  }
  const vertical = textOf(attributes, "vertical");
  if (vertical !== null && REGULATED_VERTICALS.has(vertical))
    add(into, "vertical", weights.regulatedVertical.points, `regulated vertical: ${vertical}`);
  softwareSignal(input, into, weights.software.points);
  const description = wordsOf(attributes, "description") ?? wordsOf(attributes, "keywords");
  const word = description === null ? null : CUSTOM_WORDS.exec(description);
  if (word !== null) add(into, "description", weights.description.points, `describes itself with "${word[0]}"`);
  if (textOf(attributes, "transactions.cadence") === "one_off") add(into, "cadence", weights.oneOff.points, "ordered once");
}

function serviceExpectation(input: AccountEvidence, into: Signals): void {
  const weights = NEED_WEIGHTS.serviceExpectation;
  const { attributes, orders, deals } = input;
  stated(input, into, "slaLevel", weights.sla, "service level");
  stated(input, into, "customerPriority", weights.priority, "customer priority");
  const vertical = textOf(attributes, "vertical");
  if (vertical !== null && CONTINUITY_VERTICALS.has(vertical))
    add(into, "vertical", weights.continuityVertical.points, `cannot stand still: ${vertical}`);
  if (orders !== null) {
    const places = distinctShipTo(orders);
    if (places !== null && places >= weights.shipTo.min)
      add(into, "shipTo", scaled(weights.shipTo, places), `${places} delivery sites`);
    const text = textSignals(orders);
    if (text !== null && text.service > 0)
      add(
        into,
        "text",
        scaled(weights.text, text.service / text.lines),
        `${text.service} of ${text.lines} order lines speak of service`,
      );
    const rep = channelShare(orders.channels, "rep_assisted");
    if (rep !== null && rep.share > 0 && rep.orders >= weights.repAssisted.min)
      add(
        into,
        "channel",
        scaled(weights.repAssisted, rep.share),
        `${percent(rep.share)} of ${rep.orders} orders through a person`,
      );
    channelSignals(orders, into, weights.allSelfServe, null);
  }
  const reasons = deals?.lostReasons;
  if (reasons !== undefined && (reasons.service ?? 0) > 0) {
    const lost = total(reasons);
    add(
      into,
      "lostReasons",
      scaled(weights.lostOnService, reasons.service! / lost),
      `${reasons.service} of ${lost} deals lost on service`,
    );
  }
}

function priceSensitivity(input: AccountEvidence, into: Signals): void {
  const weights = NEED_WEIGHTS.priceSensitivity;
  const { attributes, orders, deals } = input;
  if (orders !== null) {
    const discounted = discountShare(orders);
    if (discounted !== null) {
      const lines = orders.discount![0];
      if (discounted > 0 && lines >= weights.discounted.min)
        add(
          into,
          "discount",
          scaled(weights.discounted, discounted),
          `${percent(discounted)} of ${lines} order lines discounted`,
        );
      else if (discounted === 0 && lines >= weights.fullPrice.min)
        add(into, "discount", weights.fullPrice.points, `${lines} order lines without a discount`);
    }
    const text = textSignals(orders);
    if (text !== null && text.price > 0)
      add(
        into,
        "text",
        scaled(weights.text, text.price / text.lines),
        `${text.price} of ${text.lines} order lines speak of price`,
      );
    const market = channelShare(orders.channels, "marketplace");
    if (market !== null && market.share > 0 && market.orders >= weights.marketplace.min)
      add(
        into,
        "channel",
        scaled(weights.marketplace, market.share),
        `${percent(market.share)} of ${market.orders} orders on marketplaces`,
      );
  }
  const lostOnPrice = deals === null ? null : lostOnPriceShare(deals);
  if (lostOnPrice !== null) {
    const lost = total(deals!.lostReasons!);
    if (lostOnPrice > 0)
      add(
        into,
        "lostReasons",
        scaled(weights.lostOnPrice, lostOnPrice),
        `${percent(lostOnPrice)} of ${lost} lost deals on price`,
      );
    else if (lost >= weights.lostOtherwise.min)
      add(into, "lostReasons", weights.lostOtherwise.points, `none of ${lost} lost deals on price`);
  }
  const vertical = textOf(attributes, "vertical");
  const ownership = textOf(attributes, "ownership");
  if (ownership !== null && PUBLIC_OWNERSHIP.has(ownership))
    add(into, "vertical", weights.publicTender.points, `buys by tender: ownership ${ownership}`);
  else if (vertical !== null && PUBLIC_VERTICALS.has(vertical))
    add(into, "vertical", weights.publicTender.points, `buys by tender: ${vertical}`);
  else if (vertical !== null && THIN_MARGIN_VERTICALS.has(vertical))
    add(into, "vertical", weights.thinMargin.points, `thin margins: ${vertical}`);
}

function featureBreadth(input: AccountEvidence, into: Signals): void {
  const weights = NEED_WEIGHTS.featureBreadth;
  const { orders } = input;
  if (orders !== null) {
    const categories = categoryCount(orders);
    if (categories !== null) {
      if (categories >= weights.categories.min)
        add(into, "categories", scaled(weights.categories, categories), `${categories} categories bought`);
      else if (categories === 1 && orders.orders >= weights.singleCategory.min)
        add(into, "categories", weights.singleCategory.points, `one category in ${orders.orders} orders`);
    }
    const skus = skuCount(orders);
    if (skus !== null) {
      if (skus >= weights.skus.min) add(into, "skus", scaled(weights.skus, skus), `${skus} articles bought`);
      else if (skus <= weights.fewSkus.most && orders.orders >= weights.fewSkus.min)
        add(into, "skus", weights.fewSkus.points, `${skus} ${skus === 1 ? "article" : "articles"} in ${orders.orders} orders`);
    }
    const places = distinctShipTo(orders);
    if (places !== null && places >= weights.shipTo.min)
      add(into, "shipTo", scaled(weights.shipTo, places), `${places} delivery sites`);
    const net = termsShare(orders);
    if (net !== null && net > 0) add(into, "terms", scaled(weights.netTerms, net), `${percent(net)} of orders on net terms`);
    const po = poShare(orders);
    if (po !== null && po > 0)
      add(into, "po", scaled(weights.purchaseOrders, po), `${percent(po)} of orders with a purchase order number`);
  }
  softwareSignal(input, into, weights.software.points);
}

function softwareSignal(input: AccountEvidence, into: Signals, points: number): void {
  const technologies = wordsOf(input.attributes, "technologies");
  if (technologies === null) return;
  const found = PROCUREMENT_SOFTWARE.exec(technologies) ?? ERP_SOFTWARE.exec(technologies);
  if (found !== null) add(into, "technologies", points, `uses ${found[0]}`);
}

function stated(
  input: AccountEvidence,
  into: Signals,
  field: "slaLevel" | "customerPriority",
  points: Readonly<Record<"high" | "medium" | "low", number>>,
  label: string,
): void {
  const text = textOf(input.attributes, field)?.toLowerCase();
  if (text === undefined || !Object.hasOwn(STATED_LEVELS, text)) return;
  add(into, field, points[STATED_LEVELS[text]!], `${label} ${text}`);
}

function channelSignals(
  orders: NonNullable<AccountEvidence["orders"]>,
  into: Signals,
  allSelfServe: { points: number; min: number },
  procurementSystem: { points: number; min: number } | null,
): void {
  if (orders.channels === undefined) return;
  const all = total(orders.channels);
  if (selfServeShare(orders) === 1 && all >= allSelfServe.min)
    add(into, "channel", allSelfServe.points, `all ${all} orders by self-service`);
  const system = orders.channels.procurement_system ?? 0;
  if (procurementSystem !== null && system >= procurementSystem.min)
    add(into, "channel", procurementSystem.points, `${system} of ${all} orders through a procurement system`);
}

function channelShare(
  channels: Partial<Record<Channel, number>> | undefined,
  channel: Channel,
): { share: number; orders: number } | null {
  if (channels === undefined) return null;
  const orders = total(channels);
  return orders === 0 ? null : { share: (channels[channel] ?? 0) / orders, orders };
}

function scaled(weight: { points: number; full: number }, amount: number): number {
  return Math.round(weight.points * Math.min(1, amount / weight.full));
}

function total(counts: Readonly<Record<string, number | undefined>>): number {
  let sum = 0;
  for (const key in counts) sum += counts[key] ?? 0;
  return sum;
}

function add(into: Signals, source: string, points: number, evidence: string): void {
  into.push({ source, points, evidence });
}
