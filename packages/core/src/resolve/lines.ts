import type { SuppressionEntry } from "../account/facts.ts";
import type { Groups, Rank } from "../account/item.ts";
import { groupsText } from "../account/statement.ts";
import type { ListKind } from "../lists/kinds.ts";

/**
 * What travels between partitions, one tab-separated line each; the first letter tells the kind. JSON cells contain no raw tab or line
 * break. Written by import-list and resolve-partition, read by resolve-partition.
 *
 * `A home rank country kind row fields` a row about a company · `O|D|C home rank country row json` an order line, deal or contact ·
 * `L key target rank country` a voucher · `N key target rank countries` a voucher for these countries and no others · `U key target` a voucher withdrawn · `R home` forget what this list said before · `E home json` what one version of it said, kept for that (`evidence.ts`) ·
 * `G to from json|-` the groups that arrive through a stub, whole · `T id` look at this account again ·
 * `F key row fields` a reference row · `S key row json` a suppression; negative rows of F and S count elsewhere ·
 * `M home row relation other` what a person decided about two companies, `M home -row is rank` what kind of key either is · `V home other` their names are similar · `W home other` not any more
 */
export type PatchLine = string;

export function accountLine(home: string, rank: Rank, country: string, kind: ListKind, row: number, fields: string): PatchLine {
  return `A\t${home}\t${rank}\t${country}\t${kind}\t${row}\t${fields}`;
}

export function factLine(
  letter: "O" | "D" | "C",
  home: string,
  rank: Rank,
  country: string,
  row: number,
  json: string,
): PatchLine {
  return `${letter}\t${home}\t${rank}\t${country}\t${row}\t${json}`;
}

export function linkLine(key: string, target: string, rank: Rank, country: string): PatchLine {
  return `L\t${key}\t${target}\t${rank}\t${country}`;
}

/** Countries are ISO alpha-2 codes, "" for none. */
export function narrowedLine(key: string, target: string, rank: Rank, countries: readonly string[]): PatchLine {
  return `N\t${key}\t${target}\t${rank}\t${countries.join(",")}`;
}

export const evidenceLine = (home: string, json: string): PatchLine => `E\t${home}\t${json}`;
export const unlinkLine = (key: string, target: string): PatchLine => `U\t${key}\t${target}`;
export const retractLine = (home: string): PatchLine => `R\t${home}`;
export const touchLine = (id: string): PatchLine => `T\t${id}`;
export const referenceLine = (key: string, row: number, fields: string): PatchLine => `F\t${key}\t${row}\t${fields}`;
export const suppressionLine = (key: string, row: number, entry: SuppressionEntry): PatchLine =>
  `S\t${key}\t${row}\t${JSON.stringify(entry)}`;

/** What a person can decide about a home: it is one with another, stands by itself, is not the other, or has the other as its parent. */
export type Relation = "same" | "alone" | "different" | "parent";
export const matchLine = (home: string, row: number, relation: Relation, other: string): PatchLine =>
  `M\t${home}\t${row}\t${relation}\t${other}`;
/** What kind of key a home of a decision is: no row may say so itself. */
export const knownLine = (home: string, row: number, rank: Rank): PatchLine => `M\t${home}\t${-row}\tis\t${rank}`;
export const similarLine = (home: string, other: string): PatchLine => `V\t${home}\t${other}`;
export const dissimilarLine = (home: string, other: string): PatchLine => `W\t${home}\t${other}`;

export function groupsLine(to: string, from: string, groups: Groups | null): PatchLine {
  return `G\t${to}\t${from}\t${groups === null ? "-" : groupsText(groups)}`;
}

/** Where in a line the id stands whose partition it goes to: always in its second cell. */
export const ADDRESS = 2;
