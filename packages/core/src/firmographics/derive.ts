import { type Attributes, asInterval, type Cell, CONFIDENCE_CAP, type Interval, type Method } from "../account/attribute.ts";
import { employeeBand, type Placement, type Quantity, revenueBand, sizeClass } from "./bands.ts";
import { regionOf } from "./country.ts";
import { industryOf } from "./industry.ts";
import { naicsSector } from "./naics.ts";

const text = (cell: Cell | undefined): string | null => (typeof cell?.value === "string" ? cell.value : null);

function derived(value: string, from: Cell, rule: string, method: Method, confidence: number): Cell {
  return {
    value,
    confidence: Math.min(from.confidence, CONFIDENCE_CAP[method], confidence),
    method,
    source: rule,
    asOf: from.asOf,
  };
}

const closed = ([low, high]: Interval): readonly [number, number] => [low ?? 0, high ?? Number.POSITIVE_INFINITY];

function band(
  attributes: Attributes,
  name: string,
  from: Cell,
  rule: string,
  place: (quantity: Quantity) => Placement<string>,
): void {
  const { value } = from;
  const interval = typeof value === "number" ? null : asInterval(value);
  if (typeof value !== "number" && !interval) return;
  const placed = place(interval ? closed(interval) : (value as number)).band;
  if (placed !== "unknown") attributes[name] = derived(placed, from, rule, "derived", 1);
}

/**
 * Adds what follows from the merged fields (TAXONOMY 4.1): `naicsCode`, `sector`, `vertical`, `sizeClass`, `employeeBand`, `revenueUsd`,
 * `revenueBand`, `region`. Nothing follows from what is absent. Only USD amounts become `revenueUsd`: no exchange rate is configured.
 */
export function deriveFirmographics(attributes: Attributes): void {
  const { industry, naics, sic, employees, revenue, country } = attributes;
  if (industry || naics || sic) {
    const answer = industryOf({ naics: text(naics), sic: text(sic), industry: text(industry) });
    const from =
      (answer.rule.startsWith("naics") ? naics : answer.rule.startsWith("sic") ? sic : industry) ?? industry ?? naics ?? sic!;
    if (answer.naics !== null) {
      const rule = `rule:${answer.rule}`;
      attributes.naicsCode = derived(answer.naics, from, rule, "mapped", answer.confidence);
      attributes.vertical = derived(answer.vertical, from, rule, "mapped", answer.confidence);
      const sector = naicsSector(answer.naics);
      if (sector !== null) attributes.sector = derived(sector, from, rule, "mapped", answer.confidence);
    }
  }
  if (employees) {
    band(attributes, "sizeClass", employees, "rule:size-class", sizeClass);
    band(attributes, "employeeBand", employees, "rule:employee-band", employeeBand);
  }
  if (revenue && text(attributes.currency) === "USD") {
    attributes.revenueUsd = { ...revenue };
    band(attributes, "revenueBand", revenue, "rule:revenue-band", revenueBand);
  }
  const code = text(country);
  const region = code === null ? null : regionOf(code);
  if (country && region !== null) attributes.region = derived(region, country, "rule:region", "derived", 1);
}
