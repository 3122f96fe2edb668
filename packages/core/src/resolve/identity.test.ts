import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RANK } from "../account/item.ts";
import type { Digest } from "../ports.ts";
import {
  blockOf,
  fileIdentity,
  identityOf,
  isBlock,
  keysOf,
  nameBlockId,
  nameHomeId,
  partitionBits,
  partitionOf,
  partitionRange,
} from "./identity.ts";

const sha256 = (text: string | Uint8Array): string => hash("sha256", text, "hex");
const digest: Digest = { id: (text) => sha256(text).slice(0, 20), sha256, keyed: (text) => sha256(`k${text}`).slice(0, 20) };

describe("the home of a row", () => {
  test.each([
    ["registration before domain", { registration: "lei:X", domain: "a.example", name: "a" }, RANK.registration, 2],
    [
      "domain before page and name",
      { domain: "a.example", linkedin: "linkedin.com/company/a", name: "a", sourceId: "crm:1" },
      RANK.domain,
      3,
    ],
    ["page before name", { linkedin: "linkedin.com/company/a", name: "a" }, RANK.linkedin, 1],
    ["name before customer id", { name: "a", sourceId: "crm:1" }, RANK.name, 1],
    ["customer id alone", { sourceId: "crm:1" }, RANK.source, 0],
    ["an e-mail of the company's own domain", { emailDomain: "acme.example", name: "acme" }, RANK.domain, 1],
    [
      "an e-mail of somebody else's domain, by which it is only found",
      { emailDomain: "agency.example", name: "acme" },
      RANK.name,
      1,
    ],
    ["an e-mail and no name", { emailDomain: "agency.example" }, RANK.domain, 0],
  ])("%s", (_, identity, rank, links) => {
    const keys = keysOf(identity, digest)!;
    expect(keys.home.rank).toBe(rank);
    expect(keys.links).toHaveLength(links);
  });

  test("nothing identifies nobody", () => {
    expect(keysOf({ country: "DE" }, digest)).toBeNull();
  });

  test("what was filed under the fields leads to the same keys again", () => {
    const fields = { name: "Acme GmbH" };
    const identity = {
      domain: "acme.example",
      linkedin: "linkedin.com/company/acme",
      name: "acme",
      country: "DE",
      sourceId: "crm:7",
    };
    fileIdentity(identity, fields);
    expect(keysOf(identityOf(fields), digest)).toEqual(keysOf(identity, digest));
  });
});

test("all who bear a name meet in one block, and a block is no company", () => {
  const block = nameBlockId("acme", digest);
  expect(isBlock(block)).toBe(true);
  for (const country of ["", "DE", "US"]) {
    const id = nameHomeId("acme", country, digest);
    expect(blockOf(id)).toBe(blockOf(block));
    expect(isBlock(id)).toBe(false);
  }
  expect(nameHomeId("acme", "DE", digest)).not.toBe(nameHomeId("acme", "US", digest));
});

test("partitions are ranges of ids: every id lies in the range of its own and of no other", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), fc.string(), (bits, text) => {
      const id = digest.id(text);
      const partition = partitionOf(id, bits);
      expect(partition).toBe(bits === 0 ? 0 : Number.parseInt(id.slice(0, 4), 16) >>> (16 - bits));
      expect(partitionOf(`A\t${id}`, bits, 2)).toBe(partition);
      const { from, to } = partitionRange(partition, bits);
      expect(id >= from && (to === null || id < to)).toBe(true);
    }),
  );
});

test("as many partitions as the rows need, at most 4,096", () => {
  expect([0, 1, 4000, 4001, 8001, 1e9].map((rows) => partitionBits(rows, 4000))).toEqual([0, 0, 0, 1, 2, 12]);
});

test("both lengths of a Salesforce id are one key, and a statement keeps the one that was written", () => {
  const fields = { sourceId: "salesforce:0015e00002AbCdEAAV" };
  const identity = { name: "acme", sourceId: "salesforce:0015e00002AbCdE" };
  fileIdentity(identity, fields);
  expect(fields.sourceId).toBe("salesforce:0015e00002AbCdEAAV");
  expect(keysOf(identityOf(fields), digest)?.home.id).toBe(keysOf({ sourceId: identity.sourceId }, digest)?.home.id);
});
