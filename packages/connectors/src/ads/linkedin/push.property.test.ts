import type { CompanyMember, PushInput } from "@bullseye/core/connector";
import type { Fault } from "@bullseye/platform-sandbox";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { linkedin } from "./index.ts";
import { companyNumber, domainsIn, type Rig, startRig } from "./sandbox.fixture.ts";

const UNIVERSE = Array.from({ length: 10 }, (_, n) => companyNumber(n));
const RETRIED: Fault[] = [
  "drop-before-commit",
  "drop-after-commit",
  "html-502",
  "html-502-after-commit",
  "throttle",
  "expire-token",
  "not-ready",
  "transient-element",
  "short-answer",
];
const api = linkedin.api!;
let rig: Rig;
let runs = 0;

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

/** Pushes one difference under one push id until every member has its verdict, each retry with what was left or with all of it. */
async function deliver(input: PushInput, resendAll: boolean): Promise<void> {
  const open = new Set([...input.remove, ...input.add].map(({ id }) => id));
  let rest = input;
  while (open.size > 0) {
    const result = await api.push(rig.ctx, rest);
    for (const { id, outcome } of result.verdicts) {
      expect(outcome).toBe("accepted");
      open.delete(id);
    }
    const left = new Set(result.unanswered.map(({ id }) => id));
    expect(new Set([...left, ...result.verdicts.map(({ id }) => id)])).toEqual(
      new Set([...rest.remove, ...rest.add].map(({ id }) => id)),
    );
    if (result.failure?.retryAfter !== undefined) await rig.ctx.sleep(result.failure.retryAfter * 1000);
    if (!resendAll) {
      const keep = (members: readonly CompanyMember[]) => members.filter(({ id }) => open.has(id));
      rest = { ...input, add: keep(input.add), remove: keep(input.remove) };
    }
  }
}

it("ends with the desired membership, whatever breaks on the way", async () => {
  const step = fc.record({
    desired: fc.subarray(UNIVERSE),
    faults: fc.array(fc.constantFrom(...RETRIED), { maxLength: 4 }),
    resendAll: fc.boolean(),
    again: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      rig.sandbox.faults.clear();
      const { platformId } = await api.ensureAudience(rig.ctx, { audienceId: `run-${++runs}`, name: "Property" });
      let told = new Set<CompanyMember>();
      for (const [i, { desired, faults, resendAll, again }] of steps.entries()) {
        for (const fault of faults) rig.sandbox.faults.next(fault);
        const wanted = new Set(desired);
        const input: PushInput = {
          platformId,
          pushId: `push-${i}`,
          add: desired.filter((member) => !told.has(member)),
          remove: [...told].filter((member) => !wanted.has(member)),
        };
        await deliver(input, resendAll);
        if (again) await deliver(input, true);
        told = wanted;
        expect(domainsIn(rig.sandbox, platformId)).toEqual(desired.map(({ domain }) => domain).sort());
      }
      expect(rig.sandbox.state.violations).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
