import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countryCode, countryOfState, isEea, regionOf, stateCode } from "./country.ts";
import { ALPHA3, COUNTRY_REGIONS, EEA_COUNTRIES } from "./country-codes.ts";

describe("countryCode", () => {
  it.each([
    ["UK", "GB"],
    ["U.K.", "GB"],
    ["gbr", "GB"],
    ["England", "GB"],
    ["Scotland", "GB"],
    ["USA", "US"],
    ["U.S.", "US"],
    ["United States of America", "US"],
    ["US-CA", "US"],
    ["Deutschland", "DE"],
    ["Germany (DE)", "DE"],
    ["Allemagne", "DE"],
    ["Alemania", "DE"],
    ["Duitsland", "DE"],
    ["Germania", "DE"],
    ["Alemanha", "DE"],
    ["Österreich", "AT"],
    ["osterreich", "AT"],
    ["Holland", "NL"],
    ["The Netherlands", "NL"],
    ["Korea", "KR"],
    ["Korea, Republic of", "KR"],
    ["Viet Nam", "VN"],
    ["Czechia", "CZ"],
    ["Czech Republic", "CZ"],
    ["Türkiye", "TR"],
    ["Côte d'Ivoire", "CI"],
    ["Россия", "RU"],
    ["日本", "JP"],
    ["Sverige", "SE"],
    ["Georgia", "GE"],
    ["Niger", "NE"],
    ["Nigeria", "NG"],
    ["Dominica", "DM"],
    ["Dominican Republic", "DO"],
    ["Namibia", "NA"],
    ["NA", null],
    ["N/A", null],
    ["EMEA", null],
    ["California", null],
    ["Atlantis", null],
    ["ZZ", null],
    ["", null],
  ])("%j -> %j", (raw, code) => {
    expect(countryCode(raw)).toBe(code);
  });

  it("knows every code and English name, whatever the case and spaces", () => {
    const english = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    const codes = [...COUNTRY_REGIONS.keys()].filter((code) => code !== "NA");
    expect(codes).toHaveLength(249);
    fc.assert(
      fc.property(fc.constantFrom(...codes), (code) => {
        expect(countryCode(` ${code.toLowerCase()} `)).toBe(code);
        const name = english.of(code) ?? "";
        expect(countryCode(name)).toBe(code);
        expect(countryCode(` ${name.toUpperCase()}`)).toBe(code);
      }),
      { numRuns: 300 },
    );
    for (const [alpha3, code] of ALPHA3) expect(countryCode(alpha3)).toBe(code);
  });

  it("places countries in regions and in the European Economic Area", () => {
    expect(["US", "CA", "MX", "DE", "CH", "GB", "JP", "AU", "AE", "ZA", "TR", "AQ", "XX"].map(regionOf)).toEqual([
      "NA",
      "NA",
      "LATAM",
      "EU",
      "EU",
      "UK",
      "APAC",
      "APAC",
      "MEA",
      "MEA",
      "MEA",
      null,
      null,
    ]);
    expect(["DE", "NO", "IS", "LI", "CY", "RE"].map(isEea)).not.toContain(false);
    expect(["GB", "CH", "US", "RS", "UA", ""].map(isEea)).not.toContain(true);
    for (const code of EEA_COUNTRIES) expect(COUNTRY_REGIONS.has(code)).toBe(true);
  });
});

describe("states", () => {
  it.each([
    ["California", undefined, "CA"],
    ["Calif.", "US", "CA"],
    ["us-ca", undefined, "CA"],
    ["US-CA", "CA", null],
    ["ca", "US", "CA"],
    ["ca", "CA", null],
    ["Québec", undefined, "QC"],
    ["QC", "US", null],
    ["D.C.", "US", "DC"],
    ["Bavaria", undefined, null],
    ["CA", "IT", null],
    ["", "US", null],
  ])("%j in %j -> %j", (raw, country, code) => {
    expect(stateCode(raw, country)).toBe(code);
  });

  it.each([
    ["Texas", "US"],
    ["tx", "US"],
    ["Ontario", "CA"],
    ["CA-ON", "CA"],
    ["Georgia", null],
    ["WA", null],
    ["Bavaria", null],
    ["", null],
  ])("%j implies %j", (raw, country) => {
    expect(countryOfState(raw)).toBe(country);
  });
});
