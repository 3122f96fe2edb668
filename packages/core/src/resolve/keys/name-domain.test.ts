import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameAgreesWithDomain } from "./company-name.ts";

describe("nameAgreesWithDomain", () => {
  it.each([
    ["alfreds futterkiste", "alfreds-futterkiste.de"],
    ["alfreds futterkiste", "alfreds.de"],
    ["international business machines", "ibm.com"],
    ["acme", "acme.com"],
    ["acme", "acmecorp.com"],
    ["acme", "getacme.io"],
    ["hershey", "thehersheycompany.com"],
    ["federal express", "fedex.com"],
    ["university of pennsylvania", "upenn.edu"],
    ["thermo fisher scientific", "thermofisher.com"],
    ["ww grainger", "grainger.com"],
    ["f5 networks", "f5.com"],
    ["at and t", "att.com"],
    ["muller", "xn--mller-kva.de"],
    ["muller", "mueller.de"],
  ])("%j and %j agree", (name, domain) => {
    expect(nameAgreesWithDomain(name, domain)).toBe(true);
  });

  it.each([
    ["acme", "agency.com"],
    ["first national bank", "first.com"],
    ["american widgets", "american.com"],
    ["acme", "acmeology.com"],
    ["ace", "acehotel.com"],
    ["bliss", "b.com"],
    ["", "acme.com"],
    ["acme", ""],
    ["acme", "xn--a-.com"],
  ])("%j and %j do not", (name, domain) => {
    expect(nameAgreesWithDomain(name, domain)).toBe(false);
  });

  it("accepts a whole name written together or with hyphens, and never throws", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 1, maxLength: 4 }), fc.string(), (words, junk) => {
        const name = words.join(" ");
        expect(nameAgreesWithDomain(name, `${words.join("")}.com`)).toBe(true);
        expect(nameAgreesWithDomain(name, `${words.join("-")}.co.uk`)).toBe(true);
        expect(typeof nameAgreesWithDomain(name, `xn--${junk}.com`)).toBe("boolean");
      }),
    );
  });
});
