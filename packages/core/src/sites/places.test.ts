import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldValues } from "../account/fields.ts";
import { onePlaceEach, type PlaceName, placeKey, placeNameOf } from "./places.ts";

const place = (fields: FieldValues): PlaceName => placeNameOf(fields)!;

/** How many places these are, by their keys. */
function placesOf(...all: FieldValues[]): string[] {
  const belongs = onePlaceEach(new Map(all.map((fields) => [placeKey(place(fields)), place(fields)])));
  return [...new Set(belongs.values())].sort();
}

describe("a place", () => {
  test("is known however it is written", () => {
    expect(
      placesOf(
        { country: "US", postalCode: "60607", city: "Chicago", street: "1 N Ogden Ave" },
        { country: "US", postalCode: "60607-1122", city: "CHICAGO", street: "1 North Ogden Avenue, Suite 300" },
      ),
    ).toHaveLength(1);
    expect(
      placesOf(
        { country: "DE", postalCode: "80331", city: "München", street: "Sendlinger Straße 8" },
        { country: "DE", postalCode: "80331", city: "Munich", street: "Sendlinger Str. 8" },
      ),
    ).toHaveLength(1);
  });

  test("is another one in another country, town, street or house", () => {
    const berlin = { country: "DE", postalCode: "10623", city: "Berlin", street: "Kantstr. 1" };
    expect(
      placesOf(
        berlin,
        { ...berlin, street: "Kantstr. 2" },
        { ...berlin, street: "Uhlandstr. 1" },
        { ...berlin, postalCode: "10719" },
        { ...berlin, country: "AT" },
        { country: "US", city: "Springfield", state: "IL" },
        { country: "US", city: "Springfield", state: "MO" },
      ),
    ).toHaveLength(7);
  });

  test("that says less is the one place that says more, and itself where it could be two", () => {
    const less = { city: "Berlin" };
    const one = { country: "DE", postalCode: "10623", city: "Berlin" };
    const more = { ...one, street: "Kantstr. 1" };
    expect(placesOf(less, one, more)).toEqual([placeKey(place(more))]);
    const other = { ...one, postalCode: "10719" };
    expect(placesOf(less, one, more, other)).toEqual([less, more, other].map((each) => placeKey(place(each))).sort());
  });

  test("is none without a town or a postcode; a post box is no door", () => {
    for (const fields of [{}, { country: "DE" }, { country: "DE", state: "BE" }, { country: "DE", street: "Kantstr. 1" }])
      expect(placeNameOf(fields)).toBeNull();
    expect(place({ city: "Berlin", street: "Postfach 12 34" })).toMatchObject({ street: "", number: "" });
  });

  test("belongs to one of the places that say most, whatever comes first", () => {
    const some = (...values: string[]) => fc.constantFrom(undefined, ...values);
    const fields = fc
      .record({
        country: some("DE", "FR"),
        postalCode: some("10623", "10719"),
        city: some("Berlin", "Bonn"),
        state: some("BE"),
        street: some("Kantstr. 1", "Kantstr. 2", "Uhlandstr."),
      })
      .filter((each) => placeNameOf(each as FieldValues) !== null) as fc.Arbitrary<FieldValues>;
    fc.assert(
      fc.property(fc.array(fields, { maxLength: 12 }), (all) => {
        // Of one key the town may differ; a set of places has one of each.
        const names = new Map(all.map((each) => [placeKey(place(each)), place(each)]));
        const belongs = onePlaceEach(names);
        expect([...onePlaceEach(new Map([...names].reverse()))].sort()).toEqual([...belongs].sort());
        expect(belongs.size).toBe(names.size);
        for (const target of belongs.values()) expect(belongs.get(target)).toBe(target);
        for (const [key, target] of belongs)
          for (const part of ["country", "street", "number", "postcode"] as const)
            expect(["", names.get(target)![part]]).toContain(names.get(key)![part]);
      }),
    );
  });
});
