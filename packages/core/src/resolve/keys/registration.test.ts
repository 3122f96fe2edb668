import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RegistrationKind, registrationKey } from "./registration.ts";

const CASES: [raw: string, country: string | undefined, kind: RegistrationKind | undefined, key: string | null][] = [
  ["DE 123 456 789", undefined, "vat", "vat:DE123456789"],
  ["VAT No. DE123456789", undefined, "vat", "vat:DE123456789"],
  ["123456789", "DE", "vat", "vat:DE123456789"],
  ["GR123456789", undefined, "vat", "vat:EL123456789"],
  ["123456789", "GR", "vat", "vat:EL123456789"],
  ["BE0403.019.261", undefined, "vat", "vat:BE0403019261"],
  ["BE403019261", undefined, "vat", "vat:BE0403019261"],
  ["NL123456789B01", undefined, undefined, "vat:NL123456789B01"],
  ["CHE-123.456.789 MWST", undefined, "vat", "vat:CHE123456789"],
  ["NO 923 609 016 MVA", undefined, "vat", "vat:NO923609016"],
  ["DE12345678", undefined, "vat", null],
  ["XX123456789", undefined, "vat", null],
  ["HWUPKR0MPOU8FGXBT394", undefined, undefined, "lei:HWUPKR0MPOU8FGXBT394"],
  ["hwupkr0mpou8fgxbt394", undefined, "lei", "lei:HWUPKR0MPOU8FGXBT394"],
  ["HWUPKR0MPOU8FGXBT395", undefined, "lei", null],
  ["12-345-6789", undefined, "duns", "duns:123456789"],
  ["1234567", undefined, "duns", "duns:001234567"],
  ["1234567890", undefined, "duns", null],
  ["000000000", undefined, "duns", null],
  ["1.23457E+11", undefined, "duns", null],
  ["1,23457E+11", "GB", "company-number", null],
  ["1234567", "GB", "company-number", "co:GB:01234567"],
  ["'01234567", "GB", "company-number", "co:GB:01234567"],
  ["sc 12345", "GB", "company-number", "co:GB:SC012345"],
  ["XX123456", "GB", "company-number", null],
  ["1234567", undefined, "company-number", null],
  ["Amtsgericht München HRB 1234", "DE", "company-number", "co:DE:MÜNCHEN:HRB1234"],
  ["HRB 1234, München", "DE", "company-number", "co:DE:MÜNCHEN:HRB1234"],
  ["HRB 12345 B, Amtsgericht Charlottenburg", "DE", "company-number", "co:DE:CHARLOTTENBURG:HRB12345B"],
  ["H.R.B. 123 Köln", "DE", "company-number", "co:DE:KÖLN:HRB123"],
  ["HRB 1234", "DE", "company-number", null],
  ["552 100 554", "FR", "company-number", "co:FR:552100554"],
  ["556016-0680", "SE", "company-number", "co:SE:5560160680"],
  ["n/a", "FR", "company-number", null],
  ["", undefined, undefined, null],
  ["123456789", undefined, undefined, null],
];

describe("registrationKey", () => {
  it.each(CASES)("%j in %j as %j -> %j", (raw, country, kind, key) => {
    expect(registrationKey(raw, country, kind)).toBe(key);
  });

  it("does not see case, spaces or dots", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CASES.filter(([, , kind]) => kind === "vat" || kind === "lei" || kind === "duns")),
        fc.nat(30),
        ([raw, country, kind, key], at) => {
          const spaced = `${raw.slice(0, at)} ${raw.slice(at)}`;
          expect(registrationKey(` ${spaced.toLowerCase()} `, country, kind)).toBe(key);
        },
      ),
    );
  });

  it("finds a wrong digit and a wrong letter in a LEI", () => {
    const lei = "HWUPKR0MPOU8FGXBT394";
    fc.assert(
      fc.property(fc.nat(19), fc.nat(25), (at, shift) => {
        const isDigit = /\d/.test(lei[at] ?? "");
        const alphabet = isDigit ? "0123456789" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        const changed = lei.slice(0, at) + alphabet[shift % alphabet.length] + lei.slice(at + 1);
        expect(registrationKey(changed, undefined, "lei")).toBe(changed === lei ? `lei:${lei}` : null);
      }),
    );
  });
});
