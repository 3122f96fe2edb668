import { expect, test } from "vitest";
import { mapColumns } from "../mapping/map-columns.ts";
import { LOCATION_TYPES, parseLocationType } from "./location-type.ts";

test.each([
  ["Headquarters", "headquarters"],
  ["HQ", "headquarters"],
  ["Siège social", "headquarters"],
  ["Branch", "branch"],
  ["Zweigniederlassung", "branch"],
  ["Single Location", "single"],
  ["single-site", "single"],
  ["Germany", undefined],
])("%s is %s", (text, type) => {
  expect(parseLocationType(text)).toBe(type);
});

test("every kind is one of its own words", () => {
  for (const type of LOCATION_TYPES) expect(parseLocationType(type)).toBe(type);
});

/** By header, what a list of accounts with one more column reads that as. */
function fieldOf(header: string, cells: readonly string[]): unknown {
  const sample = cells.map((cell, at) => [`Company ${at}`, cell]);
  const source = { origin: "unknown", relationship: "none", consent: "unknown", declaredBy: "test", declaredAt: "2026-11-23" };
  const { columns } = mapColumns({ header: ["Company", header], sample, kind: "accounts", source: source as never });
  const { field, review } = columns[1]!;
  return { field, review };
}

test.each([
  ["Employees (Single Site)", "siteEmployees"],
  ["Employees (All Sites)", "employees"],
  ["Employees at Location", "siteEmployees"],
  ["Employees Here", "siteEmployees"],
  ["Location Employee Size", "siteEmployees"],
  ["Corporate Employee Size", "employees"],
  ["Employees", "employees"],
  ["Mitarbeiter am Standort", "siteEmployees"],
  ["Effectif du site", "siteEmployees"],
  ["Empleados en la sede", "siteEmployees"],
  ["Medewerkers vestiging", "siteEmployees"],
])("a column %s is read as %s", (header, field) => {
  expect(fieldOf(header, ["12", "51-200", "3,400"])).toEqual({ field, review: false });
});

test("a column of kinds of places is read, one of other words waits for a look", () => {
  expect(fieldOf("Location Type", ["Headquarters", "Branch", "Single Location"])).toEqual({
    field: "locationType",
    review: false,
  });
  expect(fieldOf("Location Type", ["urban", "rural", "coast", "urban", "alpine"])).toMatchObject({ review: true });
});
