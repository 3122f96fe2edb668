import type { OrderLine } from "../account/facts.ts";
import { HistogramBuilder } from "../base/histogram.ts";
import { MAX_QUANTITY } from "./config.ts";
import { dayNumber } from "./day-number.ts";
import { type DayTuple, packDays, seriesOf } from "./day-series.ts";
import { distinctOf } from "./distinct.ts";
import { isMoney, lineAmount } from "./money.ts";
import { currencyOf, lineClass, mainCurrency, richest } from "./order-reading.ts";
import { byKey } from "./orders.ts";
import { emptyApart, sortedRecord } from "./records.ts";
import type { Channel, OrderSummary, PaymentTerms, StoredOrder } from "./types.ts";
import { channelOf, creditDays, termsOf, textFlags } from "./words.ts";

/**
 * The summary of the orders of one home; the order of `orders` does not matter. An order id that several lists know counts once: as the
 * list that states more fields of it says, among equals the list whose id sorts first; a missing date comes from the others.
 *
 * Money of an order: its placed lines (`lineAmount`); where one of them has none, the order's own total if stated; else what is known.
 * An order in several currencies counts in the one that most lines name, its other money in theirs. Refunds on placed lines are counted
 * apart and not taken off revenue.
 */
export function summarizeOrders(orders: readonly StoredOrder[]): OrderSummary {
  const sorted = isSorted(orders) ? orders : [...orders].sort(byKey);
  const summarizer = new OrderSummarizer();
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end]!.orderId === sorted[start]!.orderId) end++;
    if (end - start === 1) summarizer.add(sorted[start]!, Number.NaN);
    else summarizer.add(...richest(sorted.slice(start, end)));
    start = end;
  }
  return summarizer.build();
}

class OrderSummarizer {
  #orders = 0;
  #lines = 0;
  readonly #money: Record<string, [number, number, number]> = {};
  readonly #undated: Record<string, [number, number, number]> = {};
  readonly #days: Record<string, DayTuple[]> = {};
  readonly #units = new HistogramBuilder();
  readonly #late = new HistogramBuilder();
  readonly #discount: [number, number] = [0, 0];
  readonly #po: [number, number] = [0, 0];
  readonly #quotes: [number, number] = [0, 0];
  readonly #text: [number, number, number, number] = [0, 0, 0, 0];
  readonly #channels: Partial<Record<Channel, number>> = {};
  readonly #terms: Partial<Record<PaymentTerms, number>> = {};
  readonly #categories = new Set<string>();
  readonly #skus = new Set<string>();
  readonly #buyers = new Set<string>();
  readonly #shipTo = new Set<string>();
  readonly #apart = emptyApart();
  readonly #channelOf = new Map<string, Channel>();
  readonly #termsOf = new Map<string, PaymentTerms>();

  add(order: StoredOrder, otherDay: number): void {
    const placed: OrderLine[] = [];
    let cancelled = false;
    let total: number | undefined;
    let totalVersion = 0;
    for (const part of order.parts) {
      for (const line of part.lines) {
        const kind = lineClass(line);
        if (kind === "placed") {
          placed.push(line);
          const stated = line.orderTotal !== undefined && isMoney(line.orderTotal) ? line.orderTotal : undefined;
          if (stated !== undefined && (total === undefined || part.version > totalVersion)) {
            total = stated;
            totalVersion = part.version;
          } else if (stated !== undefined && part.version === totalVersion && stated > total!) {
            total = stated;
          }
        } else if (kind === "cancelled") {
          cancelled = true;
          this.#apart.cancelledLines++;
        } else if (kind === "returned") {
          this.#apart.returnedLines++;
          this.#refund(line.currency ?? currencyOf(order), line.refunded ?? lineAmount(line) ?? line.orderTotal ?? 0);
        } else {
          this.#apart.zeroLines++;
        }
      }
    }
    if (placed.length > 0) this.#addPlaced(placed, total, otherDay);
    else if (cancelled) this.#apart.cancelledOrders++;
  }

  #addPlaced(placed: readonly OrderLine[], total: number | undefined, otherDay: number): void {
    const currency = mainCurrency(placed);
    let day = otherDay;
    let revenue = 0;
    let known = 0;
    let priced = 0;
    let units = 0;
    let foreign: Map<string, number> | undefined;
    this.#orders++;
    this.#lines += placed.length;
    let stated = Number.NaN;
    for (const line of placed) {
      if (line.date !== undefined) {
        const number = dayNumber(line.date);
        if (!(number >= stated)) stated = Number.isNaN(number) ? stated : number;
      }
      const amount = lineAmount(line);
      if (amount !== undefined) {
        known++;
        if (line.currency === undefined || line.currency === currency) {
          revenue += amount;
          priced = 1;
        } else {
          foreign ??= new Map();
          foreign.set(line.currency, (foreign.get(line.currency) ?? 0) + amount);
        }
      }
      units += this.#countLine(line, currency);
    }
    if (!Number.isNaN(stated)) day = stated;
    if (known < placed.length && total !== undefined) {
      revenue = total;
      priced = 1;
      foreign = undefined;
    }
    this.#record(currency, day, 1, priced, revenue, placed.length, units);
    if (foreign !== undefined) for (const [other, sum] of foreign) this.#record(other, day, 0, 0, sum, 0, 0);
    this.#countOrder(placed, day);
  }

  #record(currency: string, day: number, orders: number, priced: number, revenue: number, lines: number, units: number): void {
    addTo(this.#money, currency, orders, priced, revenue);
    if (Number.isNaN(day)) {
      addTo(this.#undated, currency, orders, priced, revenue);
      return;
    }
    this.#days[currency] ??= [];
    this.#days[currency].push([day, orders, priced, revenue, lines, units]);
  }

  /** Counts what a placed line says; gives its units, 0 where the quantity is not stated. */
  #countLine(line: OrderLine, currency: string): number {
    if (line.discount !== undefined) {
      this.#discount[0]++;
      if ((line.discount as unknown) === true || line.discount > 0) this.#discount[1]++;
    }
    if (line.category !== undefined) this.#categories.add(line.category);
    if (line.sku !== undefined) this.#skus.add(line.sku);
    if (line.buyer !== undefined) this.#buyers.add(line.buyer);
    if (line.shipTo !== undefined) this.#shipTo.add(line.shipTo);
    if (line.refunded !== undefined) this.#refund(line.currency ?? currency, line.refunded);
    if (line.quantity === undefined || !(line.quantity <= MAX_QUANTITY)) return 0;
    const units = Math.max(1, Math.round(line.quantity));
    this.#units.add(units);
    return units;
  }

  #countOrder(placed: readonly OrderLine[], day: number): void {
    let channel: string | undefined;
    let terms: string | undefined;
    let paidAt = Number.NaN;
    let dueAt = Number.NaN;
    let po: boolean | undefined;
    let quoteKnown = false;
    let quoted = false;
    for (const line of placed) {
      if (line.channel !== undefined && (channel === undefined || line.channel < channel)) channel = line.channel;
      if (line.paymentTerms !== undefined && (terms === undefined || line.paymentTerms < terms)) terms = line.paymentTerms;
      if (line.paidAt !== undefined) paidAt = latest(paidAt, dayNumber(line.paidAt));
      if (line.dueAt !== undefined) dueAt = latest(dueAt, dayNumber(line.dueAt));
      if (line.poNumber !== undefined) po = po === true || line.poNumber;
      if (line.text !== undefined && line.text !== "") {
        quoteKnown = true;
        if (this.#countText(line.text)) quoted = true;
      }
    }
    if (po !== undefined) {
      this.#po[0]++;
      if (po) this.#po[1]++;
    }
    if (channel !== undefined) {
      const name = cached(this.#channelOf, channel, channelOf);
      this.#channels[name] = (this.#channels[name] ?? 0) + 1;
      quoteKnown = true;
      quoted ||= (textFlags(channel.toLowerCase().replaceAll("_", " ")) & 8) !== 0;
    }
    if (quoteKnown) {
      this.#quotes[0]++;
      if (quoted) this.#quotes[1]++;
    }
    if (terms !== undefined) {
      const name = cached(this.#termsOf, terms, termsOf);
      this.#terms[name] = (this.#terms[name] ?? 0) + 1;
      if (Number.isNaN(dueAt)) dueAt = day + (creditDays(name) ?? Number.NaN);
    }
    const late = paidAt - dueAt;
    if (!Number.isNaN(late)) this.#late.add(late);
  }

  /** Counts the needs that a text speaks for; gives whether it speaks of a quote. */
  #countText(text: string): boolean {
    const flags = textFlags(text);
    this.#text[0]++;
    if (flags & 1) this.#text[1]++;
    if (flags & 2) this.#text[2]++;
    if (flags & 4) this.#text[3]++;
    return (flags & 8) !== 0;
  }

  #refund(currency: string, amount: number): void {
    if (amount === 0) return;
    const refunds = this.#apart.returnedAmount;
    refunds[currency] = (refunds[currency] ?? 0) + Math.abs(amount);
  }

  build(): OrderSummary {
    const summary: OrderSummary = { v: 1, orders: this.#orders, lines: this.#lines, money: sortedRecord(this.#money), days: {} };
    for (const currency of Object.keys(this.#days).sort()) summary.days[currency] = packDays(seriesOf(this.#days[currency]!));
    if (Object.keys(this.#undated).length > 0) summary.undated = sortedRecord(this.#undated);
    if (!this.#units.empty) summary.unitsPerLine = this.#units.build();
    if (!this.#late.empty) summary.daysBeyondDue = this.#late.build();
    if (this.#discount[0] > 0) summary.discount = this.#discount;
    if (this.#po[0] > 0) summary.po = this.#po;
    if (this.#quotes[0] > 0) summary.quotes = this.#quotes;
    if (Object.keys(this.#channels).length > 0) summary.channels = sortedRecord(this.#channels);
    if (Object.keys(this.#terms).length > 0) summary.terms = sortedRecord(this.#terms);
    if (this.#text[0] > 0) summary.text = this.#text;
    if (this.#categories.size > 0) summary.categories = distinctOf(this.#categories);
    if (this.#skus.size > 0) summary.skus = distinctOf(this.#skus);
    if (this.#buyers.size > 0) summary.buyers = distinctOf(this.#buyers);
    if (this.#shipTo.size > 0) summary.shipTo = distinctOf(this.#shipTo);
    const apart = this.#apart;
    apart.returnedAmount = sortedRecord(apart.returnedAmount);
    const some = apart.cancelledLines + apart.returnedLines + apart.zeroLines > 0 || Object.keys(apart.returnedAmount).length > 0;
    if (some) summary.apart = apart;
    return summary;
  }
}

function isSorted(orders: readonly StoredOrder[]): boolean {
  for (let i = 1; i < orders.length; i++) if (byKey(orders[i - 1]!, orders[i]!) > 0) return false;
  return true;
}

function latest(a: number, b: number): number {
  return Number.isNaN(a) || b > a ? b : a;
}

function cached<Class>(known: Map<string, Class>, text: string, classify: (text: string) => Class): Class {
  let name = known.get(text);
  if (name === undefined) {
    name = classify(text);
    known.set(text, name);
  }
  return name;
}

function addTo(
  record: Record<string, [number, number, number]>,
  key: string,
  orders: number,
  priced: number,
  revenue: number,
): void {
  const sum = record[key];
  if (sum === undefined) {
    record[key] = [orders, priced, revenue];
  } else {
    sum[0] += orders;
    sum[1] += priced;
    sum[2] += revenue;
  }
}
