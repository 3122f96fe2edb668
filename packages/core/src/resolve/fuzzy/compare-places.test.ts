import { describe, expect, it } from "vitest";
import { comparePlaces } from "./compare-places.ts";
import { type PlaceFields, placeParts } from "./place.ts";

const odds = (a: PlaceFields, b: PlaceFields, level: "company" | "site" = "site"): number =>
  comparePlaces(placeParts(a)!, placeParts(b)!, level).findings.reduce((sum, found) => sum + found.odds, 0);

describe("comparePlaces", () => {
  it.each([
    ["1 N. Ogden", "1 North Ogden Ave"],
    ["945 W 69TH ST", "945 West 69th Street"],
    ["Hauptstr. 12", "Hauptstraße 12"],
    ["12 rue de la Paix", "12, Rue de la Paix"],
    ["4873 East Clark Blvd, Suite 17", "4873 E CLARK"],
    ["6422 E Wells Ln #30", "6422 East Wells Lane"],
    ["1 N Ogden Ave, Chicago, IL 60607", "1 N. Ogden"],
    ["Temple Building, 1 N Ogden Ave", "1 N. Ogden"],
    ["Suite 4, 1 N Ogden Ave", "1 N. Ogden"],
    ["12 crispcircuit", "12 crisp circuit"],
    ["100 Saint James Pl", "100 St. James Place"],
    ["1802 N Kedzie", "1802 North Kedize Drive"],
    ["766 100th Road", "766 10O0ht RD"],
    ["1881 Stuth 89 Ave", "1881 S. 89th Av"],
  ])("finds %s and %s to be one address", (a, b) => {
    expect(odds({ street: a }, { street: b })).toBeGreaterThan(4);
  });

  it.each([
    ["945 W 69th St", "945 W 68th St"],
    ["100 Main Street", "102 Main Street"],
    ["100 Main Street", "100 Oak Street"],
    ["1 N Ogden Ave, Chicago, IL 60607", "1 N Elm Ave, Chicago, IL 60607"],
  ])("finds %s and %s to be two", (a, b) => {
    expect(odds({ street: a }, { street: b })).toBeLessThan(-1.5);
  });

  it("compares telephones by their digits, with or without country and area code", () => {
    expect(odds({ phone: "+1 (312) 226-2649" }, { phone: "3122262649" })).toBeGreaterThan(3);
    expect(odds({ phone: "226-2649" }, { phone: "312.226.2649 ext. 12" })).toBeGreaterThan(3);
    expect(placeParts({ phone: "0000000000" })).toBeNull();
  });

  it("compares postcodes with and without their second part or first zero", () => {
    expect(odds({ postalCode: "60607-1234" }, { postalCode: "60607" })).toBeGreaterThan(0);
    expect(odds({ postalCode: "2139" }, { postalCode: "02139" })).toBeGreaterThan(0);
    expect(odds({ postalCode: "60607" }, { postalCode: "10001" })).toBeLessThan(0);
  });

  it("holds another address much less against a company than against a place", () => {
    const [a, b] = [
      { street: "100 Main Street", city: "Boston" },
      { street: "7 Oak Avenue", city: "Chicago" },
    ];
    expect(odds(a, b, "company")).toBeGreaterThan(-2);
    expect(odds(a, b, "site")).toBeLessThan(-7);
  });

  it("takes a post box for no place of its own, but another box for another", () => {
    expect(
      odds({ street: "P.O. Box 540", postalCode: "60609" }, { street: "7087 N Clark Pl", postalCode: "60609" }),
    ).toBeGreaterThan(0);
    expect(odds({ street: "PO Box 540" }, { street: "P. O. Box 77" })).toBeLessThan(-1.5);
    expect(odds({ street: "Postfach 540" }, { street: "Postfach 540" })).toBeGreaterThan(4);
  });

  it("holds another house number less against places that share telephone or postcode", () => {
    const street = (number: number, more: PlaceFields = {}): PlaceFields => ({ street: `${number} Clark Street`, ...more });
    const apart = odds(street(4510), street(4570));
    const byPostcode = { postalCode: "60609" };
    const byPhone = { phone: "3122262649" };
    expect(odds(street(4510, byPostcode), street(4570, byPostcode))).toBeGreaterThan(apart + 1);
    expect(odds(street(4510, byPhone), street(4570, byPhone))).toBeGreaterThan(apart + 4);
  });

  it("takes nothing said for nothing known", () => {
    expect(placeParts({ state: "IL", country: "US" })).toBeNull();
    expect(comparePlaces(placeParts({ street: "1 Main St" })!, placeParts({ phone: "3122262649" })!, "site").findings).toEqual(
      [],
    );
  });
});
