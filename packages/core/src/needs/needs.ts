import { type Attributes, CONFIDENCE_CAP } from "../account/attribute.ts";
import { BASE_SCORE, CONFIDENCE_HALF, LEVEL_CUTS, MIN_SIGNALS } from "./config.ts";
import type { AccountEvidence } from "./evidence.ts";
import { NEED_AXES, type NeedAxis, type NeedSignal, needSignals } from "./signals.ts";

export type NeedLevel = "low" | "medium" | "high";

/** How an account wants to be served (TAXONOMY 4.3). */
export type NeedPlay = "concierge" | "value" | "convenience";

/**
 * Adds to `into`, for every axis of TAXONOMY 4.3 with two or more independent signals, `needs.<axis>` (low, medium, high) and
 * `needs.<axis>.score` (0 to 100), and `needs.play` where the levels decide one. An axis with fewer signals is unknown and has no cell.
 * The evidence lists the signals, the strongest first, with their points. Answers `into`.
 */
export function classifyNeeds(input: AccountEvidence, into: Attributes): Attributes {
  if (!canSpeak(input)) return into;
  const levels: Partial<Record<NeedAxis, NeedLevel>> = {};
  let weakest = 1;
  for (const axis of NEED_AXES) {
    const signals = needSignals(axis, input);
    const sources = independent(signals);
    if (sources < MIN_SIGNALS) continue;
    const score = needScore(signals);
    const level = levelOf(score);
    const confidence = (CONFIDENCE_CAP.derived * sources) / (sources + CONFIDENCE_HALF);
    const evidence = sentences(signals);
    const { asOf } = input;
    into[LEVEL_CELL[axis]] = { value: level, confidence, method: "derived", source: SOURCE[axis], asOf, evidence };
    into[SCORE_CELL[axis]] = { value: score, confidence, method: "derived", source: SOURCE[axis], asOf, evidence };
    levels[axis] = level;
    weakest = Math.min(weakest, confidence);
  }
  const play = playOf(levels);
  if (play !== null) {
    into["needs.play"] = {
      value: play,
      confidence: weakest,
      method: "derived",
      source: "rule:needs-play",
      asOf: input.asOf,
      evidence: [
        NEED_AXES.filter((axis) => levels[axis] !== undefined)
          .map((axis) => `${axis} ${levels[axis]}`)
          .join(", "),
      ],
    };
  }
  return into;
}

/** The score of an axis: 50 and the points of its signals, within 0..100. */
export function needScore(signals: readonly NeedSignal[]): number {
  let score = BASE_SCORE;
  for (const signal of signals) score += signal.points;
  return Math.min(100, Math.max(0, score));
}

/** The level of a score: cuts at 33 and 66. */
export function levelOf(score: number): NeedLevel {
  return score < LEVEL_CUTS.low ? "low" : score > LEVEL_CUTS.high ? "high" : "medium";
}

/** Customisation and service high: concierge; both low: convenience; price high and features low: value; else none. */
export function playOf(levels: Partial<Record<NeedAxis, NeedLevel>>): NeedPlay | null {
  if (levels.customisation === "high" && levels.serviceExpectation === "high") return "concierge";
  if (levels.priceSensitivity === "high" && levels.featureBreadth === "low") return "value";
  if (levels.customisation === "low" && levels.serviceExpectation === "low") return "convenience";
  return null;
}

/** Whether any axis can have two sources: firmographics alone (the vertical) are one. */
function canSpeak({ attributes, orders, deals }: AccountEvidence): boolean {
  return (
    orders !== null ||
    deals !== null ||
    attributes.technologies !== undefined ||
    attributes.slaLevel !== undefined ||
    attributes.customerPriority !== undefined ||
    attributes.description !== undefined ||
    attributes.keywords !== undefined
  );
}

function independent(signals: readonly NeedSignal[]): number {
  let sources = 0;
  for (let i = 0; i < signals.length; i++) {
    let first = true;
    for (let j = 0; j < i && first; j++) first = signals[j]!.source !== signals[i]!.source;
    if (first) sources++;
  }
  return sources;
}

function sentences(signals: NeedSignal[]): string[] {
  return signals
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.evidence < b.evidence ? -1 : 1))
    .map(({ evidence, points }) => `${evidence} (${points > 0 ? "+" : ""}${points})`);
}

function named(build: (axis: NeedAxis) => string): Readonly<Record<NeedAxis, string>> {
  return Object.fromEntries(NEED_AXES.map((axis) => [axis, build(axis)])) as Record<NeedAxis, string>;
}

const LEVEL_CELL = named((axis) => `needs.${axis}`);
const SCORE_CELL = named((axis) => `needs.${axis}.score`);
const SOURCE = named((axis) => `rule:needs-${axis.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
