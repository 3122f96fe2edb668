import type { CompanyMember } from "@bullseye/core/connector";
import { defineFileTemplate } from "../../csv-template.ts";
import { memberKey, refuse, toRow } from "./convert.ts";
import manifest from "./manifest.json" with { type: "json" };

/** LinkedIn's company list upload. */
export const companyTemplate = defineFileTemplate<CompanyMember>({
  fileName: "linkedin-companies.csv",
  header: [
    "companyname",
    "companywebsite",
    "companyemaildomain",
    "linkedincompanypageurl",
    "stocksymbol",
    "industry",
    "city",
    "state",
    "companycountry",
    "zipcode",
  ],
  row: toRow,
  limits: {
    maxRows: manifest.limits.fileMaxRows,
    maxBytes: manifest.limits.fileMaxBytes,
    source: "LinkedIn help, list upload: 300,000 records and 20 MB (stated for contact lists, kept for company lists)",
  },
  memberKey,
  refuse,
});
