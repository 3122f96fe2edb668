import { describe, expect, it } from "vitest";
import { nameParts } from "./name-parts.ts";

const words = (raw: string, country?: string): string[] => nameParts(raw, country)!.words.map(({ stem }) => stem);

describe("nameParts", () => {
  it.each([
    ["Intl. Mfg. Assoc. of Chem Bros, Inc.", ["international", "manufacturing", "association", "chem", "brothers"]],
    ["St. Mary's Hosp.", ["saint", "mary", "hospital"]],
    ["Müller & Söhne GmbH", ["muller", "sons"]],
    ["Mueller und Soehne GmbH", ["muller", "sons"]],
    ["Газпром нефть", ["gazprom", "neft"]],
    ["Ελληνικά Πετρέλαια", ["ellinika", "petrelaia"]],
    ["1st Source", ["first", "source"]],
    ["O&#8217;Reilly Automotive", ["oreilly", "automotive"]],
    ["M?ller Transport", ["mller", "transportation"]],
  ])("reads %s", (raw, stems) => {
    expect(words(raw)).toEqual(stems);
  });

  it.each([
    ["Walmart #1234", "walmart", ["1234"]],
    ["Walmart Store 1234", "walmart", ["1234"]],
    ["Acme Pumps - Berlin", "acmepumps", ["berlin"]],
    ["Prudential Financial (U.S.)", "prudentialfinancial", ["us"]],
    ["Acme Pumps, Texas", "acmepumps", ["texas"]],
  ])("takes the branch off %s", (raw, squeezed, qualifiers) => {
    const parts = nameParts(raw)!;
    expect([parts.squeezed, parts.qualifiers.map(({ stem }) => stem)]).toEqual([squeezed, qualifiers]);
  });

  it.each([
    ["Harbor Foods LLC dba Green Spoon", "green spoon"],
    ["Harbor Foods t/a Green Spoon", "green spoon"],
    ["Harbor Foods (formerly Green Spoon Ltd)", "green spoon"],
    ["Harbor Foods / Green Spoon", "green spoon"],
    ["Laboratory Corp. of America (Labcorp)", "labcorp"],
  ])("keeps the other name in %s", (raw, other) => {
    expect(nameParts(raw)!.others.map(({ words: own }) => own.map(({ text }) => text).join(" "))).toEqual([other]);
  });

  it("drops classes of shares and articles in brackets", () => {
    expect(nameParts("Alphabet Inc. (Class A)")).toMatchObject({ squeezed: "alphabet", qualifiers: [], others: [] });
    expect(nameParts("Travelers Companies (The)")).toMatchObject({ squeezed: "travelers", qualifiers: [], others: [] });
  });

  it("knows initials with and without joiners, and names that may be some", () => {
    expect(nameParts("International Business Machines")!.initials).toEqual(["ibm"]);
    expect(nameParts("Bank of New York")!.initials).toEqual(["bny", "bony"]);
    expect(nameParts("IBM Corp.")!.acronym).toBe("ibm");
  });

  it("is null where there is no name", () => {
    for (const raw of ["", "n/a", "---", "xxx"]) expect(nameParts(raw)).toBeNull();
  });
});
