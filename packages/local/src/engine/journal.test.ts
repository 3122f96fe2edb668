import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { BugError, InputError } from "@bullseye/core/errors";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileJournal, type Journal, MemoryJournal } from "./journal.ts";

let directory = "";
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "journal-"));
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

describe.each<[string, () => Journal]>([
  ["MemoryJournal", () => new MemoryJournal()],
  ["FileJournal", () => new FileJournal(directory)],
])("%s", (_, make) => {
  it("gives back what was put, and refuses to put it twice", () => {
    const journal = make();
    expect(journal.get("run/1")).toBeUndefined();
    journal.put("run/1", { a: [null, "ü\n"] });
    journal.put("run/1/2", 0);
    expect(journal.get("run/1")).toEqual({ a: [null, "ü\n"] });
    expect(journal.get("run/1/2")).toBe(0);
    expect(journal.get("other/1")).toBeUndefined();
    expect(() => journal.put("run/1", 1)).toThrow(BugError);
  });
});

describe("FileJournal", () => {
  it("is read again by the next process, without the line that was torn", () => {
    const file = path.join(directory, "run.jsonl");
    const first = new FileJournal(directory);
    first.put("run/1", "one");
    first.put("run/2", "zwölf");
    first.close();
    fs.truncateSync(file, fs.statSync(file).size - 4);
    const second = new FileJournal(directory);
    expect([second.get("run/1"), second.get("run/2")]).toEqual(["one", undefined]);
    second.put("run/2", "two");
    second.release("run");
    expect(second.get("run/2")).toBe("two");
    second.close();
    expect(fs.readFileSync(file, "utf8")).toBe('["1","one"]\n["2","two"]\n');
  });

  it("keeps executions apart and their files inside its directory", () => {
    const journal = new FileJournal(directory);
    journal.put("a/1", 1);
    journal.put("b/1", 2);
    expect(fs.readdirSync(directory).sort()).toEqual(["a.jsonl", "b.jsonl"]);
    expect(() => journal.put("../a/1", 1)).toThrow(BugError);
    expect(() => journal.get("a")).toThrow(BugError);
  });

  it("refuses a file with a broken line in its middle", () => {
    fs.writeFileSync(path.join(directory, "run.jsonl"), '["1",1]\nnonsense\n["2",2]\n');
    const read = () => new FileJournal(directory).get("run/1");
    expect(read).toThrow(InputError);
    expect(read).toThrow(/run.jsonl:2/);
  });
});
