import { deflateRawSync, inflateRawSync } from "node:zlib";
import { BugError, InputError } from "../errors.ts";
import type { WantedMember } from "../ports.ts";
import { classesOf, type SuppressionClass } from "./facts.ts";
import type { AccountItem, AccountResult, FactItem, FactKind, ParkedItem } from "./item.ts";
import { ShortDeflate } from "./short-deflate.ts";
import { groupsText } from "./statement.ts";

/** Tiers that a store lists from an index [design]: the best ones are looked at, and the others would cost a further write each. */
export const INDEXED_TIERS: ReadonlySet<string> = new Set(["A", "B"]);

/** How items are packed now: the first byte of every packed item. Readers accept the one before as well. */
export const PACKING = 1;

/**
 * What our JSON repeats from item to item, the most frequent last, where a reference to it is cheapest. Never change one that has been
 * used: add another under the next number.
 */
const DICTIONARIES: ReadonlyMap<number, Uint8Array> = new Map([
  [
    1,
    Buffer.from(
      [
        ...['"fundingDate":"', '"intentTopic":"', '"triggerDate":"', '"trigger":"', '"customerPriority":', '"slaLevel":"'],
        ...['"daysToClose":', '"blockers":', '"decisionMakers":', '"accountSource":"', '"children":', '"sites":', '"parentId":"'],
        ...['"parentName":"', '"description":"', '"keywords":["', '"technologies":["', '"sic":"', '"naics":"', '"ticker":"'],
        ...['"registration":"', '"associatedContacts":', '"buyingRoles":', '"extra.pipeline":"Sales Pipeline"', '"phone":"'],
        '"since":{"daysBeyondDue":{"unitsPerLine":{"undated":{"quotes":[],"po":[,"text":[,"discount":[',
        '"terms":{"prepaid":,"card":,"net30":,"net60":},"channels":{"self_serve_online":,"rep_assisted":,"marketplace":},"categories":"',
        '"orders":{"v":1,"orders":1,"lines":1,"money":{"EUR":[1,1,"USD":[1,1,"GBP":[]},"days":{"EUR":"_","USD":"_"},"skus":"","buyers":"","shipTo":"',
        '"apart":{"cancelledOrders":0,"cancelledLines":0,"returnedLines":0,"zeroLines":0,"returnedAmount":{}}',
        '"deals":{"v":1,"won":{"deals":1,"amount":{"EUR":[1,"USD":[1,"lost":{"deals":0,"amount":{}},"open":{"deals":0,"amount":{}},"wonCycle":[,"wonRoles":[,"lastWon":20,"lastLost":20,"openSince":"_","largestOpen":{"EUR":,"lostReasons":{"timing":1,"price":1,"competitor":1,"product":1,"no_decision":1}}',
        '"contacts":{"v":1,"people":1,"optedOut":0,"placed":1,"roles":{"buyer":1,"user":1,"decision-maker":1},"departments":{"procurement":1,"operations":1,"finance":1},"seniorities":{"manager":1,"director":1,"head":1,"staff":1},"countries":{"US":1},"leaders":0,"procurementHeads":0,"procurementCountries":{}}',
        '"orderId":"","list":"","version":1,"parts":[{"sku":"","version":1,"lines":[{"orderId":"","status":"placed","date":"2026-","currency":"EUR","sku":"","category":"","quantity":1,"unitPrice":,"amount":,"orderTotal":,"discount":0,"refunded":,"channel":"web","paymentTerms":"","paidAt":"2026-","dueAt":"2026-","poNumber":true,"buyer":"","shipTo":"DE|","text":""}]}]}',
        '"dealId":"","list":"","version":1,"deal":{"dealId":"","name":"","stage":"closedwon","outcome":"won","lost","open","amount":,"currency":"USD","createdAt":"2025-","closedAt":"2026-","probability":,"lostReason":"","product":"","roles":["',
        '"contactId":"","list":"","version":1,"rows":[1],"contact":{"contactId":"","consent":"granted","denied","unknown","title":"","role":"","department":"procurement","seniority":"manager","country":"","optedOut":false,"emailHash":"","personal":{"email":"","phone":"","firstName":"","lastName":"","linkedin":"linkedin.com/in/"}}}',
        '{"audience":"","id":"","account":"","fingerprint":"","state":"confirmed","exported","accepted","planned","removing","withdrawn","push":"","reason":"","sent":"{\\"',
        '"lifecycle":"Active","Customer","salesqualifiedlead","rating":"Hot","Warm","Cold","accountType":"Prospect","Customer","Partner"',
        '"Education","Construction","Consulting","Transportation","Logistics","Finance","Healthcare","Hospitality","Retail","Wholesale","Machinery","Software","Technology","Manufacturing"',
        '"country":"JP","BR","CA","NL","FR","GB","DE","US"',
        '{"v":1,"id":"","target":"","groups":[{"home":"","rank":1,"country":"US","st":[{"l":"","v":1,"k":"deals","orders","contacts","r":[1],"f":{"name":"',
        '"ref":[{"l":"firmographics","v":1,"k":"reference","r":[1],"f":{"country":"US","city":"","state":"","domain":".com","founded":19,"industry":"","linkedin":"linkedin.com/company/","name":"","employees":[10001,null],[1,10],[11,50],[51,200],[201,500]},"d":"2026-',
        '"out":"","blocked":["strategic-accounts: ","suppressed":"","members":{"linkedin":["","dep":1}',
        '"rank":4,"via":"","rank":2,"rank":1,',
        '{"v":1,"id":"","groups":[{"home":"","rank":3,"st":[{"l":"crm","v":1,"k":"accounts","r":[1],"f":{"country":"US","domain":".com","website":"https://www..com/","sourceId":"salesforce:0015e00000","hubspot:","name":" GmbH"," Ltd"," Inc.","industry":"","employees":,"revenue":00000,"currency":"EUR","currency":"USD","ownership":"Subsidiary","ownership":"Public","ownership":"Private","founded":19,"street":"","city":"","state":"","postalCode":"","linkedin":"linkedin.com/company/","accountOwner":"","lastActivityAt":"2026-"},"d":"2026-"}]}]',
        ',"result":{"score":null,"score":,"low":,"high":,"tier":"unknown","tier":"D","tier":"C","tier":"B","tier":"A","segments":["thin-data","enterprise","core-industries","new-logos"],"audiences":["strategic-accounts"],"audiences":[],"show":{"name":"","domain":".com","country":"US","industry":null,"employees":null,"revenue":null,"tx":[1,,"EUR","2026-"]},"asOf":"2026-"}}',
      ].join(""),
    ),
  ],
]);

/** Eight kilobytes reach over an item and the dictionary; more memory only costs time for each item [design]. */
const SIZES = { windowBits: 13, memLevel: 5, level: 6 } as const;

const OWN = DICTIONARIES.get(PACKING)!;

/** Packed bytes up to which the quick way is taken; beyond, the last tenth is worth having: an item of more than 1 KB costs two writes. */
const SHORT_ENOUGH = 800;

const SHORT = new ShortDeflate(OWN);

/** Text as packed bytes: raw deflate behind the number of its dictionary. */
export function packText(text: string): Uint8Array {
  const short = SHORT.deflate(text, PACKING);
  if (short && short.length <= SHORT_ENOUGH) return short;
  const body = deflateRawSync(text, { ...SIZES, chunkSize: 1024, dictionary: OWN });
  const packed = new Uint8Array(body.length + 1);
  packed[0] = PACKING;
  packed.set(body, 1);
  return packed;
}

/** The text that {@link packText} was given; InputError where a later Bullseye packed it. */
export function unpackText(packed: Uint8Array): string {
  const version = packed[0] ?? 0;
  const dictionary = DICTIONARIES.get(version);
  if (version > PACKING)
    throw new InputError(`an item is packed as version ${version}; this Bullseye reads version ${PACKING}`, {
      hint: "use the Bullseye that wrote it",
    });
  if (!dictionary) throw new BugError(`an item is packed as version ${version}, which no Bullseye ever wrote`);
  const body = inflateRawSync(packed.subarray(1), { windowBits: SIZES.windowBits, chunkSize: 4096, dictionary });
  return body.toString("utf8");
}

/** An account as JSON; the rows' own text is taken over as it is. */
export function accountText({ v, id, groups, ref, result, dep }: AccountItem): string {
  const more = `${ref ? `,"ref":${JSON.stringify(ref)}` : ""}${result ? `,"result":${JSON.stringify(result)}` : ""}${dep ? `,"dep":${dep}` : ""}`;
  return `{"v":${v},"id":"${id}","groups":${groupsText(groups)}${more}}`;
}

/** A parked home as JSON. */
export function parkedText({ v, id, target, groups }: ParkedItem): string {
  return `{"v":${v},"id":"${id}","target":"${target}","groups":${groupsText(groups)}}`;
}

/** An account as packed bytes. */
export function encodeAccount(item: AccountItem): Uint8Array {
  return packText(accountText(item));
}

/** The account that {@link encodeAccount} was given. */
export function decodeAccount(packed: Uint8Array): AccountItem {
  return JSON.parse(unpackText(packed)) as AccountItem;
}

/** A parked home as packed bytes. */
export function encodeParked(item: ParkedItem): Uint8Array {
  return packText(parkedText(item));
}

/** The parked home that {@link encodeParked} was given. */
export function decodeParked(packed: Uint8Array): ParkedItem {
  return JSON.parse(unpackText(packed)) as ParkedItem;
}

/** One order, deal or contact as a line; its home and kind are known from where it lies. */
export function factLine({ ref, list, version, item }: Pick<FactItem, "ref" | "list" | "version" | "item">): string {
  if (item.includes("\n")) throw new BugError(`the JSON of ${ref} of list ${list} holds a line break`);
  return `${JSON.stringify([ref, list, version])}\t${item}`;
}

/** The fact that {@link factLine} was given. */
export function factOfLine(home: string, kind: FactKind, line: string): FactItem {
  const tab = line.indexOf("\t");
  const [ref, list, version] = JSON.parse(line.slice(0, tab)) as [string, string, number];
  return { home, kind, ref, list, version, item: line.slice(tab + 1) };
}

const NOT_SUPPRESSED = "0";
/** How a suppression was written before there were classes. */
const UNCLASSED = "1";

/**
 * What planning reads of every wanted account, four tab-separated cells, and a fifth where companies above it keep it out: it is read once
 * for each audience, so it is kept plain.
 */
export function wantText({ fingerprint, suppressed, keptOut, audiences, blocked }: Omit<WantedMember, "key" | "id">): string {
  const more = keptOut === undefined ? "" : `\t${JSON.stringify(keptOut)}`;
  return `${fingerprint ?? ""}\t${suppressed.length === 0 ? NOT_SUPPRESSED : suppressed.join("+")}\t${audiences.join(",")}\t${blocked.join(",")}${more}`;
}

/** What {@link wantText} was given. */
export function wantedMember(key: string, id: string, text: string): WantedMember {
  const [fingerprint, suppressed, audiences, blocked, keptOut] = text.split("\t") as [string, string, string, string, string?];
  const list = (cell: string): string[] => (cell === "" ? [] : cell.split(","));
  return {
    key,
    id,
    fingerprint: fingerprint || null,
    suppressed:
      suppressed === NOT_SUPPRESSED ? [] : suppressed === UNCLASSED ? ["other"] : (suppressed.split("+") as SuppressionClass[]),
    audiences: list(audiences),
    blocked: list(blocked),
    ...(keptOut === undefined ? {} : { keptOut: JSON.parse(keptOut) as Record<string, string> }),
  };
}

/** The classes under which an account was last found suppressed; empty where it was not. */
export const suppressedAs = (result: AccountResult): readonly SuppressionClass[] =>
  result.suppressed === undefined ? [] : classesOf(result.suppressedAs);

/** What is wanted of an account on a platform: null where no audience wants it. */
export function wantedOf(id: string, result: AccountResult | undefined, platform: string): { key: string; text: string } | null {
  if (!result || (result.audiences.length === 0 && !result.blocked)) return null;
  const { audiences, blocked = [], keptOut, members = {} } = result;
  const [key, fingerprint] = members[platform] ?? [id, null];
  return { key, text: wantText({ audiences, blocked, keptOut, suppressed: suppressedAs(result), fingerprint }) };
}
