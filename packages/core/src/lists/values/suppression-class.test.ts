import { expect, test } from "vitest";
import { suppressionClassesIn } from "./suppression-class.ts";

test.each([
  ["competitor", ["competitors"]],
  ["Wettbewerber", ["competitors"]],
  ["Concurrent", ["competitors"]],
  ["Existing customer", ["customers"]],
  ["Bestandskunde", ["customers"]],
  ["customers-2026", ["customers"]],
  ["open deal", ["open-deals"]],
  ["Open opportunities", ["open-deals"]],
  ["Unsubscribed", ["opted-out"]],
  ["Opt-out", ["opted-out"]],
  ["désinscrit", ["opted-out"]],
  ["hat widersprochen, Kunde", ["opted-out", "customers"]],
  ["former customer", []],
  ["lost deal", []],
  ["asked", []],
  ["do-not-target", []],
  ["", []],
])("%s", (text, classes) => {
  expect(suppressionClassesIn(text)).toEqual(classes);
});
