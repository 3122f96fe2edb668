import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { desk } from "./cli.testing.ts";
import { ErrorDocument } from "./contract.ts";

const here = desk();

describe("bad usage is one line and exit 2", () => {
  it.each([
    ["an unknown command", ["rnu", "x.csv"], "there is no command rnu; did you mean run?"],
    ["a command near nothing", ["xyzzy-plugh"], "there is no command xyzzy-plugh; bullseye help lists them"],
    ["an unknown option", ["run", "x.csv", "--knid", "accounts"], "bullseye run has no option --knid; did you mean --kind?"],
    [
      "an option of another command",
      ["runs", "--approve"],
      "bullseye runs has no option --approve; bullseye help runs lists them",
    ],
    [
      "an option before the command",
      ["--kind", "accounts", "run", "x.csv"],
      "there is no option --kind; options of a command come behind its name: bullseye help COMMAND",
    ],
    ["a short option", ["run", "-x"], "bullseye run has no option -x; bullseye help run lists them"],
    ["an option without its value", ["run", "x.csv", "--kind"], "--kind needs a value; bullseye help run says which"],
    ["an option for a value", ["run", "x.csv", "--kind", "--approve"], "--kind needs a value; bullseye help run says which"],
    ["an empty value", ["runs", "--home="], "--home needs a value; bullseye help runs says which"],
    ["a value for a flag", ["runs", "--json=yes"], "--json takes no value; write --json alone"],
    ["no word", ["run"], "bullseye run needs a file; bullseye help run shows how"],
    [
      "a word too many",
      ["init", "here"],
      "bullseye init does not know what to do with here; bullseye help init shows how it is called",
    ],
    [
      "an unknown verb",
      ["lists", "unod", "crm"],
      "bullseye lists unod is unknown; did you mean undo? there are list, show, set, undo",
    ],
    [
      "an unknown kind",
      ["run", "x.csv", "--kind", "acounts"],
      "--kind acounts is unknown; did you mean accounts? there are accounts, contacts, orders, deals, reference, suppressions, matches",
    ],
    ["an unknown mode", ["run", "x.csv", "--mode", "replace"], "--mode replace is unknown; there are append, snapshot"],
    [
      "an unknown source",
      ["run", "x.csv", "--source", "mine"],
      "--source mine is unknown; there are first-party, partner, broker, public, unknown",
    ],
    ["words that are no day", ["runs", "--as-of", "yesterday"], "--as-of yesterday is no day; write it as 2026-03-31"],
    ["a day that does not exist", ["runs", "--as-of", "2026-02-30"], "--as-of 2026-02-30 is no day; write it as 2026-03-31"],
    ["threads that are no number", ["runs", "--workers", "many"], "--workers many is no number of threads; write 0 to 64"],
    ["no rows", ["accounts", "--limit", "0"], "--limit 0 is too small; write a whole number from 1 up"],
    ["a limit in words", ["accounts", "--limit", "few"], "--limit few is no number; write a whole number from 1 up"],
    [
      "a file that begins with a dash",
      ["run", "-dash.csv"],
      "bullseye run has no option -d; write a file of that name as ./-dash.csv",
    ],
    [
      "a stage for a command of a home",
      ["watch", "--stage", "prod"],
      "bullseye watch takes no --stage; a stage runs by itself what is dropped into its bucket; bullseye run FILE --stage drops a file there",
    ],
    ["a home that nothing was run in", ["runs", "--home", "nowhere"], /nothing has been run in .*nowhere yet; bullseye run FILE/],
    ["help for an unknown command", ["help", "inspct"], "there is no command inspct; did you mean inspect?"],
  ])("%s", async (_, argv, said) => {
    const plain = await here.run(...argv);
    expect(plain.code).toBe(2);
    expect(plain.err.trimEnd()).toMatch(
      said instanceof RegExp ? said : new RegExp(`^${said.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`),
    );
    expect(existsSync(join(here.path, ".bullseye"))).toBe(false);
    if (argv.some((word) => word.startsWith("--json"))) return;
    const json = await here.run(...argv, "--json");
    expect([json.code, json.err]).toEqual([2, ""]);
    const { error } = ErrorDocument.parse(JSON.parse(json.out));
    expect(plain.err.trimEnd()).toBe(error.hint === undefined ? error.message : `${error.message}; ${error.hint}`);
  });
});

it("two formats are one too many", async () => {
  const said = await here.run("runs", "--json", "--jsonl");
  expect([said.code, said.err]).toEqual([2, ""]);
  expect(ErrorDocument.parse(JSON.parse(said.out)).error.message).toBe("--json and --jsonl are two formats");
});

describe("help", () => {
  it("lists every command and says how one is called", async () => {
    const all = await here.run("help");
    expect(all.code).toBe(0);
    for (const name of ["init", "inspect", "run", "refresh", "watch", "runs", "lists", "trace", "reconcile"])
      expect(all.out).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
    expect((await here.run()).out).toBe(all.out);
    const one = await here.run("help", "run");
    expect(one.out).toContain("usage: bullseye run FILE…");
    expect(one.out).toContain("--approve");
    expect((await here.run("run", "--help")).out).toBe(one.out);
  });

  it("prints the version", async () => {
    expect((await here.run("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
