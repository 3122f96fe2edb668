import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { industryOf } from "./industry.ts";
import { AMBIGUOUS_WORDS, INDUSTRY_WORDS, LEANING_WORDS } from "./industry-words.ts";
import { labelWords } from "./label-words.ts";
import { naicsSector, verticalOf } from "./naics.ts";
import { sicSector } from "./sic.ts";

const DATA = process.env.BULLSEYE_DATA ?? resolve(import.meta.dirname, "../../../../../shared/data");

function lines(text: string): [code: string, label: string][] {
  return text
    .trim()
    .split("\n")
    .flatMap((line) =>
      line
        .slice(line.indexOf(":") + 1)
        .split(",")
        .map((label): [string, string] => [line.slice(0, line.indexOf(":")), label.trim()]),
    );
}

describe("industryOf", () => {
  it.each([
    ["INFORMATION_TECHNOLOGY_AND_SERVICES", "5415", "professional"],
    ["information technology and services", "5415", "professional"],
    ["HOSPITAL_HEALTH_CARE", "62", "healthcare"],
    ["hospital & health care", "62", "healthcare"],
    ["Retailing", "44-45", "retail"],
    ["Financials", "52", "finance"],
    ["Health Care", "62", "healthcare"],
    ["Food, Beverages & Tobacco", "311", "manufacturing"],
    ["Hotels, Restaurants & Leisure", "72", "hospitality"],
    ["Telecommunication Services", "517", "information"],
    ["Energy, Utilities & Waste Treatment", "22", "other"],
    ["Retail Florists", "44-45", "retail"],
    ["Rubber Products Manufacturing", "31-33", "manufacturing"],
    ["medical", "62", "healthcare"],
    ["employment", "5613", "other"],
    ["Retail; Apparel Retail", "44-45", "retail"],
    ["Manufacturing > Machinery", "31-33", "manufacturing"],
    ["Maschinenbau", "333", "manufacturing"],
    ["Großhandel", "42", "wholesale"],
    ["Gesundheits- und Sozialwesen", "62", "healthcare"],
    ["Hôtellerie et restauration", "72", "hospitality"],
    ["Bâtiment", "23", "construction"],
    ["Comercio al por menor", "44-45", "retail"],
    ["Administración pública", "92", "public_admin"],
    ["Groothandel", "42", "wholesale"],
    ["Zakelijke dienstverlening", "54", "professional"],
  ])("%j is NAICS %s, %s", (industry, naics, vertical) => {
    expect(industryOf({ industry })).toMatchObject({ naics, vertical });
  });

  it.each(["services", "Consumer Discretionary", "Other", "n/a", "-", "", "zyxel", "Hospitality; Banking"])(
    "%j stays unknown",
    (industry) => {
      expect(industryOf({ industry })).toMatchObject({ naics: null, vertical: "unknown", confidence: 0 });
    },
  );

  it("forgives one slip, at less confidence, and not two", () => {
    expect(industryOf({ industry: "technolgy" })).toEqual({
      naics: "54",
      vertical: "professional",
      rule: "industry-typo",
      confidence: 0.6,
    });
    expect(industryOf({ industry: "Constrcution Matreials" }).naics).toBeNull();
  });

  it("reads codes before words, and passes over codes that are none", () => {
    expect(industryOf({ naics: "NAICS 541512", industry: "retail" })).toMatchObject({
      naics: "541512",
      vertical: "professional",
      rule: "naics-code",
    });
    expect(industryOf({ naics: "31-33" })).toMatchObject({ naics: "31-33", vertical: "manufacturing" });
    expect(industryOf({ naics: "99", sic: "5812" })).toMatchObject({ naics: "72", vertical: "hospitality", rule: "sic-code" });
    expect(industryOf({ naics: "5419999", industry: "retail" })).toMatchObject({ vertical: "retail" });
    expect(industryOf({ sic: "111" })).toMatchObject({ naics: "11" });
    expect(industryOf({ sic: "7372 - Prepackaged Software" })).toMatchObject({ naics: "51", confidence: 0.9 });
    expect(industryOf({ sic: "80" })).toMatchObject({ naics: "62", confidence: 0.8 });
    expect(industryOf({ sic: "7389", naics: null })).toMatchObject({ naics: null, vertical: "unknown" });
    expect(industryOf({})).toMatchObject({ naics: null, rule: "industry-none" });
  });

  it("keeps its tables clean: valid codes, folded labels, no label twice", () => {
    const entries = [...lines(INDUSTRY_WORDS), ...lines(LEANING_WORDS)];
    const labels = [...entries.map(([, label]) => label), ...AMBIGUOUS_WORDS.split(",").map((label) => label.trim())];
    for (const [code, label] of entries) {
      expect([code, naicsSector(code)]).not.toEqual([code, null]);
      expect(labelWords(label)).toBe(label);
    }
    expect(labels.filter((label, i) => labels.indexOf(label) !== i)).toEqual([]);
  });

  it("never guesses below one half, and does not see case, spaces or punctuation", () => {
    const known = lines(INDUSTRY_WORDS).map(([, label]) => label);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...known), fc.string()), (industry) => {
        const found = industryOf({ industry });
        expect(found.naics === null ? found.confidence : found.confidence >= 0.5).toSatisfy(
          (value) => value === 0 || value === true,
        );
        expect(found.vertical).toBe(found.naics === null ? "unknown" : verticalOf(found.naics));
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...known), (label) => {
        expect(industryOf({ industry: ` ${label.toUpperCase().replaceAll(" ", "_")} ` }).naics).toBe(
          industryOf({ industry: label }).naics,
        );
      }),
    );
  });
});

const LINKEDIN = join(DATA, "ref-linkedin-industries/industry_codes.json");
describe.skipIf(!existsSync(LINKEDIN))("on LinkedIn's industry labels (BULLSEYE_DATA)", () => {
  it("knows every label", () => {
    const { industries } = JSON.parse(readFileSync(LINKEDIN, "utf8")) as { industries: { label: string }[] };
    expect(industries.length).toBeGreaterThan(400);
    expect(industries.filter(({ label }) => industryOf({ industry: label }).naics === null)).toEqual([]);
  });
});

for (const [file, column] of [
  ["fortune1000/Fortune_1000.csv", "sector"],
  ["pdl-companies-sample/companies_pdl_share20.csv", "industry"],
] as const) {
  describe.skipIf(!existsSync(join(DATA, file)))(`on ${file} (BULLSEYE_DATA)`, () => {
    it("knows every industry", () => {
      const rows = parse(readFileSync(join(DATA, file)), { columns: true, bom: true, relax_column_count: true }) as Record<
        string,
        string
      >[];
      expect(new Set(rows.map((row) => row[column] ?? "").filter((industry) => industryOf({ industry }).naics === null))).toEqual(
        new Set(),
      );
    });
  });
}

const CROSSWALK = join(DATA, "ref-sic-naics/lookup_sic_n17.psv");
describe.skipIf(!existsSync(CROSSWALK))("on the SIC to NAICS crosswalk (BULLSEYE_DATA)", () => {
  it("puts at least 95 % of the crosswalk's lines in their sector", () => {
    let right = 0;
    let all = 0;
    for (const line of readFileSync(CROSSWALK, "utf8").split(/\r?\n/).slice(1)) {
      const [sic = "", , naics = ""] = line.split("|");
      if (sic === "" || naicsSector(naics) === null) continue;
      all++;
      if (sicSector(sic.slice(0, 4)) === naicsSector(naics)) right++;
    }
    expect(all).toBeGreaterThan(10_000);
    expect(right / all).toBeGreaterThan(0.95);
  });
});
