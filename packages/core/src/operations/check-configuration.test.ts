import { expect, test } from "vitest";
import { EXAMPLE_CONFIGURATION } from "../icp/examples/index.ts";
import { checkConfiguration } from "./check-configuration.ts";

const ASOF = "2026-11-20";

test("the examples that ship come out as they say", () => {
  const { configuration, examples } = checkConfiguration(EXAMPLE_CONFIGURATION, ASOF);
  expect(configuration.audiences.all.length).toBeGreaterThan(0);
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.every(({ ok }) => ok)).toBe(true);
});

test("an example that does not come out is refused with its line, and a file that is not valid with its name", () => {
  const icp = EXAMPLE_CONFIGURATION.icp.replace(/expect: \{ ?tier: A/, "expect: { tier: D");
  expect(icp).not.toBe(EXAMPLE_CONFIGURATION.icp);
  expect(() => checkConfiguration({ ...EXAMPLE_CONFIGURATION, icp }, ASOF)).toThrow(
    /icp\.yaml:\d+: example ".+": expected tier D/,
  );
  expect(() => checkConfiguration({ ...EXAMPLE_CONFIGURATION, policy: "rules: 3\n" }, ASOF)).toThrow(/policy/);
});
