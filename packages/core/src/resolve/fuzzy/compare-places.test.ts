import { describe, expect, it } from "vitest";
import { comparePlaces, sharedPhones } from "./compare-places.ts";
import { type PlaceFields, type PlaceParts, placeParts } from "./place.ts";

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

  it.each([
    ["19 Third Dr", "19 3rd Drive"],
    ["8813 West MLK Jr Boulevard #14", "8813 W. M L King Boul"],
    ["3202 N Dr Martin Luther King Jr Pky", "3202 North MLK Pkwy"],
    ["8853-8855 N Chavez Pky", "8853 N. Cesar E Chavez Parkway"],
  ])("reads %s and %s as one door", (a, b) => {
    expect(comparePlaces(placeParts({ street: a })!, placeParts({ street: b })!, "site").door).toBe("same");
  });

  it("takes swapped digits of a postcode for a slip and another digit for the next town", () => {
    const at = (street: string, postalCode: string): PlaceFields => ({ street, postalCode, city: "Evanston" });
    const there = at("42 Lindrum Street", "60643");
    expect(odds(there, at("42 Barnett Close", "60634"))).toBeGreaterThan(odds(there, at("42 Barnett Close", "60644")) + 3);
  });

  it("knows two houses behind one telephone for two, and gives little for the telephone then", () => {
    const places = [
      { street: "28 Clark Street", phone: "312-226-2649" },
      { street: "7 Oak Avenue", phone: "2262649" },
      { street: "5 Elm Road", phone: "773-555-0101" },
      { street: "50 Elm Road", phone: "773-555-0101" },
    ].map((place) => placeParts(place)!);
    expect([...sharedPhones(places)]).toEqual(["2262649"]);
    const [first, second] = places as [PlaceParts, PlaceParts];
    expect(comparePlaces(first, second, "site").door).toBe("other");
    const only = placeParts({ phone: "3122262649" })!;
    const sum = (a: PlaceParts): number => comparePlaces(a, only, "site").findings.reduce((all, found) => all + found.odds, 0);
    expect(sum({ ...first, sharedPhone: true })).toBeLessThan(sum(first) - 2);
  });
});
