import { expect, test } from "vitest";
import { compareInstalled } from "./ready.mjs";

const locked = {
  "": { version: "0.1.0" },
  "packages/core": { version: "0.1.0" },
  "node_modules/@bullseye/core": { resolved: "packages/core", link: true },
  "node_modules/zod": { version: "4.6.7" },
  "node_modules/vitest": { version: "5.1.1", dev: true },
  "node_modules/fsevents": { version: "2.3.3", dev: true, optional: true },
};
const { "node_modules/vitest": vitest, ...withoutDev } = locked;
const present = () => true;

test("everything installed is ready for both, whether or not another platform's packages are there", () => {
  expect(compareInstalled(locked, locked, present)).toEqual({ run: true, dev: true, anyDev: true });
  const { "node_modules/fsevents": _, ...withoutOptional } = locked;
  expect(compareInstalled(locked, withoutOptional, present)).toEqual({ run: true, dev: true, anyDev: true });
});

test("an install without dev dependencies is ready to run, not to test", () => {
  expect(compareInstalled(locked, withoutDev, present)).toEqual({ run: true, dev: false, anyDev: false });
});

test("nothing installed is ready for nothing", () => {
  expect(compareInstalled(locked, {}, present)).toEqual({ run: false, dev: false, anyDev: false });
});

test.each([
  ["another version", { ...locked, "node_modules/zod": { version: "4.6.6" } }, present],
  [
    "a link that leads elsewhere",
    { ...locked, "node_modules/@bullseye/core": { resolved: "packages/cli", link: true } },
    present,
  ],
  ["a folder that is gone", locked, (path: string) => path !== "node_modules/zod"],
])("%s asks for an install", (_, installed, exists) => {
  expect(compareInstalled(locked, installed, exists)).toEqual({ run: false, dev: true, anyDev: true });
});

test("a dev dependency whose version changed asks for dev dependencies again, so that a demo does not remove them", () => {
  const installed = { ...withoutDev, "node_modules/vitest": { ...vitest, version: "5.1.0" } };
  expect(compareInstalled(locked, installed, present)).toEqual({ run: true, dev: false, anyDev: true });
});
