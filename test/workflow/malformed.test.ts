import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isKnownError, type KnownError } from "@bullseye/core/errors";
import type { ListKind } from "@bullseye/core/lists/kinds";
import { parseInboxKey } from "@bullseye/core/operations/split-list/split-list";
import { describe, expect, test } from "vitest";
import { filesUnder, storeContent } from "./store-content.ts";
import { TestHome, type TestHomeOptions } from "./support.ts";

const GOOD = "Company,Website,Country\nAcme,acme.example,DE\nBeta,beta.example,FR\n";

/** What a bad file must give: an error that a person can act on. */
async function refused(home: TestHome, file: string, kind?: ListKind): Promise<KnownError> {
  const open = await home.at("2026-11-20");
  let error: unknown;
  try {
    await open.run(await open.prepare({ file, kind, origin: "first-party" }));
  } catch (thrown) {
    error = thrown;
  }
  if (!isKnownError(error)) throw new Error(`${file} was not refused as it should be`, { cause: error });
  expect(["InputError", "NotFoundError"]).toContain(error.name);
  expect(error.message).toMatch(/^[^\n]{10,300}$/);
  expect(error.hint).toMatch(/^[^\n]{5,300}$/);
  return error;
}

/** The rows and files of a home, without its configuration. */
function stored(home: TestHome): { rows: Record<string, string[]>; files: string[] } {
  const rows = Object.fromEntries(Object.entries(storeContent(home.path)).filter(([, lines]) => lines.length > 0));
  const files = Object.keys(filesUnder(home.path)).filter((path) => !/^store\.sqlite|^config\/|^objects\/config\//.test(path));
  return { rows, files };
}

async function leavesNothing(
  bytes: string | Uint8Array,
  options: { name?: string; kind?: ListKind; home?: TestHomeOptions } = {},
): Promise<KnownError> {
  const home = new TestHome(options.home);
  const file = join(home.directory, options.name ?? "list.csv");
  writeFileSync(file, bytes);
  const error = await refused(home, file, options.kind);
  expect(stored(home)).toEqual({ rows: {}, files: [] });
  return error;
}

const noise = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let state = 7;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
};

/** UTF-32, which no program that people export from writes. */
const utf32 = (text: string): Uint8Array =>
  Buffer.concat(
    [...`\uFEFF${text}`].map((each) => Uint8Array.of(each.codePointAt(0)! & 255, (each.codePointAt(0)! >> 8) & 255, 0, 0)),
  );

describe("what cannot be read is refused and leaves nothing behind", () => {
  test.each([
    ["an empty file", ""],
    ["only line ends", "\n\r\n\n"],
    ["a header without rows", "Company,Website,Country\n"],
    ["noise", noise(50_000)],
    ["a spreadsheet", Buffer.concat([Buffer.from("PK\u0003\u0004"), noise(5_000)])],
    ["a PDF", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"],
    ["a web page", "<!doctype html>\n<html><body><table><tr><td>Acme</td></tr></table></body></html>\n"],
    ["UTF-32", utf32(GOOD)],
    ["no column that identifies a company", "Colour,Size\nred,1\nblue,2\ngreen,3\n"],
  ])("%s", async (_, bytes) => {
    const error = await leavesNothing(bytes, { kind: "accounts" });
    expect(error.name).toBe("InputError");
    expect(error.message).toContain("list.csv");
  });

  test("a header and blank records is a list without rows", async () => {
    const home = new TestHome();
    const run = await home.drop({ name: "blank.csv", kind: "accounts", text: "Company,Website,Country\n,,\n\n ,,\n" });
    expect(run).toMatchObject({ balanced: true, rows: { in: 3, accepted: 0, rejected: 0 } });
    expect(run.rows!.blank + run.rows!.footer).toBe(3);
    expect(await home.accounts()).toEqual([]);
  });

  test("contacts without a column for people", async () => {
    await leavesNothing("Colour,Size\nred,1\nblue,2\n", { kind: "contacts" });
  });

  test("one line of 50 MB", async () => {
    const home = new TestHome();
    const file = join(home.directory, "long.csv");
    const handle = openSync(file, "w");
    const chunk = "Acme GmbH ".repeat(100_000);
    for (let written = 0; written < 50; written++) writeSync(handle, chunk);
    closeSync(handle);
    await refused(home, file, "accounts");
    expect(stored(home)).toEqual({ rows: {}, files: [] });
  });

  test("a good header over one record of 50 MB", async () => {
    const home = new TestHome();
    const file = join(home.directory, "long.csv");
    const handle = openSync(file, "w");
    writeSync(handle, GOOD.repeat(1));
    for (let row = 0; row < 40_000; row++) writeSync(handle, `Company ${row},c${row}.example,DE\n`);
    const chunk = "Acme GmbH ".repeat(100_000);
    for (let written = 0; written < 50; written++) writeSync(handle, chunk);
    closeSync(handle);
    const error = await refused(home, file, "accounts");
    expect(error.message).toContain("long.csv");
    expect(stored(home)).toEqual({ rows: {}, files: [] });
  });

  test("a directory and a file that is not there", async () => {
    const home = new TestHome();
    mkdirSync(join(home.directory, "lists"));
    expect((await refused(home, join(home.directory, "lists"))).name).toBe("InputError");
    expect((await refused(home, join(home.directory, "nothing.csv"))).name).toBe("NotFoundError");
    expect(stored(home)).toEqual({ rows: {}, files: [] });
  });

  test("a folder of no known kind, and a kind that is none", async () => {
    expect(() => parseInboxKey("inbox/prospects/crm/list.csv")).toThrow(/no folder of a known kind/);
    expect(() => parseInboxKey("inbox/accounts//list.csv")).toThrow(/no folder of a known kind/);
    expect(() => parseInboxKey("inbox/accounts/crm/")).toThrow(/no folder of a known kind/);
    expect(() => parseInboxKey("inbox/list.csv")).toThrow(/no folder of a known kind/);
    expect(() => parseInboxKey("outbox/accounts/crm/list.csv")).toThrow(/no folder of a known kind/);
    await leavesNothing(GOOD, { kind: "prospects" as ListKind });
  });

  test("a sidecar with a typo", async () => {
    const home = new TestHome();
    const file = join(home.directory, "list.csv");
    writeFileSync(file, GOOD);
    for (const text of ["{", '{"mode":"replace"}', '{"source":{"origin":"bought"}}', '{"sorce":{}}']) {
      writeFileSync(`${file}.list.json`, text);
      expect((await refused(home, file, "accounts")).message).toContain("list.csv.list.json");
    }
    expect(stored(home)).toEqual({ rows: {}, files: [] });
  });

  test.each([
    ["icp", "id: fit\nname: Fit\nversion: 1\ntiers: { A: 70, D: 0 }\nruls:\n  - id: size\n", "icp.yaml"],
    ["icp", "id: [unclosed\n", "icp.yaml"],
    [
      "audiences",
      "audiences:\n  - { id: a, name: A, platform: linkedln, mode: file, include: { tiers: [A] } }\n",
      "audiences.yaml",
    ],
    ["policy", "rules:\n  - { id: a, decision: maybe, reason: because }\n", "policy.yaml"],
  ])("a typo in config/%s.yaml", async (name, text, file) => {
    const error = await leavesNothing(GOOD, { kind: "accounts", home: { config: { [name]: text } } });
    expect(error.message).toContain(file);
  });

  test("another kind under the name of a list that stands", async () => {
    const home = new TestHome();
    await home.drop({ name: "crm.csv", kind: "accounts", text: GOOD });
    const before = stored(home);
    const file = join(home.directory, "other.csv");
    writeFileSync(file, "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price\nO1,C1,2026-10-01,s1,3,10.00\n");
    const open = await home.at("2026-11-20");
    await expect(open.prepare({ file, list: "crm", kind: "orders" }).then((drop) => open.run(drop))).rejects.toThrow(
      /holds accounts/,
    );
    expect(stored(home)).toEqual(before);
  });
});

describe("a bad file after a good one", () => {
  test("changes nothing of what stands", async () => {
    const home = new TestHome();
    await home.drop({ name: "crm.csv", kind: "accounts", text: GOOD });
    // A file of the same name takes the place of the one before in the inbox.
    const standing = (): unknown => ({ ...stored(home), files: stored(home).files.filter((path) => !path.startsWith("inbox/")) });
    const before = standing();
    const file = join(home.directory, "crm.csv");
    for (const bytes of ["", "Company,Website,Country\n", noise(9_000), "Colour,Size\nred,1\nblue,2\n"]) {
      writeFileSync(file, bytes);
      await refused(home, file, "accounts");
    }
    expect(standing()).toEqual(before);
  });
});
