import { BANDS, type Company } from "./companies.ts";
import { type Cell, type Column, column, type Row, type Value } from "./shape.ts";

/** `1234567` with a mark between thousands. */
export function grouped(value: number, mark: string): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+(?!\d))/g, mark);
}

/** Cents as `1,234.56` or `1.234,56`. */
export function money(cents: number, decimal: "." | ","): string {
  const fraction = String(cents % 100).padStart(2, "0");
  return grouped(Math.trunc(cents / 100), decimal === "." ? "," : ".") + decimal + fraction;
}

/** `12.3M`, `1.2B`, `450K`, and the dollars that this says. */
export function short(dollars: number): { text: string; dollars: number } {
  const [power, mark] = dollars >= 1e9 ? [1e9, "B"] : dollars >= 1e6 ? [1e6, "M"] : [1e3, "K"];
  const tenths = Math.round((dollars / power) * 10);
  return { text: `${tenths / 10}${mark}`, dollars: Math.round((tenths * power) / 10) };
}

/** The band that a head count lies in. */
export function band(employees: number): readonly [number, number | null] {
  return BANDS.find(([, high]) => high === null || employees <= high)!;
}

/** `11 - 50`, `10,001+`, with the word between that the vendor uses. */
export function bandText([low, high]: readonly [number, number | null], between: string): string {
  return high === null ? `${grouped(low, ",")}+` : `${low}${between}${high}`;
}

/** `Employee Range` and its kin: an interval, never a bound as a point (trap 2). */
export function bandColumn(header: string, text: (band: readonly [number, number | null]) => string, rank = 1): Column {
  return column(header, "employees", ({ company }) => text(band(company.employees)), {
    rank,
    value: ({ company }) => band(company.employees),
  });
}

/** `2026-04-03` as `03/04/2026`, `04/03/2026` or `03.04.2026`. */
export function dayText(iso: string, order: "dmy" | "mdy", mark = "/"): string {
  const [year, month, date] = iso.split("-") as [string, string, string];
  return (order === "dmy" ? [date, month, year] : [month, date, year]).join(mark);
}

/** Hosts that name nobody (trap 10). */
const SHARED = ["https://www.facebook.com/", "https://sites.google.com/view/"];

/** A website as people paste it (trap 9); now and then a page on somebody else's host, which is kept and is no key. */
export function website(header: string, rank = 0): Column {
  return column(
    header,
    "website",
    ({ company }, random): Cell => {
      const { domain } = company;
      if (random.chance(0.02)) {
        const text = random.pick(SHARED) + company.page;
        return { text, says: { website: text, domain: undefined } };
      }
      const text = random.pick([
        `https://www.${domain}/en?x=1`,
        domain.toUpperCase(),
        `www.${domain}`,
        `http://${domain}/`,
        `https://${domain}/about-us.html#team`,
      ]);
      return { text, says: { website: text, domain } };
    },
    { rank },
  );
}

/** A domain column: as it is, or in capitals. */
export function domain(header: string, rank = 0): Column {
  return column(header, "domain", ({ company }, random) => (random.chance(0.1) ? company.domain.toUpperCase() : company.domain), {
    rank,
  });
}

/** A LinkedIn company page in one of its spellings. */
export function linkedin(header: string): Column {
  return column(header, "linkedin", ({ company }, random) =>
    random.pick([
      `https://www.linkedin.com/company/${company.page}/`,
      `linkedin.com/company/${company.page}`,
      `http://de.linkedin.com/company/${company.page}?trk=top`,
    ]),
  );
}

/** A phone number as a spreadsheet keeps it (trap 4); now and then its digits are gone (trap 5). */
export function phone(
  header: string,
  field: string | null = "phone",
  of: (row: Row) => string | undefined = ({ company }) => company.phone,
  rank = 0,
): Column {
  return column(
    header,
    field,
    (row, random): Cell | undefined => {
      const number = of(row);
      if (number === undefined) return undefined;
      if (random.chance(0.02)) return { text: "4.41135E+11", says: field === null ? {} : { [field]: undefined } };
      const text = random.chance(0.5) ? `'${number}` : number;
      return { text, says: field === null ? {} : { [field]: number } };
    },
    { rank },
  );
}

/** Country names by language (trap 16). */
const NAMES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  en: {
    US: ["United States", "USA", "US"],
    CA: ["Canada"],
    GB: ["United Kingdom", "UK", "GB"],
    DE: ["Germany"],
    FR: ["France"],
    ES: ["Spain"],
    NL: ["Netherlands"],
  },
  de: {
    US: ["Vereinigte Staaten", "USA"],
    CA: ["Kanada"],
    GB: ["Vereinigtes Königreich", "Großbritannien"],
    DE: ["Deutschland"],
    FR: ["Frankreich"],
    ES: ["Spanien"],
    NL: ["Niederlande"],
  },
  fr: {
    US: ["États-Unis"],
    CA: ["Canada"],
    GB: ["Royaume-Uni"],
    DE: ["Allemagne"],
    FR: ["France"],
    ES: ["Espagne"],
    NL: ["Pays-Bas"],
  },
  es: {
    US: ["Estados Unidos", "EE. UU."],
    CA: ["Canadá"],
    GB: ["Reino Unido"],
    DE: ["Alemania"],
    FR: ["Francia"],
    ES: ["España"],
    NL: ["Países Bajos"],
  },
  nl: {
    US: ["Verenigde Staten"],
    CA: ["Canada"],
    GB: ["Verenigd Koninkrijk"],
    DE: ["Duitsland"],
    FR: ["Frankrijk"],
    ES: ["Spanje"],
    NL: ["Nederland"],
  },
};

/** A country by name, in one language. */
export function country(header: string, language: keyof typeof NAMES = "en", field = "country", rank = 0): Column {
  return column(header, field, ({ company }, random) => random.pick(NAMES[language]![company.country]!), { rank, holes: false });
}

const STATES: Readonly<Record<string, string>> = {
  TX: "Texas",
  MA: "Massachusetts",
  CA: "California",
  MN: "Minnesota",
  ON: "Ontario",
  BC: "British Columbia",
};

/** A state by name or code (trap 16). */
export function state(header: string, rank = 0): Column {
  return column(
    header,
    "state",
    ({ company }, random) =>
      company.state === undefined ? undefined : random.chance(0.5) ? STATES[company.state]! : company.state,
    { rank },
  );
}

/** A postal code; a spreadsheet's apostrophe keeps its zeros (trap 4). */
export function postalCode(header: string, rank = 0): Column {
  return column(
    header,
    "postalCode",
    ({ company }) => (company.postalCode.startsWith("0") ? `'${company.postalCode}` : company.postalCode),
    { rank },
  );
}

/** A column that copies a text of the company. */
export function text(
  header: string,
  field: string,
  options: { rank?: number; holes?: boolean; of?: (company: Company) => string | undefined } = {},
): Column {
  const of = options.of ?? ((company: Company) => company[field as keyof Company] as string | undefined);
  const value = (row: Row): Value | undefined => of(row.company);
  return column(header, field, ({ company }) => of(company), {
    rank: options.rank ?? 0,
    ...(options.holes === undefined ? {} : { holes: options.holes }),
    value,
  });
}

/** A whole number of the company. */
export function count(
  header: string,
  field: string,
  options: { of?: (company: Company) => number; write?: (n: number) => string; rank?: number } = {},
): Column {
  const of = options.of ?? ((company: Company) => company[field as keyof Company] as number);
  return column(
    header,
    field,
    ({ company }, random) => {
      // No employees at all means that nobody knows (trap 11).
      if (field === "employees" && random.chance(0.02)) return { text: "0", says: { employees: undefined } };
      return (options.write ?? String)(of(company));
    },
    { rank: options.rank ?? 0, value: ({ company }) => of(company) },
  );
}

/** Revenue, written by the vendor's habit; says the currency too. */
export function revenue(
  header: string,
  write: (dollars: number) => string | { text: string; dollars: number },
  options: { rank?: number; currency?: string | null; asks?: boolean } = {},
): Column {
  const code = options.currency === undefined ? "USD" : options.currency;
  return column(
    header,
    "revenue",
    ({ company }): Cell => {
      const written = write(company.revenue);
      const { text: cell, dollars } = typeof written === "string" ? { text: written, dollars: company.revenue } : written;
      return { text: cell, says: { revenue: dollars, ...(code === null ? {} : { currency: code }) } };
    },
    { rank: options.rank ?? 0, asks: options.asks ?? false },
  );
}

/** A record id of a system, always there. */
export function sourceId(header: string, system: keyof Company["ids"] | "crm"): Column {
  const of = ({ ids, at }: Company): string => (system === "crm" ? `K-${10_000 + at}` : ids[system]);
  return column(header, "sourceId", ({ company }) => of(company), {
    holes: false,
    value: ({ company }) => `${system}:${of(company)}`,
  });
}

/** A number that lost its last digits now and then (trap 5), else what it was. */
export function duns(header: string): Column {
  return column(header, "registration", ({ company }, random): Cell => {
    if (random.chance(0.05)) return { text: "1.23457E+08", says: { registration: undefined } };
    return { text: company.duns, says: { registration: `duns:${company.duns}` } };
  });
}

/** A list in one cell (trap 14). */
export function items(header: string, field: "technologies" | "keywords", mark: string): Column {
  return column(header, field, ({ company }) => company[field].join(mark));
}
