import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMITTEE_PRIOR, COMMITTEE_VAGUE, CYCLE_PRIOR, CYCLE_VAGUE } from "./config.ts";
import { inUnits, type LogBelief, learned, NO_BOUNDS, priorOf, updateBelief } from "./log-estimate.ts";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const PRIOR: fc.Arbitrary<LogBelief> = fc.record({ mid: number(0, 6), down: number(0.05, 3), up: number(0.05, 3) });
const OBSERVATIONS = fc.array(fc.record({ log: number(-1, 7), sd: number(0.1, 3) }), { minLength: 1, maxLength: 5 });
const BOUNDS = fc.record({ lower: fc.option(number(0, 6)), upper: fc.option(number(0, 6)) });
const width = ({ down, up }: LogBelief) => down + up;

describe("updateBelief", () => {
  it("never narrows the interval when an observation or a bound is dropped", () => {
    fc.assert(
      fc.property(PRIOR, OBSERVATIONS, BOUNDS, fc.nat(), (prior, observations, bounds, pick) => {
        const all = updateBelief(prior, observations, bounds);
        const dropped = observations.filter((_, i) => i !== pick % observations.length);
        expect(width(updateBelief(prior, dropped, bounds))).toBeGreaterThan(width(all) * (1 - 1e-12));
        expect(width(updateBelief(prior, observations, NO_BOUNDS))).toBeGreaterThanOrEqual(width(all) * (1 - 1e-12));
        expect(width(prior)).toBeGreaterThan(width(all));
      }),
    );
  });

  it("does not depend on the order of observations", () => {
    fc.assert(
      fc.property(PRIOR, OBSERVATIONS, BOUNDS, (prior, observations, bounds) => {
        const one = updateBelief(prior, observations, bounds);
        const other = updateBelief(prior, [...observations].reverse(), bounds);
        expect(other.mid).toBeCloseTo(one.mid, 9);
        expect(other.down).toBeCloseTo(one.down, 9);
      }),
    );
  });

  it("lies between prior and observations, and bounds move it towards themselves by no more than the interval", () => {
    fc.assert(
      fc.property(PRIOR, OBSERVATIONS, number(0, 6), (prior, observations, bound) => {
        const free = updateBelief(prior, observations, NO_BOUNDS);
        const logs = [prior.mid, ...observations.map(({ log }) => log)];
        expect(free.mid).toBeGreaterThanOrEqual(Math.min(...logs) - 1e-9);
        expect(free.mid).toBeLessThanOrEqual(Math.max(...logs) + 1e-9);
        const above = updateBelief(prior, observations, { lower: bound, upper: null });
        expect(above.mid).toBe(bound > free.mid ? Math.min(bound, free.mid + free.up) : free.mid);
        const below = updateBelief(prior, observations, { lower: null, upper: bound });
        expect(below.mid).toBe(bound < free.mid ? Math.max(bound, free.mid - free.down) : free.mid);
      }),
    );
  });

  it("believes the known people where an upper bound contradicts them", () => {
    const prior = priorOf([4, 3, 6]);
    expect(updateBelief(prior, [], { lower: Math.log(3), upper: Math.log(2) })).toEqual(prior);
  });
});

describe("priorOf and inUnits", () => {
  it("write out what the tables say", () => {
    for (const { prior } of COMMITTEE_PRIOR)
      expect(Object.values(inUnits(priorOf(prior), 1))).toEqual([prior[0], prior[1], prior[2]]);
    for (const { prior } of CYCLE_PRIOR)
      expect(Object.values(inUnits(priorOf(prior), 0))).toEqual([prior[0], prior[1], prior[2]]);
  });

  it("know less without a class than with one", () => {
    const beliefs = COMMITTEE_PRIOR.map(({ prior }) => priorOf(prior));
    const spanned = Math.max(...beliefs.map(({ mid, up }) => mid + up)) - Math.min(...beliefs.map(({ mid, down }) => mid - down));
    expect(width(priorOf(COMMITTEE_VAGUE))).toBeGreaterThanOrEqual(spanned - 1e-12);
    for (const { prior } of CYCLE_PRIOR) expect(width(priorOf(prior))).toBeLessThan(width(priorOf(CYCLE_VAGUE)));
  });
});

describe("learned", () => {
  it("is the share of precision that observations brought", () => {
    const prior = priorOf([4, 3, 6]);
    const sd = width(prior) / (2 * 1.2815515655446004);
    expect(learned(prior, prior)).toBe(0);
    expect(learned(prior, updateBelief(prior, [{ log: 2, sd }], NO_BOUNDS))).toBeCloseTo(0.5, 10);
  });
});
