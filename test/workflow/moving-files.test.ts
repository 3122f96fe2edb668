import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { makeZip } from "../reading/make-zip.ts";
import { TestHome } from "./support.ts";

const DAY = "2026-11-20";

/** Calls that read a path, as the laptop makes them; each is a point at which somebody else may write. */
const CALLS = ["statSync", "openSync", "copyFileSync"] as const;
const before = { ...fs };
const openBefore = fs.promises.open;

afterEach(restore);

function restore(): void {
  for (const name of CALLS) Object.assign(fs, { [name]: before[name] });
  fs.promises.open = openBefore;
  syncBuiltinESMExports();
}

/** Lets `change` happen right before the nth look at a path; answers how many looks there were. */
function watched(path: string, at: number, change: () => void): () => number {
  let looks = 0;
  const look = (looked: unknown): void => {
    if (looked === path && looks++ === at) change();
  };
  for (const name of CALLS) {
    const call = before[name] as (...args: unknown[]) => unknown;
    Object.assign(fs, {
      [name]: (...args: unknown[]) => {
        look(args[0]);
        return call(...args);
      },
    });
  }
  fs.promises.open = (...args) => {
    look(args[0]);
    return openBefore(...args);
  };
  syncBuiltinESMExports();
  return () => looks;
}

const rows = (...names: string[]): string =>
  `Company,Website,Country\n${names.map((name) => `${name},${name.toLowerCase()}.example,DE\n`).join("")}`;
const OLD = rows("Acme", "Beta", "Gamma");
const NEW = rows("Delta", "Epsilon", "Zeta", "Theta");
const GROWN = rows("Acme", "Beta", "Gamma", "Delta");
const CUT = rows("Acme", "Beta");

const workbook = (text: string): Buffer => {
  const cells = text
    .trim()
    .split("\n")
    .map((line, row) => {
      const inline = line
        .split(",")
        .map((cell, at) => `<c r="${"ABC"[at]}${row + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`)
        .join("");
      return `<row r="${row + 1}">${inline}</row>`;
    });
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const rels = "http://schemas.openxmlformats.org/package/2006/relationships";
  const types = "http://schemas.openxmlformats.org/package/2006/content-types";
  return makeZip([
    { name: "[Content_Types].xml", content: `<Types xmlns="${types}"></Types>` },
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns="${main}" xmlns:r="${related}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<Relationships xmlns="${rels}"><Relationship Id="r1" Type="${related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: "xl/worksheets/sheet1.xml",
      content: `<worksheet xmlns="${main}"><sheetData>${cells.join("")}</sheetData></worksheet>`,
    },
  ]);
};

const PACKED: Record<string, (text: string) => string | Buffer> = {
  "l.csv": (text) => text,
  "l.csv.gz": (text) => gzipSync(text),
  "l.zip": (text) => makeZip([{ name: "l.csv", content: text }]),
  "l.xlsx": workbook,
};

/** How somebody writes a file while it is read. */
const WAYS: Record<string, (path: string, after: string | Buffer) => void> = {
  "in its place": (path, after) => before.writeFileSync(path, after),
  "over it by another file": (path, after) => {
    before.writeFileSync(`${path}.new`, after);
    before.renameSync(`${path}.new`, path);
  },
};

async function names(home: TestHome): Promise<unknown[]> {
  return (await home.accounts()).map(({ result }) => result!.show.name).sort();
}

const namesIn = (text: string): string[] =>
  text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[0]!)
    .sort();

/** Runs a file that changes at every single look at it: what stands is one of its versions, or nothing and one line says so. */
async function everyPoint(name: string, way: (path: string, after: string | Buffer) => void, after: string): Promise<void> {
  const pack = PACKED[name]!;
  let refused = 0;
  let at = 0;
  for (let more = true; more; at++) {
    const home = new TestHome({ kept: true });
    const path = join(home.directory, name);
    before.writeFileSync(path, pack(OLD));
    const opened = await home.at(DAY);
    const looks = watched(path, at, () => way(path, pack(after)));
    try {
      const { run } = await opened.run(await opened.prepare({ file: path, kind: "accounts", list: "l" }));
      expect(run.balanced).toBe(true);
      expect([namesIn(OLD), namesIn(after)]).toContainEqual(await names(home));
    } catch (error) {
      refused++;
      expect(error).toMatchObject({ name: "TransientError", message: `${name} changed while it was read` });
      expect(await names(home)).toEqual([]);
      expect(await opened.ports.runs.runs()).toEqual([]);
    } finally {
      restore();
      await home.dispose();
    }
    more = looks() > at;
  }
  expect(at).toBeGreaterThan(3);
  expect(refused).toBeGreaterThan(0);
}

describe("a file that changes while it is read is one version of it or none", () => {
  test.each(Object.keys(PACKED))("%s, written in its place", (name) => everyPoint(name, WAYS["in its place"]!, NEW));

  test.each([
    ["growing", "in its place", GROWN],
    ["cut", "in its place", CUT],
    ["replaced", "over it by another file", NEW],
  ] as const)("l.csv, %s %s", (_, way, after) => everyPoint("l.csv", WAYS[way]!, after));

  test("what is written into the inbox while a run reads does not reach the run", async () => {
    let inbox = "";
    let reads = 0;
    const home = new TestHome({
      adjust: ({ objects }) => {
        const range = objects.range.bind(objects);
        objects.range = async (...args) => {
          if (reads++ === 1) before.writeFileSync(inbox, NEW);
          return range(...args);
        };
      },
    });
    const opened = await home.at(DAY);
    inbox = opened.ports.objects.path("inbox/accounts/l/l.csv");
    const path = join(home.directory, "l.csv");
    before.writeFileSync(path, OLD);
    await opened.run(await opened.prepare({ file: path, kind: "accounts", list: "l" }));
    expect(reads).toBeGreaterThan(1);
    expect(before.readFileSync(inbox, "utf8")).toBe(NEW);
    expect(await names(home)).toEqual(namesIn(OLD));
  });
});
