import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAccountRecord, recordKey, recordOf, recordText } from "./record-id.ts";

const SHORT = "0015e00002AbCdE";
const LONG = "0015e00002AbCdEAAV";

describe("a record id", () => {
  it.each([
    ["crm", "ALFKI", { system: "crm", id: "ALFKI" }],
    ["hubspot", "00042", { system: "hubspot", id: "00042" }],
    ["list:prospects", "a:b", { system: "list:prospects", id: "a:b" }],
    ["crm", LONG, { system: "salesforce", id: LONG }],
    ["hubspot", SHORT, { system: "salesforce", id: SHORT }],
  ])("of %s, %s, is kept as written", (system, id, record) => expect(recordOf(recordText(system, id))).toEqual(record));

  it("comes back whatever is in it", () => {
    const system = fc.oneof(
      fc.stringMatching(/^[a-z0-9-]{1,9}$/),
      fc.stringMatching(/^[a-z0-9-]{1,9}$/).map((list) => `list:${list}`),
    );
    fc.assert(
      fc.property(system, fc.string(), (of, id) => {
        expect(recordOf(recordText(of, id))).toEqual({
          system: /^001\w{12}/.test(id) ? recordOf(recordText(of, id))!.system : of,
          id,
        });
      }),
    );
  });

  it("of Salesforce is one record in both lengths, and in no other", () => {
    expect(recordKey(recordText("crm", LONG))).toBe(recordKey(recordText("salesforce", SHORT)));
    expect(recordKey(recordText("crm", LONG))).not.toBe(recordKey(recordText("crm", SHORT.toLowerCase())));
    expect(recordKey("erp:0015e00002AbCdEAAVX")).toBe("erp:0015e00002AbCdEAAVX");
  });

  it("of Salesforce is what the pattern of its ids says", () => {
    const near = fc.stringMatching(/^(001|00[0-9]|[a-z]{3})[A-Za-z0-9@[`{/:é\u0131]{10,17}$/);
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: "grapheme" })), (id) => {
        const account = /^001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(id);
        expect(isAccountRecord({ system: "salesforce", id })).toBe(account);
        const text = recordText("crm", id);
        expect(text).toBe(`${account ? "salesforce" : "crm"}:${id}`);
        expect(recordKey(text)).toBe(account ? `salesforce:${id.slice(0, 15)}` : text);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["salesforce", LONG, true],
    ["salesforce", SHORT, true],
    ["salesforce", "00Q5e00002AbCdE", false],
    ["salesforce", "17", false],
    ["hubspot", "9012345", true],
    ["hubspot", "9012345x", false],
    ["crm", "anything", true],
  ])("%s:%s may be an account's: %s", (system, id, may) => expect(isAccountRecord({ system, id })).toBe(may));
});
