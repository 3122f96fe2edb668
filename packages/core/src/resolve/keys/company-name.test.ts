import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeCompanyName } from "./company-name.ts";
import { GATED_FORMS, TRAILING_FORMS } from "./legal-forms.ts";

const key = (raw: string, country?: string) => normalizeCompanyName(raw, country)?.key ?? null;

const NAMES: [raw: string, key: string | null, legalForm: string | null][] = [
  ["Acme GmbH & Co. KG", "acme", "gmbh co kg"],
  ["Acme G.m.b.H.", "acme", "gmbh"],
  ["Grupo Acme S.A.B. de C.V.", "grupo acme", "sadecv"],
  ["Acme S.A. de C.V.", "acme", "sadecv"],
  ["Acme Pty Ltd", "acme", "pty ltd"],
  ["Acme B.V.", "acme", "bv"],
  ["B B.V.", "b", "bv"],
  ["Acme S.p.A.", "acme", "spa"],
  ["Bliss Day Spa", "bliss day spa", null],
  ["Acme Sp. z o.o.", "acme", "spzoo"],
  ["Acme sp. z o. o.", "acme", "spzoo"],
  ["A.P. Møller - Mærsk A/S", "ap moller maersk", "as"],
  ["Acme Oyj", "acme", "oyj"],
  ["Acme Kft.", "acme", "kft"],
  ["Acme L.L.C.", "acme", "llc"],
  ["Acme Limited Liability Company", "acme", "llc"],
  ["Acme Motor Sales U.S.A., Inc.", "acme motor sales usa", "inc"],
  ["Acme Motor Sales U S A", "acme motor sales usa", null],
  ["J.P. Acme & Co.", "jp acme", "co"],
  ["A B Electrolux", "ab electrolux", null],
  ["The Limited", "limited", null],
  ["The Company", "company", null],
  ["Company", "company", null],
  ["SA", "sa", null],
  ["Co Ltd", "co", "ltd"],
  ["Coca-Cola Company (The)", "coca cola", "co"],
  ["Johnson &amp; Johnson", "johnson and johnson", null],
  ["Lowe&#8217;s", "lowes", null],
  ["Gómez y Pérez S.L.", "gomez and perez", "sl"],
  ["Weiß und Łódź SE", "weiss and lodz", "se"],
  ["L'Oréal S.A.", "loreal", "sa"],
  ["Acme spol. s r.o.", "acme", "sro"],
  ["Acme d.o.o.", "acme", "doo"],
  ["Acme OÜ", "acme", "ou"],
  ["Acme Ltd. Şti.", "acme", "ltdsti"],
  ["Acme Private Limited", "acme", "ltd"],
  ["Acme Sdn. Bhd.", "acme", "bhd"],
  ["PT Acme Nusantara Tbk", "acme nusantara", "pt tbk"],
  ["ООО «Акме»", "акме", "ооо"],
  ["トヨタ自動車株式会社", "トヨタ自動車", "株式会社"],
  ["㈱日立製作所", "日立製作所", "株式会社"],
  ["华为技术有限公司", "华为技术", "有限公司"],
  ["삼성전자 주식회사", "삼성전자", "주식회사"],
  ["T.H.E. Acme", "acme", null],
  ["e.l.f. Beauty", "elf beauty", null],
  ["3M Co", "3m", "co"],
];

describe("normalizeCompanyName", () => {
  it.each(NAMES)("%j -> key %j, form %j", (raw, expected, legalForm) => {
    expect(normalizeCompanyName(raw)).toMatchObject({ key: expected, legalForm });
  });

  it.each([
    "N/A",
    "-",
    "unknown",
    "Test",
    "none",
    "NULL",
    "#N/A",
    "#REF!",
    "0",
    "00",
    "",
    "  ",
    "???",
    "&",
    "The",
    "Self-Employed",
    "Test Inc.",
  ])("%j is no name", (raw) => {
    expect(normalizeCompanyName(raw)).toBeNull();
  });

  it("strips words that are legal forms in one country only there", () => {
    expect([key("Acme d.d."), key("Acme d.d.", "SI")]).toEqual(["acme dd", "acme"]);
    expect([key("AB Volvo"), key("AB Volvo", "SE")]).toEqual(["ab volvo", "volvo"]);
    expect([key("A.O. Smith"), key("AO Tatneft", "RU")]).toEqual(["ao smith", "tatneft"]);
    expect([key("PT Solutions"), key("PT Solutions", "ID")]).toEqual(["pt solutions", "solutions"]);
  });

  it("strips every trailing form, dotted or spaced, and never the whole name", () => {
    for (const form of TRAILING_FORMS.keys()) {
      if (form === "spa" || form === "sa") continue;
      expect([form, key(`Zyxel ${form}`)]).toEqual([form, "zyxel"]);
      if (/^[a-z]{2,5}$/.test(form)) expect([form, key(`Zyxel ${[...form].join(".")}.`)]).toEqual([form, "zyxel"]);
      expect([form, key(form)]).not.toEqual([form, ""]);
    }
    for (const [form, countries] of GATED_FORMS)
      for (const country of countries) expect([form, key(`Zyxel ${form}`, country)]).toEqual([form, "zyxel"]);
  });

  const words = fc.constantFrom(
    ..."the acme a b s o co company ltd inc sa de cv gmbh kg and & y et u spa day x.y. l.l.c. s.a. p. müller Łódź 3 m (uk) ' - 株式会社 日立 ооо pt ab the. test 0".split(
      " ",
    ),
  );
  const name = fc.oneof(
    fc.array(words, { maxLength: 8 }).map((parts) => parts.join(" ")),
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.string({ unit: "binary" }),
  );
  const country = fc.constantFrom(undefined, "SE", "RU", "ID", "SI", "US");

  it("is idempotent", () => {
    fc.assert(
      fc.property(name, country, (raw, where) => {
        const once = key(raw, where);
        if (once !== null) expect(key(once, where)).toBe(once);
      }),
      { numRuns: 2_000, examples: [["\u{1eef0}㈱", undefined]] },
    );
  });

  it("does not see case, surrounding space or doubled spaces", () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), country, (parts, where) => {
        const plain = parts.join(" ");
        expect(key(plain.toUpperCase(), where)).toBe(key(plain.toLowerCase(), where));
        expect(key(` ${parts.join("  ")}\t`, where)).toBe(key(plain, where));
      }),
      { numRuns: 500 },
    );
  });

  it("answers the same whatever was asked before", () => {
    const asked = NAMES.map(([raw]) => JSON.stringify(normalizeCompanyName(raw)));
    const again = NAMES.map(([raw]) => raw)
      .reverse()
      .map((raw) => JSON.stringify(normalizeCompanyName(raw)))
      .reverse();
    expect(again).toEqual(asked);
  });
});
