import { expect, it } from "vitest";
import { EXPORT_FORMATS } from "../../queries/export-format.ts";
import { mapColumns } from "./map-columns.ts";

const mapped = (header: string[]) => mapColumns({ header, sample: [], source: { origin: "unknown" } });
const read = (header: string[]) =>
  mapped(header).columns.flatMap(({ header: name, field, review }) => (field === null ? [] : [[name, field, review]]));
const headerOf = (line: string): string[] => line.trim().split(",");

it("of an export only ids, names and places are read, and nobody is asked", () => {
  expect(read(headerOf(EXPORT_FORMATS.salesforce.header))).toEqual([["Id", "sourceId", false]]);
  expect(read(headerOf(EXPORT_FORMATS.hubspot.header))).toEqual([["Record ID", "sourceId", false]]);
  expect(read(headerOf(EXPORT_FORMATS.csv.header))).toEqual([
    ["Record ID", "sourceId", false],
    ["Company", "name", false],
    ["Domain", "domain", false],
    ["Country", "country", false],
  ]);
});

it("an export that was corrected as a rejects file is still one", () => {
  const header = [...headerOf(EXPORT_FORMATS.hubspot.header), "_row", "_reason", "_column", "_hint", "_text"];
  expect(mapped(header).shape).toBe("bullseye-hubspot");
});

it("our fields in a CRM's own export change nothing about what it is, and are left aside", () => {
  const header = ["Record ID", "Company name", "Company Domain Name", "Bullseye Score", "bullseye_tier", "Bullseye Account"];
  const mapping = mapped(header);
  expect(mapping.shape).toBe("hubspot-company");
  expect(mapping.columns.map(({ field }) => field)).toEqual(["sourceId", "name", "domain", null, null, null]);
  const salesforce = mapped(["Id", "Name", "BillingCity", "Bullseye_Score__c", "Bullseye_Account__c", "Bullseye_Reasons__c"]);
  expect(salesforce.shape).toBe("salesforce-account-api");
  expect(salesforce.columns.slice(3).map(({ field }) => field)).toEqual([null, null, null]);
});

it("others' columns that look alike are kept", () => {
  expect(read(["Company", "Bullseye Revenue", "Tier", "Score"])).toEqual([
    ["Company", "name", false],
    expect.arrayContaining(["Bullseye Revenue"]),
    expect.arrayContaining(["Tier"]),
    expect.arrayContaining(["Score"]),
  ]);
});
