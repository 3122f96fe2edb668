import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import aslValidator from "asl-validator";
import { afterAll, describe, expect, test, vi } from "vitest";
import { ofType, resolved, synthesize } from "./synthesized.ts";

vi.setConfig({ testTimeout: 180_000 });

/** prod has every resource that some stage may have. */
const stage = synthesize("prod", { alarmEmail: "ops@example.com" });

describe("asl-validator", () => {
  const [machine] = ofType(stage, "AWS::StepFunctions::StateMachine");
  const definition = JSON.parse(resolved(machine!.resource.Properties.DefinitionString, stage)) as {
    States: Record<string, Record<string, unknown>>;
  };

  test("accepts the workflow as it is deployed", () => {
    const { isValid, errorsText } = aslValidator(definition);
    expect(errorsText()).toBe("");
    expect(isValid).toBe(true);
  });

  test("would not accept a state that leads nowhere", () => {
    const states = { ...definition.States, SplitList: { ...definition.States.SplitList, Next: "Nowhere" } };
    expect(aslValidator({ ...definition, States: states }).isValid).toBe(false);
  });
});

const isThere = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;

describe.skipIf(!isThere("cfn-lint"))("cfn-lint (skipped where it is not installed)", () => {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-lint-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("finds nothing in the templates", () => {
    const files = Object.entries(stage.templates).map(([noun, template]) => {
      const file = join(folder, `${noun}.json`);
      writeFileSync(file, JSON.stringify(template.toJSON()));
      return file;
    });
    // W3005: CDK says twice that a function depends on its role.
    const answer = spawnSync("cfn-lint", ["--ignore-checks", "W3005", "--format", "parseable", "--", ...files], {
      encoding: "utf8",
    });
    expect(answer.stdout + answer.stderr).toBe("");
  });

  test("would find a property that is none", () => {
    const file = join(folder, "wrong.json");
    writeFileSync(file, JSON.stringify({ Resources: { Queue: { Type: "AWS::SQS::Queue", Properties: { Colour: "red" } } } }));
    expect(spawnSync("cfn-lint", ["--", file], { encoding: "utf8" }).stdout).toContain("Colour");
  });
});
