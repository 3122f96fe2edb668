import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { desk } from "../cli.testing.ts";
import { RunsDocument } from "../contract.ts";

const here = desk();
const LIST = "Company,Website,Country\nAlder GmbH,alder.example,Germany\nN/A,-,\n";

describe("config in a home", () => {
  it("says how the files differ from what the accounts were scored with", async () => {
    await here.run("init");
    const file = join(here.path, ".bullseye", "config", "audiences.yaml");
    expect(await here.json("config", "diff")).toMatchObject({ active: null, same: true });
    await here.run("run", here.file("crm.csv", LIST));
    writeFileSync(file, readFileSync(file, "utf8").replace("mode: api", "mode: file"));
    expect((await here.run("config", "diff")).out).toBe("audiences.yaml: 1 change\n  changed audiences strategic-accounts\n");
    await here.run("refresh");
    expect(await here.json("config", "diff")).toMatchObject({ active: expect.stringMatching(/^[0-9a-f]{32}$/), same: true });
  });

  it("refuses rules that are not valid, and what only a stage can do", async () => {
    await here.run("init");
    here.file(join(".bullseye", "config", "policy.yaml"), "rules: 3\n");
    expect(await here.run("config", "diff")).toMatchObject({ code: 2, err: expect.stringContaining("policy") });
    expect(await here.run("config", "rollback")).toMatchObject({ code: 2, err: expect.stringContaining("is for a stage") });
    expect(await here.run("config", "diff", "nowhere")).toMatchObject({
      code: 2,
      err: expect.stringContaining("there is no directory"),
    });
  });
});

it("runs show copies what belongs to a run", async () => {
  const { runs } = RunsDocument.parse(await here.json("run", here.file("crm.csv", LIST)));
  const shown = (await here.json("runs", "show", runs[0]!.runId, "--download", join(here.path, "copies"))) as {
    runs: Array<{ downloaded: string[] }>;
  };
  const [report, rejects] = shown.runs[0]!.downloaded;
  expect(readFileSync(report!, "utf8")).toContain("<html");
  expect(readFileSync(rejects!, "utf8")).toContain("_reason");
});
