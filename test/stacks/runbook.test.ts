import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { adManifests } from "../../stacks/manifests.ts";
import { ofType, synthesize } from "./synthesized.ts";

const runbook = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");

/** The alarms that a section is about, by the words of its heading; PLATFORM stands for every platform. */
const explained = [...runbook.matchAll(/^### (.+)$/gm)]
  .flatMap(([, heading]) => heading!.split(", "))
  .flatMap((id) => (id.includes("PLATFORM") ? adManifests().map((manifest) => id.replace("PLATFORM", manifest.id)) : [id]));

test("the runbook explains every alarm of a stage, and none that is not there", () => {
  const stage = synthesize("dev");
  const alarms = ofType(stage, "AWS::CloudWatch::Alarm").map(({ resource }) =>
    String(resource.Properties.AlarmName).replace("bullseye-dev-", ""),
  );
  expect(alarms.length).toBeGreaterThan(5);
  expect(explained.filter((id) => id !== "budget").sort()).toEqual(alarms.sort());
});
