/**
 * Stands for `node:timers/promises` in tests whose functions wait for a platform: its time passes at once. Use it as
 * `vi.mock("node:timers/promises", () => import("./passing-time.ts"))`.
 */
export const time = { pass: async (_milliseconds: number): Promise<void> => {} };

/** The longest that a sleep really takes. */
const LONGEST_MS = 5;

export async function setTimeout(milliseconds = 0): Promise<void> {
  await time.pass(milliseconds);
  await new Promise((resolve) => globalThis.setTimeout(resolve, Math.min(milliseconds, LONGEST_MS)));
}
