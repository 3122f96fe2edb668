import { type Amount, MICRO, usd } from "./amount.ts";
import { METERED_UNITS, type MeteredUnit, type Usage } from "./meter.ts";
import { PRICES, type Prices } from "./prices.ts";

/** What one unit of a usage costs. */
export interface CostLine {
  unit: MeteredUnit;
  what: string;
  quantity: number;
  amount: Amount;
}

/** What the units of one service cost together. */
export interface ServiceCost {
  service: string;
  amount: Amount;
  lines: CostLine[];
}

/** The price of a usage, by service in the order of the price file; services of which nothing was used are left out. */
export interface Cost {
  /** ISO day of the price file. */
  prices: string;
  region: string;
  amount: Amount;
  services: ServiceCost[];
}

/** Prices a usage at list price. Exact: the price of a sum of usages is the sum of their prices. */
export function costOf(usage: Usage, prices: Prices = PRICES): Cost {
  const services = new Map<string, ServiceCost>();
  let amount = 0n;
  for (const [unit, price] of prices.units) {
    const quantity = usage[unit] ?? 0;
    if (quantity === 0) continue;
    const line: CostLine = { unit, what: price.what, quantity, amount: BigInt(Math.round(quantity * MICRO)) * price.micro };
    amount += line.amount;
    const service = services.get(price.service);
    if (service) {
      service.lines.push(line);
      service.amount += line.amount;
    } else services.set(price.service, { service: price.service, amount: line.amount, lines: [line] });
  }
  return { prices: prices.date, region: prices.region, amount, services: [...services.values()] };
}

/** A cost as `--json` prints it: USD to the nano-dollar, by service, with the units that were counted. */
export function costDocument(cost: Cost): {
  usd: number;
  prices: string;
  region: string;
  services: Record<string, number>;
  units: Record<string, number>;
} {
  const services: Record<string, number> = {};
  const units: Record<string, number> = {};
  for (const { service, amount, lines } of cost.services) {
    services[service] = usd(amount);
    for (const { unit, quantity } of lines) units[unit] = Math.round(quantity * MICRO) / MICRO;
  }
  return { usd: usd(cost.amount), prices: cost.prices, region: cost.region, services, units };
}

/** A usage as it is written down: units in the order in which they are declared, to the millionth, none of nothing. */
export function plainUsage(usage: Usage): Usage {
  const plain: Usage = {};
  for (const unit of METERED_UNITS) {
    const quantity = Math.round((usage[unit] ?? 0) * MICRO) / MICRO;
    if (quantity > 0) plain[unit] = quantity;
  }
  return plain;
}
