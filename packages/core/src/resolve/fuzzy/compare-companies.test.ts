import { describe, expect, it } from "vitest";
import { companyOf, compareCompanies, type FuzzyRecord } from "./compare-companies.ts";
import { FUZZY_OPTIONS } from "./options.ts";
import { Vocabulary } from "./vocabulary.ts";

const context = { vocabulary: new Vocabulary([]), options: FUZZY_OPTIONS, level: "company" as const };
const compare = (a: FuzzyRecord, b: FuzzyRecord) => compareCompanies(companyOf(a)!, companyOf(b)!, context);

/** Public names, labelled by hand from lists of listed and large companies. */
const SAME = `
Cisco | Cisco Systems, Inc.
Goldman Sachs | The Goldman Sachs Group
Exxon Mobil | ExxonMobil
Super Micro Computer | Supermicro
Hewlett Packard | hewlett-packard company
Eli Lilly | Lilly (Eli)
Amazon | Amazon.com, Inc.
Alphabet Inc. (Class A) | Alphabet
Travelers Cos. | Travelers Companies (The)
Laboratory Corp. of America (Labcorp) | LabCorp
Advanced Micro Devices (AMD) | Advanced Micro Devices
Molson Coors Beverage | molson coors
C.H. Robinson Worldwide | C.H. Robinson
J.B. Hunt Transport Services | JB Hunt
Seagate Technology | Seagate Technology Holdings PLC
Zimmer Biomet Holdings | Zimmer Biomet
Mettler-Toledo International | Mettler Toledo
Interpublic Group | Interpublic Group of Companies (The)
Brown & Brown | brown & brown insurance
O&#8217;Reilly Automotive | O'Reilly Automotive
Sempra Energy | Sempra
rodan and fields dermatologists | rodan+fields dermatologists
Uber Technologies | Uber
Kühne + Nagel | Kuehne & Nagel International AG
Compania Minera Antamina S.A. | Compañía Minera Antamina
Norfolk Southern | Norfolk Southern Railway
Marsh & McLennan | Marsh McLennan Companies, Inc.
Matanga B.V. | Matanga Advies B.V.
Bank of New York Mellon | BNY Mellon
Zelmar Foods - Berlin | Zelmar Foods Berlin
Rosner Zelmar Versicherungen AG | Roesner Zelmar Insurance
Zelmar Tandor Maschinenbau Gesellschaft mit beschränkter Haftung | ZELMAR TANDOR MACHINERY GMBH
ZelmarTandor Logistik | Zelmar Tändor Logistics
Zelmar Harbor Food Wholesalers | ZELMAR HARBOR FOOD WHOLES
Gorczany, Davis andHamill | Gorczany, Davis and Hamill
Hlebnikov Trading | Khlebnikov Trading
`;
const OTHERS = `
General Electric | General Motors
American Airlines | American Express
Delta Air Lines | Delta Dental
First Bancorp | First Internet Bancorp
Crown Castle | Crown Holdings
Keed Group B.V. | Condoor Group B.V.
Kamali B.V. | Bokali B.V.
Artius II Acquisition Inc. | Artius III Acquisition Inc.
University of Michigan | University of Missouri
Bank of America | Bank of Hawaii
Johnson & Johnson | Johnson Controls
Morgan Stanley | JPMorgan Chase
Tata Steel | Tata Motors
Texas Instruments | Texas Roadhouse
Liberty Mutual | Liberty Media
Aclaris Therapeutics, Inc. | Kalaris Therapeutics, Inc.
Inovio Pharmaceuticals, Inc. | Ionis Pharmaceuticals, Inc.
Zelmar Tandor Windpark I GmbH | Zelmar Tandor Windpark II GmbH
Zelmar Versicherungen AG | Zelmar Brauerei AG
BCB Bancorp, Inc. | ECB Bancorp, Inc.
Walmart #1234 | Walmart #99
Visa | Vistra
Georgia State University | State of Georgia
Regis Corporation | Regis University
UPS | UPS Capital
Coty Inc. | Coty Capital Ltd
FMC Corporation | FMC Technologies
Zelmar (UK) | Zelmar (France)
Delta Air Lines | Delta Electronics
Siemens AG | Siemens Mobility GmbH
`;
const pairs = (text: string): string[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(" | "));

describe("compareCompanies", () => {
  it.each(pairs(SAME))("takes %s and %s for one", (a, b) => {
    expect(compare({ name: a! }, { name: b! })).toMatchObject({ verdict: "same" });
  });

  it.each(pairs(OTHERS))("takes %s and %s for two", (a, b) => {
    expect(compare({ name: a! }, { name: b! }).verdict).not.toBe("same");
  });

  it("is symmetric", () => {
    for (const [a, b] of [...pairs(SAME), ...pairs(OTHERS)])
      expect(compare({ name: a! }, { name: b! }).confidence).toBe(compare({ name: b! }, { name: a! }).confidence);
  });

  it.each([
    [{ domain: "acme.example" }, { domain: "acme-pumps.example" }, "another domain"],
    [{ country: "DE" }, { country: "AT" }, "another country"],
    [{ registration: "vat:DE1" }, { registration: "vat:DE2" }, "another registration number"],
  ])("keeps namesakes apart by %o against %o", (a, b, conflict) => {
    expect(compare({ name: "Acme Pumps", ...a }, { name: "Acme Pumps", ...b })).toMatchObject({
      confidence: 0,
      verdict: "new",
      conflict,
    });
  });

  it("lets two places of one name have two websites, and branches share their mother's", () => {
    const places = { ...context, level: "site" as const };
    const [one, same, branch] = [
      { name: "Harbor Kids Temple", street: "1 N Ogden Ave", domain: "harborkids.example" },
      { name: "Harbor Kids - Temple", street: "1 North Ogden", domain: "temple.example" },
      { name: "Harbor Kids - West", street: "99 S Oak St", domain: "harborkids.example" },
    ].map((record) => companyOf(record)!);
    expect(compareCompanies(one!, same!, places)).toMatchObject({ verdict: "same", conflict: null });
    expect(compareCompanies(one!, branch!, places).verdict).toBe("new");
  });

  it("asks for more than a name where another postcode or telephone is all that is known of a place", () => {
    const places = { ...context, level: "site" as const };
    const at = (more: Partial<FuzzyRecord>) => companyOf({ name: "Morbach Learning Center", ...more })!;
    const verdict = (a: Partial<FuzzyRecord>, b: Partial<FuzzyRecord>) => compareCompanies(at(a), at(b), places).verdict;
    expect(verdict({ postalCode: "60607" }, { street: "1 Elm St", postalCode: "60644" })).not.toBe("same");
    expect(verdict({ phone: "3122262649" }, { street: "1 Elm St", phone: "7734440000" })).not.toBe("same");
    expect(verdict({ street: "1 Elm Street", phone: "3122262649" }, { street: "1 Elm St", phone: "7734440000" })).toBe("same");
    expect(verdict({ phone: "3122262649" }, { street: "1 Elm St", phone: "226-2649" })).toBe("same");
  });

  it("believes a registration number over a domain", () => {
    const one = { name: "Acme Pumps", registration: "vat:DE1" };
    expect(compare({ ...one, domain: "acme.example" }, { ...one, domain: "acme.test" }).verdict).toBe("same");
  });

  it("says why in words, the weightiest first", () => {
    const { reasons } = compare({ name: "Delta Air Lines" }, { name: "Delta Dental" });
    expect(reasons[0]).toContain('"dental"');
  });
});
