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

/** A company has at least the people of any of its places, and no others where it has but one. */
function companyHeadCount({ siteEmployees, locationType }: Attributes): Cell | undefined {
  const there = asInterval(siteEmployees?.value);
  if (!siteEmployees || !there) return undefined;
  const single = locationType?.value === "single";
  if (!single && (there[0] ?? 0) === 0) return undefined;
  const { confidence, source, asOf, value } = siteEmployees;
  return {
    value: single ? value : [there[0], null],
    confidence: Math.min(confidence, CONFIDENCE_CAP.derived),
    method: "derived",
    source: "rule:site-employees",
    asOf,
    evidence: [single ? `${source}: its only place` : `${source} counts the people of one place`],
  };
}

/**
 * Adds what follows from the merged fields (TAXONOMY 4.1): `naicsCode`, `sector`, `vertical`, `sizeClass`, `employeeBand`, `revenueUsd`,
 * `revenueBand`, `region`, and `employees` where only the head count of one place is stated. Nothing follows from what is absent. Only USD
 * amounts become `revenueUsd`: no exchange rate is configured.
 */
export function deriveFirmographics(attributes: Attributes): void {
  const { industry, naics, sic, revenue, country } = attributes;
  attributes.employees ??= companyHeadCount(attributes);
  const { employees } = attributes;
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
