import { type Attributes, type AttributeValue, type Day, isInterval } from "../account/attribute.ts";
import { atLevel } from "../families/level.ts";
import type { AttributeSpec, Catalogue } from "../rules/catalogue.ts";
import { dayNumber } from "../rules/day.ts";
import { type Problem, readDocument } from "../rules/document.ts";
import { readNumber } from "../rules/operators.ts";
import { compileProfile, type Profile, readProfile } from "./compile.ts";
import type { ProfileDocument } from "./profile.ts";
import { type ScoreResult, scoreAccount } from "./score.ts";

/** The answer of `icp check`. */
export interface CheckResult {
  ok: boolean;
  problems: Problem[];
}

/** How one example written in a profile came out. */
export interface ExampleResult {
  name: string;
  ok: boolean;
  score: number | null;
  low: number;
  high: number;
  tier: string;
  disqualified: string | null;
}

type Example = NonNullable<ProfileDocument["examples"]>[number];

/** A value as an example writes it, read as its attribute is stored; null when it does not fit. */
function exampleValue(written: unknown, spec: AttributeSpec): AttributeValue | null {
  if (Array.isArray(written)) {
    if (spec.type !== "number" && written.every((one) => typeof one === "string")) return written as string[];
    const [low, high] = written.map((one) => (one === null ? null : readNumber(one)));
    const ends: unknown = [low, high];
    return written.length === 2 && isInterval(ends) && spec.type !== "list" ? ends : null;
  }
  if (written === "unknown") return written;
  switch (spec.type) {
    case "number":
      return readNumber(written);
    case "boolean":
      return typeof written === "boolean" ? written : null;
    case "day":
      return Number.isNaN(dayNumber(written)) ? null : (written as Day);
    case "list":
      return null;
    case "text":
      return typeof written === "string" || typeof written === "number" ? String(written) : null;
    default:
      return ["string", "number", "boolean"].includes(typeof written) ? (written as AttributeValue) : null;
  }
}

function exampleProblems(
  profile: Profile,
  examples: readonly Example[],
  report: (path: PropertyKey[], message: string) => void,
): void {
  const tiers = new Set([...profile.tiers.map((tier) => tier.id), "X", "unknown"]);
  for (const [at, example] of examples.entries()) {
    for (const [name, value] of Object.entries(example.attributes)) {
      const spec = profile.catalogue.find(name);
      const path = ["examples", at, "attributes", name];
      if (spec === undefined) {
        const meant = profile.catalogue.suggest(name);
        report(path, `"${name}" is not a known attribute.${meant === undefined ? "" : ` Did you mean "${meant}"?`}`);
      } else if (exampleValue(value, spec) === null)
        report(path, `this does not fit: "${name}" holds ${spec.type}${spec.type === "number" ? " or a range [from, to]" : ""}`);
    }
    for (const tier of [example.expect.tier ?? []].flat())
      if (!tiers.has(tier)) report(["examples", at, "expect", "tier"], `there is no tier "${tier}"`);
  }
}

/** Validates a profile; nothing is scored. Problems carry path, line (from 1) and a message for its author. */
export function checkProfile(text: string): CheckResult {
  const { profile, problems } = readProfile(text);
  if (profile === null) return { ok: false, problems };
  const document = readDocument(text);
  exampleProblems(profile, profile.document.examples ?? [], document.report);
  return { ok: document.problems.length === 0, problems: document.problems };
}

/** Attributes as an example states them: observed today, certain. Values that do not fit their attribute are left out. */
export function exampleAttributes(catalogue: Catalogue, values: Readonly<Record<string, unknown>>, asOf: Day): Attributes {
  const attributes: Attributes = {};
  for (const [name, written] of Object.entries(values)) {
    const spec = catalogue.find(name);
    const value = spec === undefined ? null : exampleValue(written, spec);
    if (value !== null) attributes[name] = { value, confidence: 1, method: "observed", source: "example", asOf };
  }
  return attributes;
}

function differences(expect: Example["expect"], result: ScoreResult): [path: string, message: string][] {
  const out: [string, string][] = [];
  const tiers = [expect.tier ?? []].flat();
  if (tiers.length > 0 && !tiers.includes(result.tier))
    out.push(["tier", `expected tier ${tiers.join(" or ")}, got ${result.tier} (score ${result.score})`]);
  const { atLeast, atMost } = expect.score ?? {};
  if (atLeast !== undefined && !(result.score !== null && result.score >= atLeast))
    out.push(["score", `expected a score of at least ${atLeast}, got ${result.score}`]);
  if (atMost !== undefined && !(result.score !== null && result.score <= atMost))
    out.push(["score", `expected a score of at most ${atMost}, got ${result.score}`]);
  const { disqualified } = expect;
  const by = result.disqualified?.rule ?? null;
  if (disqualified !== undefined && disqualified !== (typeof disqualified === "string" ? by : by !== null))
    out.push(["disqualified", by === null ? "expected it to be disqualified, but it is not" : `it is disqualified by ${by}`]);
  return out;
}

/** Runs the examples written in a profile, those without a day of their own as of `asOf`. Not ok also when the profile itself is not valid. */
export function testProfile(text: string, asOf: Day): CheckResult & { examples: ExampleResult[] } {
  const checked = checkProfile(text);
  if (!checked.ok) return { ...checked, examples: [] };
  const profile = compileProfile(text);
  const document = readDocument(text);
  const examples = (profile.document.examples ?? []).map((example, at): ExampleResult => {
    const day = example.asOf ?? asOf;
    const result = scoreAccount(
      profile,
      atLevel(profile.level, exampleAttributes(profile.catalogue, example.attributes, day)),
      day,
    );
    const wrong = differences(example.expect, result);
    for (const [path, message] of wrong)
      document.report(["examples", at, "expect", path], `example "${example.name}": ${message}`);
    const { score, low, high, tier } = result;
    return {
      name: example.name,
      ok: wrong.length === 0,
      score,
      low,
      high,
      tier,
      disqualified: result.disqualified?.rule ?? null,
    };
  });
  return { ok: document.problems.length === 0, problems: document.problems, examples };
}
