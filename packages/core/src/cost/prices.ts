import * as z from "zod";
import { BugError } from "../errors.ts";
import { type Amount, MICRO, parseUsd } from "./amount.ts";
import { METERED_UNITS, type MeteredUnit } from "./meter.ts";
import file from "./prices-2026-11.json" with { type: "json" };

/** What a stage has and holds, charged by the month. */
export const MONTHLY_RESOURCES = [
  "alarms",
  "dashboards",
  "customMetrics",
  "logGb",
  "secrets",
  "customerKeys",
  "keyRequests",
  "tableGb",
  "pitrGb",
  "bucketGb",
  "queuePolls",
  "scheduledCalls",
  "traces",
] as const;
export type MonthlyResource = (typeof MONTHLY_RESOURCES)[number];

const day = z.iso.date();
const line = {
  service: z.string().min(1),
  what: z.string().min(1),
  usd: z.string(),
  per: z.int().positive(),
  date: day,
  source: z.string().min(1),
};

/** A dated price file: list prices of one region, each with the title of the page it was read on. */
export const PriceFile = z.strictObject({
  region: z.string(),
  currency: z.literal("USD"),
  date: day,
  comment: z.string(),
  units: z.array(z.strictObject({ unit: z.enum(METERED_UNITS), ...line })),
  monthly: z.array(z.strictObject({ resource: z.enum(MONTHLY_RESOURCES), ...line })),
});

/** One price, exactly. */
export interface Price {
  service: string;
  what: string;
  /** Of a millionth of a unit. */
  micro: Amount;
  source: string;
  date: string;
}

/** Prices by unit and by resource, in the order of the file. */
export interface Prices {
  region: string;
  date: string;
  units: ReadonlyMap<MeteredUnit, Price>;
  monthly: ReadonlyMap<MonthlyResource, Price>;
}

/** Reads a price file; BugError where a unit or resource has no price, two, or one that is no exact decimal. */
export function readPrices(text: unknown): Prices {
  const parsed = PriceFile.safeParse(text);
  if (!parsed.success) throw new BugError(`the price file: ${z.prettifyError(parsed.error).replaceAll("\n", "; ")}`);
  const { region, date, units, monthly } = parsed.data;
  return {
    region,
    date,
    units: byName(units, METERED_UNITS, (each) => each.unit),
    monthly: byName(monthly, MONTHLY_RESOURCES, (each) => each.resource),
  };
}

type Line = z.infer<typeof PriceFile>["units"][number] | z.infer<typeof PriceFile>["monthly"][number];

function byName<Name extends string, Each extends Line>(
  lines: readonly Each[],
  names: readonly Name[],
  nameOf: (line: Each) => Name,
): Map<Name, Price> {
  const prices = new Map<Name, Price>();
  for (const each of lines) {
    const name = nameOf(each);
    if (prices.has(name)) throw new BugError(`the price file: ${name} has two prices`);
    prices.set(name, priceOf(name, each));
  }
  for (const name of names) if (!prices.has(name)) throw new BugError(`the price file: ${name} has no price`);
  return prices;
}

function priceOf(name: string, { service, what, usd, per, source, date }: Line): Price {
  const whole = parseUsd(usd);
  const parts = BigInt(per) * BigInt(MICRO);
  if (whole === null || whole % parts !== 0n)
    throw new BugError(`the price file: ${name} costs "${usd}" for ${per}; write a decimal`);
  return { service, what, micro: whole / parts, source, date };
}

/** List prices of us-east-1 in November 2026. */
export const PRICES: Prices = readPrices(file);
