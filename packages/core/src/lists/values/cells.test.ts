import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDate, parseYear, voteDateFormat } from "./date.ts";
import { parseConsent, parseFlag, parseOptOut } from "./flag.ts";
import { isPrecisionLost, parseCode, parseEmail, parseIdentifier, parsePhone } from "./identifier.ts";
import { parseItems } from "./items.ts";
import { isMissing } from "./missing.ts";
import { parseCountRange, parseMoneyRange } from "./range.ts";

const dot = { decimal: "." } as const;

describe("isMissing (trap 11)", () => {
  it.each(["", "-", "N/A", "n/a", "None", "null", "NULL", "#N/A", "Unknown", "nan", "NaN", "—", "\\N", "(blank)"])(
    "%j is missing",
    (raw) => expect(isMissing(raw)).toBe(true),
  );
  it.each(["0", "Nonesuch", "Null Industries", "Unknown Worlds", "Acme", "-5", "NAB"])("%j is a value", (raw) =>
    expect(isMissing(raw)).toBe(false),
  );
});

describe("parseCountRange (trap 2)", () => {
  it.each([
    ["11 - 50", [11, 50]],
    ["51-200", [51, 200]],
    ["10,001+", [10001, null]],
    ["10001+", [10001, null]],
    ["Employees.51to200", [51, 200]],
    ["<10", [null, 9]],
    ["> 500", [501, null]],
    [">=500", [500, null]],
    ["1 to 10", [1, 10]],
    ["10K-50K", [10000, 50000]],
    ["10-50K", [10000, 50000]],
    ["1,001 – 5,000 employees", [1001, 5000]],
    ["5,001-10,000", [5001, 10000]],
    ["501-1000", [501, 1000]],
    ["up to 50", [null, 50]],
    ["1000 or more", [1000, null]],
    ["5-5", 5],
    ["2822", 2822],
    ["2,822 employees", 2822],
    ["190771.0", 190771],
  ])("%s", (raw, value) => expect(parseCountRange(raw, dot)).toEqual(value));
  it.each(["0", "-5", "12.5", "Nov-50", "10-Jan", "50-11", "many", "self"])("%s is no head count", (raw) =>
    expect(parseCountRange(raw, dot)).toBeUndefined(),
  );

  it("keeps every range an interval", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99999 }),
        fc.integer({ min: 1, max: 99999 }),
        fc.constantFrom("-", " - ", "–", " to ", "to", ".."),
        (low, extra, mark) => {
          expect(parseCountRange(`${low}${mark}${low + extra}`, dot)).toEqual([low, low + extra]);
        },
      ),
    );
  });
});

describe("parseMoneyRange", () => {
  it.each([
    ["$10M - $50M", [10e6, 50e6]],
    ["$1-5M", [1e6, 5e6]],
    ["500M-1B", [500e6, 1e9]],
    ["$10 mil. - $25 mil.", [10e6, 25e6]],
    ["Over $5 bil.", [5e9, null]],
    [">$1B", [1e9, null]],
    ["under $1M", [null, 1e6]],
    ["1100.04", 1100],
    ["12500", 12500],
  ])("%s", (raw, value) => expect(parseMoneyRange(raw, dot)).toEqual(value));
});

describe("identifiers", () => {
  it("removes the spreadsheet's apostrophe and keeps zeros (trap 4)", () => {
    expect(parseIdentifier("'01234")).toBe("01234");
    expect(parsePhone("'+44 20 7946 0958")).toBe("+44 20 7946 0958");
    expect(parseIdentifier("007")).toBe("007");
  });
  it("refuses what lost its digits (trap 5)", () => {
    for (const raw of ["1.23457E+11", "1E+15", "1,23457E+11"]) {
      expect(parseIdentifier(raw)).toBeUndefined();
      expect(parsePhone(raw)).toBeUndefined();
      expect(isPrecisionLost(raw)).toBe(true);
    }
    expect(parseIdentifier("1E5")).toBe("1E5");
    expect(parseIdentifier("12E4567")).toBe("12E4567");
  });
  it("takes back what a float made of an id", () => {
    expect(parseIdentifier("13085.0")).toBe("13085");
    expect(parseIdentifier("13085.50")).toBe("13085.50");
    expect(parseIdentifier("1.0.0")).toBe("1.0.0");
  });
  it("reads addresses and codes", () => {
    expect(parseEmail(" Kim <Kim.Doe@Example.COM> ")).toBe("kim.doe@example.com");
    expect(parseEmail("mailto:kim@example.com")).toBe("kim@example.com");
    for (const raw of ["kim@", "kim", "@example.com", "a b@example.com", "kim@example"]) expect(parseEmail(raw)).toBeUndefined();
    expect(parseCode("54 | Professional services")).toBe("54");
    expect(parseCode("541511.0")).toBe("541511");
  });

  it("reads an address by its definition, however plain it is", () => {
    const near = fc.stringMatching(/^[a-zA-Z0-9._+ é-]{0,66}@[a-zA-Z0-9.é-]{0,70}\.[a-z0-9.é-]{0,65}$/);
    fc.assert(
      fc.property(fc.oneof(near, fc.emailAddress()), (raw) => {
        fc.pre(!/[<']|mailto:/i.test(raw));
        const text = raw.trim().normalize("NFC").toLowerCase();
        const is = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,253}\.[^\s@<>,;:"()[\]\\.]{2,63}$/u.test(text);
        expect(parseEmail(raw)).toBe(is ? text : undefined);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("dates (trap 6)", () => {
  const dmy = { order: "dmy" } as const;
  const mdy = { order: "mdy" } as const;
  const undecided = { order: "undecided" } as const;
  it.each([
    ["2016-10-20", "2016-10-20"],
    ["2016-10-20 00:00:00.000", "2016-10-20"],
    ["2016-10-20T23:30:00Z", "2016-10-20"],
    ["2024-01-05 23:30:00 -0500", "2024-01-06"],
    ["2024-01-05T00:30:00+01:00", "2024-01-04"],
    ["20.10.2016", "2016-10-20"],
    ["1.2.16", "2016-02-01"],
    ["20161020", "2016-10-20"],
    ["2016/10/20", "2016-10-20"],
    ["Oct 20, 2016", "2016-10-20"],
    ["20 October 2016", "2016-10-20"],
    ["20-Oct-16", "2016-10-20"],
    ["20. Oktober 2016", "2016-10-20"],
    ["1er janvier 2020", "2020-01-01"],
    ["Tuesday, March 3, 2020", "2020-03-03"],
    ["October 20, 2016 10:00 AM", "2016-10-20"],
    ["25/03/2026", "2026-03-25"],
    ["03/25/2026", "2026-03-25"],
    ["04/04/2026", "2026-04-04"],
  ])("%s reads one way", (raw, day) => expect(parseDate(raw, undecided)).toBe(day));
  it("reads 03/04/2026 only by the column's vote", () => {
    expect(parseDate("03/04/2026", dmy)).toBe("2026-04-03");
    expect(parseDate("03/04/2026", mdy)).toBe("2026-03-04");
    expect(parseDate("03/04/2026", undecided)).toBeUndefined();
    expect(parseDate("12/1/10 8:26", mdy)).toBe("2010-12-01");
  });
  it.each(["2016-13-01", "2015-02-29", "1476921600", "2016", "soon", "42663", "00/00/0000", "2016-10-20 soon"])(
    "%s is no date",
    (raw) => expect(parseDate(raw, dmy)).toBeUndefined(),
  );
  it("does not bend a cell that contradicts the column", () => expect(parseDate("03/25/2026", dmy)).toBeUndefined());
  it("reads spreadsheet days only where the column is made of them", () => {
    const plan = voteDateFormat(["42663", "42664"], undefined);
    expect(parseDate("42663", plan)).toBe("2016-10-20");
    expect(voteDateFormat(["42663", "2016-10-20"], undefined).serial).toBeUndefined();
  });
  it("votes", () => {
    expect(voteDateFormat(["03/04/2026", "25/04/2026"], undefined)).toEqual({ order: "dmy", review: null });
    expect(voteDateFormat(["03/04/2026", "04/25/2026"], undefined)).toEqual({ order: "mdy", review: null });
    expect(voteDateFormat(["03/04/2026"], undefined)).toMatchObject({ order: "undecided", review: expect.any(String) });
    expect(voteDateFormat(["03/04/2026"], "US")).toMatchObject({ order: "mdy", review: expect.any(String) });
    expect(voteDateFormat(["25/04/2026", "04/25/2026"], undefined)).toMatchObject({
      order: "undecided",
      review: expect.any(String),
    });
  });
  it("finds founding years", () => {
    expect(["1996", "1996.0", "2013 (1888)", "14/03/2008", "1888/2001", "n.d.", "42"].map(parseYear)).toEqual([
      1996,
      1996,
      2013,
      2008,
      1888,
      undefined,
      undefined,
    ]);
  });
  it("round-trips every day", () => {
    const noonOf = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(noonOf, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, day] = iso.split("-") as [string, string, string];
        expect(parseDate(iso, undecided)).toBe(iso);
        expect(parseDate(`${day}/${month}/${year}`, dmy)).toBe(iso);
        expect(parseDate(`${month}/${day}/${year}`, Number(day) > 12 ? undecided : mdy)).toBe(iso);
      }),
    );
  });
});

describe("flags, consent, lists", () => {
  it("reads yes and no", () => {
    expect(["yes", "TRUE", "1", "ja", "no", "0", "false", "maybe"].map(parseFlag)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      undefined,
    ]);
  });
  it("reads consent and opt-out words", () => {
    expect(["granted", "Opted out", "subscribed", "UNSUBSCRIBED", "yes", "no", "?"].map(parseConsent)).toEqual([
      "granted",
      "denied",
      "granted",
      "denied",
      "granted",
      "denied",
      undefined,
    ]);
    expect(["true", "Opted Out", "2024-01-01", "subscribed", "no"].map(parseOptOut)).toEqual([true, true, true, false, false]);
  });
  it("reads multi-selects (trap 14)", () => {
    expect(parseItems("a;b; c ;a;N/A")).toEqual(["a", "b", "c"]);
    expect(parseItems("Salesforce, HubSpot")).toEqual(["Salesforce", "HubSpot"]);
    expect(parseItems("AWS, EC2; GCP")).toEqual(["AWS, EC2", "GCP"]);
    expect(parseItems("-")).toBeUndefined();
  });
});

describe("words in five languages", () => {
  it.each(["k.A.", "nicht verfügbar", "non renseigné", "(vide)", "sin datos", "s/d", "n.v.t.", "Niet bekend"])(
    "%s says nothing",
    (word) => {
      expect(isMissing(word)).toBe(true);
    },
  );
  it.each<[string, "granted" | "denied"]>([
    ["Einwilligung erteilt", "granted"],
    ["nicht erteilt", "denied"],
    ["Oui", "granted"],
    ["Désabonné", "denied"],
    ["aceptado", "granted"],
    ["dado de baja", "denied"],
    ["ingetrokken", "denied"],
    ["akkoord", "granted"],
  ])("consent %s is %s", (word, consent) => expect(parseConsent(word)).toBe(consent));
  it.each<[string, boolean]>([
    ["abgemeldet", true],
    ["désinscrit", true],
    ["suscrito", false],
    ["nee", false],
  ])("opt-out %s is %s", (word, out) => expect(parseOptOut(word)).toBe(out));
});
