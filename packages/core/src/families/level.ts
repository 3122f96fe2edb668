import type { Attributes } from "../account/attribute.ts";
import { ULTIMATE } from "./kin.ts";

/**
 * Whose firmographics a profile judges by: the company's own, those of the company at the top of its family, or those of each of its sites
 * (`sites/score-sites.ts`).
 */
export const PROFILE_LEVELS = ["company", "parent", "site"] as const;
export type ProfileLevel = (typeof PROFILE_LEVELS)[number];

/**
 * What is read from the top of a family at the level `parent`. Of each group all or nothing, so that no revenue meets another currency.
 * Where a company is stays its own: that is where somebody would call.
 */
export const TOGETHER: ReadonlyArray<readonly [leads: readonly string[], all: readonly string[]]> = [
  [["employees"], ["employees", "sizeClass", "employeeBand"]],
  [["revenue"], ["revenue", "currency", "revenueUsd", "revenueBand"]],
  [
    ["industry", "naics", "sic", "vertical"],
    ["industry", "naics", "sic", "naicsCode", "vertical", "sector"],
  ],
  [["ownership"], ["ownership"]],
  [["founded"], ["founded"]],
];

/**
 * The attributes that a profile of a level scores: at `parent` size, revenue, industry, ownership and age are those of the ultimate parent
 * where it is an account and they are known, and the company's own otherwise.
 */
export function atLevel(level: ProfileLevel, attributes: Attributes): Attributes {
  if (level !== "parent") return attributes;
  let seen: Attributes | null = null;
  for (const [leads, all] of TOGETHER) {
    if (!leads.some((name) => attributes[ULTIMATE + name] !== undefined)) continue;
    seen ??= { ...attributes };
    for (const name of all) seen[name] = attributes[ULTIMATE + name];
  }
  return seen ?? attributes;
}
