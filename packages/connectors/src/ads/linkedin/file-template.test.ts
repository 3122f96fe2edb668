import type { CompanyMember } from "@bullseye/core/connector";
import { expect, it } from "vitest";
import { companyTemplate } from "./file-template.ts";

const MEMBERS: CompanyMember[] = [
  {
    id: "a1",
    name: 'Müller "Präzision" GmbH, Werk 2',
    domain: "mueller.example",
    emailDomain: "mail.mueller.example",
    linkedinUrl: "https://www.linkedin.com/company/mueller-example",
    ticker: "MUL",
    industry: "Machinery",
    city: "Ulm",
    state: "BW",
    country: "de",
    postalCode: "01234",
  },
  { id: "a2", name: "@Home Holding", domain: "", country: "US" },
  { id: "a3", name: "Second account of Müller", domain: "https://www.mueller.example/en?x=1" },
  { id: "a4", name: "jo@mail.example", domain: "mail.example" },
  { id: "a5", name: " ", domain: "not a host" },
];

it("writes LinkedIn's company list, byte for byte", () => {
  expect([...companyTemplate.parts(MEMBERS)]).toEqual([
    {
      fileName: "linkedin-companies.csv",
      body: [
        "companyname,companywebsite,companyemaildomain,linkedincompanypageurl,stocksymbol,industry,city,state,companycountry,zipcode",
        '"Müller ""Präzision"" GmbH, Werk 2",mueller.example,mail.mueller.example,https://www.linkedin.com/company/mueller-example,MUL,Machinery,Ulm,BW,DE,01234',
        "'@Home Holding,,,,,,,,US,",
        "",
      ].join("\r\n"),
      bytes: 307,
      rows: 2,
      ids: ["a1", "a2", "a3"],
      refused: [
        { id: "a4", reason: "personal-data" },
        { id: "a5", reason: "no-identifier" },
      ],
    },
  ]);
});

it("splits at 300,000 rows", () => {
  function* many() {
    for (let i = 0; i < 300_001; i++) yield { id: `a${i}`, name: "", domain: `c${i}.example` };
  }
  const parts = [...companyTemplate.parts(many())];
  expect(parts.map(({ fileName, rows }) => [fileName, rows])).toEqual([
    ["linkedin-companies-01.csv", 300_000],
    ["linkedin-companies-02.csv", 1],
  ]);
  expect(parts[1]?.body.startsWith("companyname,")).toBe(true);
});

it("splits at 20 MB", () => {
  const name = "x".repeat(1_000_000);
  const members = Array.from({ length: 25 }, (_, i) => ({ id: `a${i}`, name, domain: `c${i}.example` }));
  const parts = [...companyTemplate.parts(members)];
  expect(parts.map(({ rows }) => rows)).toEqual([19, 6]);
  for (const part of parts) expect(part.bytes).toBeLessThanOrEqual(20_000_000);
});
