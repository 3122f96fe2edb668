import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { kindOf } from "./cell-kind.ts";
import { type Dialect, detectDialect } from "./dialect.ts";
import { READING_LIMITS } from "./limits.ts";

function detect(content: string | Uint8Array, cut?: number): Dialect {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return detectDialect({ head: bytes.subarray(0, cut), tail: bytes.subarray(-64), size: bytes.length });
}

const lines = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i)).join("\n");

/** The Windows-1251 byte of a character. */
const cyrillic = (c: string): number => (c >= "А" && c <= "я" ? c.charCodeAt(0) - 0x410 + 0xc0 : c.charCodeAt(0));

describe("encoding", () => {
  it.each<[string, Buffer, Partial<Dialect>]>([
    ["plain ASCII", Buffer.from("a,b\n1,2\n"), { encoding: "utf-8", bomBytes: 0 }],
    ["UTF-8 with a mark", Buffer.from("\uFEFFa,b\n1,2\n"), { encoding: "utf-8", bomBytes: 3 }],
    ["UTF-16 with a mark", Buffer.from("\uFEFFa,b\n1,2\n", "utf16le"), { encoding: "utf-16le", bomBytes: 2 }],
    ["big-endian UTF-16 with a mark", Buffer.from("\uFEFFa,b\n1,2\n", "utf16le").swap16(), { encoding: "utf-16be", bomBytes: 2 }],
    ["UTF-16 without a mark", Buffer.from("name,city\nZürich,日本\n", "utf16le"), { encoding: "utf-16le", bomBytes: 0 }],
    [
      "big-endian UTF-16 without a mark",
      Buffer.from("name,city\nAcme,Bern\n", "utf16le").swap16(),
      { encoding: "utf-16be", bomBytes: 0 },
    ],
    ["Windows-1252", Buffer.from("id,name\n1,caf\xe9", "latin1"), { encoding: "windows-1252", bomBytes: 0 }],
    [
      "mostly UTF-8 with one broken byte",
      Buffer.concat([Buffer.from("id,name\n1,Zürich\n2,Genève\n3,"), Buffer.from([0xe9, 10])]),
      { encoding: "utf-8" },
    ],
  ])("%s", (_name, bytes, expected) => {
    expect(detect(bytes)).toMatchObject({ ...expected, delimiter: "," });
  });

  it.each<[string, string, string]>([
    ["windows-1251", "название,город\nРога и копыта,Москва\nНовый завод,Санкт-Петербург\n", "cp1251"],
    ["shift_jis", "", "93fa967b8cea82cc83658358836782c582b72c89ef8ed0968c0a8a948eae89ef8ed082a082a882bc82e72c938c8b9e0a"],
    [
      "gb18030",
      "",
      "b9abcbbec3fbb3c62cb5d8d6b70ab1b1beacd3d0cfdeb9abcbbe2cb1b1beaccad0b3afd1f4c7f80ac9cfbaa3d3d0cfdeb9abcbbe2cc9cfbaa3cad0c6d6b6abc7f80a",
    ],
  ])("%s", (encoding, text, hex) => {
    const bytes = text === "" ? Buffer.from(hex, "hex") : Buffer.from(Array.from(text, cyrillic));
    expect(detect(bytes).encoding).toBe(encoding);
  });

  it.each<[string, string]>([
    [
      "windows-1250",
      "Dvo\xf8\xe1k;Plze\xf2;\xc8esk\xe9 Bud\xecjovice;P\xf8\xedbram;\x8a\x9dastn\xfd;\x9elu\x9dou\xe8k\xfd k\xf9\xf2;r\xf9\x9ee;k\xf9\xf2\n",
    ],
    ["iso-8859-2", "\xa3\xf3d\xbc;Cz\xeastochowa;\xa6l\xb1sk;Wa\xb3brzych;K\xeaty;\xafory\n"],
    ["windows-1254", "\xddstanbul;Be\xfeikta\xfe;I\xf0d\xfdr;\xc7al\xfd\xfe;Mu\xf0la;G\xf6k\xe7e;\xdcsk\xfcdar\n"],
    ["macintosh", "\x83cole \x8el\x8ementaire;Rh\x99ne;c\x99t\x8e;fa\x8dade;coll\x8fge\n"],
  ])("%s, by the letters of one language", (encoding, line) => {
    expect(detect(Buffer.from(`a;b\n${line.repeat(6)}`, "latin1")).encoding).toBe(encoding);
  });

  it("takes firms from everywhere for what they are", () => {
    const text = "Ørsted A/S;Nestlé SA\nCrédit Agricole;Hermès\nMünchener Rück;Société Générale\nØrsted;Señor Ltd\n";
    expect(detect(Buffer.from(`name;parent\n${text}`, "latin1")).encoding).toBe("windows-1252");
  });

  it.each([
    "name,ville\nSociété générale,Besançon\nCafé Zoë,Genève\nÎle-de-France,Orléans\nÉcole,Évry\n",
    "Größe;Straße\nÄÖÜ äöü ß;Übergrößenträger\nFüße;Öl\nKönigsstraße;Bäckerei\nMünchen;Köln\n",
    "ÅÄÖ;ÆØÅ\nÖÅÄ ÄÄÖ;ÆØÅØÆ\n",
  ])("Latin text stays Windows-1252: %j", (text) => {
    expect(detect(Buffer.from(text.repeat(3), "latin1")).encoding).toBe("windows-1252");
  });

  it("leaves out byte order marks that a file got twice, also misread ones", () => {
    for (const marks of ["\uFEFF\uFEFF", "ï»¿", "\uFEFFï»¿"])
      expect(detect(`${marks}"a,b",c\n1,2\n`)).toMatchObject({ bomBytes: Buffer.byteLength(marks), encoding: "utf-8" });
  });

  it("takes a head cut inside a character for UTF-8", () => {
    const bytes = Buffer.from("id,name\n1,語語\n2,x\n");
    for (let cut = 10; cut < 17; cut++) expect(detect(bytes, cut).encoding).toBe("utf-8");
  });

  it("sees Windows-1252 that only the tail shows", () => {
    const bytes = Buffer.concat([Buffer.from(`id,name\n${lines(50, (i) => `${i},x`)}\n`), Buffer.from("51,caf\xe9\n", "latin1")]);
    expect(detect(bytes, 100).encoding).toBe("windows-1252");
  });
});

describe("delimiter, quote and escape", () => {
  it.each<[string, string, Partial<Dialect>]>([
    ["semicolons with decimal commas", "a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", { delimiter: ";" }],
    ["pipes with commas in prose", "sic|name\n1|PLANING MILL, MILLWORK\n2|RODS, HARD\n", { delimiter: "|" }],
    ["tabs with addresses", "name\taddress\nAcme\tMain St 1, Bern\nBeta\tHigh St 2, Bath\n", { delimiter: "\t" }],
    ["commas with lists in cells", "id,tags\n1,a;b;c\n2,d;e;f\n3,g;h\n", { delimiter: "," }],
    ["commas with quoted lists of semicolons", 'id,tags\n1,"a;b;c"\n2,"d;e;f"\n', { delimiter: "," }],
    ["one row", "a;b;c", { delimiter: ";" }],
    ["ragged rows", "id,name,age\n1101,John\n1102,Julie,26,Potatoes\n", { delimiter: "," }],
    [
      "semicolons below prose",
      "Report, made for you, and others\nAs of today, no more\n\nname;employees\nAcme;5\nBeta;6\nGamma;7\n",
      { delimiter: ";" },
    ],
    ["a column of names with commas", "company\nAcme, Inc.\nBeta, LLC\nGamma, Ltd\n", { delimiter: "" }],
    ["a column of decimals", "amount\n1,5\n2,25\n3,75\n", { delimiter: "" }],
    ["a column without any delimiter", "domain\nacme.example\nbeta.example\n", { delimiter: "," }],
    ["a column of quoted names", 'company\n"Acme, Inc."\n"Beta, LLC"\n', { delimiter: ",", quote: '"' }],
    ["spaces before quotes", 'a, b, c\n1, "6,000,000", x\n2, "5,000", y\n', { delimiter: ",", skipSpace: true }],
    ["single quotes", "'id','name'\n'1','Acme, Inc.'\n'2','O''Neil, Ltd'\n", { delimiter: ",", quote: "'" }],
    ["leading apostrophes are no quotes", "name,phone\nAcme,'+4412345\nBeta,'0123\n", { quote: '"' }],
    ["backslash escapes", 'id,say\n1,"he said \\"hi\\" there"\n2,"x"\n', { escape: "backslash" }],
    ["JSON in doubled quotes", 'id,json\n1,"{""a"": ""b\\""c""}"\n2,"{""a"": ""d""}"\n', { escape: "double" }],
    ["paths that end with a backslash", 'id,path\n1,"C:\\dir\\"\n2,"D:\\x\\"\n', { escape: "double" }],
    ["inches that open cells", `id\tsize\n${lines(6, (i) => `${i}\t"${i} inch`)}\n`, { delimiter: "\t", quote: null }],
    [
      "JSON in doubled quotes, with commas",
      `id,json,at\n${lines(9, (i) => `${i},"{""a"":${i},""b"":[1,""x""]}",2020-01-0${i + 1}`)}\n`,
      { delimiter: ",", quote: '"' },
    ],
    ["JSON between tabs", `id\tjson\n${lines(9, (i) => `${i}\t{"a":${i},"b":[1,"x"]}`)}\n`, { delimiter: "\t" }],
    ["two bars", `a||b||c\n${lines(9, (i) => `A|${i}||x, ${i}||${i}`)}\n`, { delimiter: "||" }],
    ["empty cells between bars", `a||b|c\n${lines(9, (i) => `${i}||x|${i}`)}\n`, { delimiter: "|" }],
    ["values that end in a mark", `a|b|c\n${lines(9, (i) => `${i}%|${i}%|${i}`)}\n`, { delimiter: "|" }],
    ["two colons", `${lines(9, (i) => `${i}::${i * 7}::5`)}\n`, { delimiter: "::" }],
    ["tildes as quotes", `${lines(9, (i) => `~0${i}~^~X, ${i}~^${i}`)}\n`, { delimiter: "^", quote: "~" }],
    ["comments full of commas", `${lines(40, (i) => `# ${i}, and, so, on; ${i}`)}\na\tb\n1\t2\n`, { delimiter: "\t" }],
    ["quoted names with commas, one a line", `${lines(9, (i) => `"Doe ${i}, John"`)}\n`, { delimiter: "," }],
    ["a separator line in quotes", '"sep=;"\na;b\n1,5;2\n', { delimiter: ";" }],
    ["a separator line of two characters", "sep=||\na||b\n1||2\n", { delimiter: "||" }],
    ["line breaks in quotes", 'name;note\nAcme;"a, b,\nc, d"\nBeta;"e, f"\n', { delimiter: ";" }],
  ])("%s", (_name, text, expected) => {
    expect(detect(text)).toMatchObject(expected);
  });
});

describe("header", () => {
  it.each<[string, string, [number, number, number]]>([
    ["names over values", "id,name\n1,Acme\n2,Beta\n", [1, 1, 0]],
    ["only a header", "email,firstname,lastname\n", [1, 1, 0]],
    ["text over text", "first,last,city\nJane,Roe,Bern\n", [1, 1, 0]],
    ["empty header cells", "id,,age\n1101,John,30\n1102,Julie,26\n", [1, 1, 0]],
    ["years as names", "Company,2021,2022,2023\nAcme,15,20,25\nBeta,1,2,3\n", [1, 1, 0]],
    ["repeated names", "email,email,phone\na@example.com,b@example.com,123\n", [1, 1, 0]],
    [
      "title, note and blank lines above",
      "Accounts 2024,,\n,,\n\nname,website,employees\nAcme,acme.example,10\nBeta,beta.example,20\n",
      [4, 1, 3],
    ],
    ["unpadded title with a comma", "# Hey, all of it\nid,name,slug\nag,Antigua,antigua\nar,Argentina,argentina\n", [2, 1, 1]],
    [
      "key and value lines above",
      ",Report of payments,,,,\n,Period:,8,,,\n,Vendor ID,Vendor,Code,Amount,Date\n,155,ACME,544,10.5,2014-11-04\n,156,BETA,545,11.5,2014-11-05\n",
      [3, 1, 2],
    ],
    [
      "two header lines",
      "Company,Sales,,Staff,\n,2023 plan,actual,men,women\nAcme,1,2,3,4\nBeta,5,6,7,8\nGamma,9,1,2,3\n",
      [1, 2, 0],
    ],
    ["groups over columns", "Company,Company,Address,Address\nName,Website,City,Country\nAcme,acme.example,Bern,CH\n", [1, 2, 0]],
    [
      "groups over text",
      "Account,Account,Billing,Billing\nName,Owner,City,Country\nAcme,Roe,Bern,CH\nBeta,Doe,Bath,GB\n",
      [1, 2, 0],
    ],
    ["merged groups", "Company,,Address,\nName,Website,City,Country\nAcme,acme.example,Bern,CH\n", [1, 2, 0]],
    ["groups below a title", "Accounts 2024,,,\nA,A,B,B\nName,Website,City,Sales\nAcme,acme.example,Bern,5\n", [2, 2, 1]],
    ["blank names over text", "name,,city,\nAcme,red,Bern,north\nBeta,green,Bath,south\n", [1, 1, 0]],
    ["no header: numbers", "1,english\n2,chinese\n3,german,extra\n", [0, 1, 0]],
    ["no header: a value that comes again", "Acme Inc.;Canada\nBeta Ltd;Sweden\nGamma;Canada\nDelta;Canada\n", [0, 1, 0]],
    ["no header: addresses", "Acme,acme.com,info@acme.example\nBeta,beta.com,info@beta.example\n", [0, 1, 0]],
    [
      "three header lines",
      "Area,North,,South,\n,men,women,men,women\n,n,n,n,n\nAcme,1,2,3,4\nBeta,5,6,7,8\nGamma,9,1,2,3\n",
      [1, 3, 0],
    ],
    [
      "groups far above repeated names",
      ";North;;South;\n;men;women;men;women\nYear;n;n;n;n\n1990;1;2;3;4\n1991;5;6;7;8\n1992;1;2;3;4\n",
      [1, 3, 0],
    ],
    ["a section right below the header", "Area,n,m\nEUROPE,,\nAcme,1,2\nBeta,5,6\nASIA,,\nGamma,9,1\n", [1, 1, 0]],
    ["no header: a first row with a gap like others below", "AM,\nAW,029\nAU,\nAT,030\nBE,031\n", [0, 1, 0]],
    ["a sep line", "sep=;\nname;employees\nAcme;5\nBeta;6\n", [2, 1, 1]],
  ])("%s", (_name, text, [headerRow, headerRows, preambleRows]) => {
    expect(detect(text)).toMatchObject({ headerRow, headerRows, preambleRows });
  });
});

describe("no header of two lines", () => {
  it.each<[string, string]>([
    ["one repeated name over text", "name,tag,tag,city\nAcme,red,blue,Bern\nBeta,green,black,Bath\n"],
    ["repeated names over text that comes again", "tag,tag,city,city\nred,blue,Bern,Bath\nred,green,Biel,Brig\n"],
    ["repeated names over the same text twice", "tag,tag,city,city\nred,red,Bern,Bath\nblue,green,Biel,Brig\n"],
    ["repeated names over values", "mail,mail,phone,phone\na@example.com,b@example.com,12,34\nc@example.com,d@example.com,5,6\n"],
    ["repeated names over the only row", "tag,tag,city,city\nred,blue,Bern,Bath\n"],
    ["blank names over text", "name,,city,\nAcme,red,Bern,north\nBeta,green,Bath,south\n"],
  ])("%s", (_name, text) => {
    expect(detect(text).headerRows).toBe(1);
  });
});

describe("kindOf", () => {
  it.each(["zwölf.de", "日本語.jp", "пример.рф", "उदाहरण.भारत", "xn--zwlf-5qa.de", "acme.xn--p1ai/path", "a-b.co.uk"])(
    "%s is a domain",
    (text) => {
      expect(kindOf(text)).toBe("domain");
    },
  );
  it.each(["Acme Inc.", "St.Gallen", "-a.de", "zwölf", "a..de", "Müller e.K. Köln", `${"a-".repeat(140)}.`])(
    "%s is text",
    (text) => {
      expect(kindOf(text)).toBe("text");
    },
  );
});

describe("what is no delimited text", () => {
  it.each<[string, Uint8Array | string, RegExp]>([
    ["an empty file", "", /empty/],
    ["blank lines and delimiters", "\n,,\n , \n", /no text/],
    ["a byte order mark alone", "\uFEFF", /no text/],
    ["a workbook", Buffer.from("PK\x03\x04...."), /zip archive or an Excel workbook/],
    ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /\.xls/],
    ["gzip", gzipSync("a,b\n1,2\n"), /gzip/],
    ["PDF", "%PDF-1.7\n", /PDF/],
    ["PNG", Buffer.from([0x89, 0x50, 0x4e, 0x47]), /PNG/],
    ["Parquet", "PAR1\x15\x04", /Parquet/],
    ["a web page", "<!DOCTYPE html>\n<html>", /web page/],
    ["JSON", '[\n  {"a": 1}\n]', /JSON/],
    ["binary data", Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 167 + (i >> 3) * 59) & 255)), /binary/],
    ["NULs", Buffer.alloc(1000), /binary/],
    // "id,name,city" and two rows in code page 037.
    [
      "EBCDIC",
      Buffer.from(
        "8984 6b95 8194 856b 8389 a3a8 25f1 6bc1 8394 856b c296 9595 25f2 6bc2 85a3 816b d2d6 d3d5 25".replaceAll(" ", ""),
        "hex",
      ),
      /EBCDIC/,
    ],
    ["UTF-7", "id,name,city\n1,M+APw-ller,K+APY-ln\n2,B+AOQ-r,Z+APw-rich\n", /UTF-7/],
  ])("%s is refused with what to do", (_name, content, message) => {
    expect(() => detect(content)).toThrow(message);
    try {
      detect(content);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).hint).toMatch(/\w/);
    }
  });

  it("refuses a first line without an end in the head, whatever it holds", () => {
    const head = Buffer.from(`${"name,".repeat(200_000)}`).subarray(0, READING_LIMITS.headBytes);
    expect(() => detectDialect({ head, tail: new Uint8Array(0), size: 2_000_000 })).toThrow(/first line is longer than 512 KiB/);
  });

  it("takes plus signs for what they are", () => {
    expect(detect("id,name\n1,C+ABC-x\n2,tag+AAx-y\n3,+49-30\n4,a+b-c\n")).toMatchObject({ delimiter: "," });
  });

  it("reads names with stray control characters and NULs", () => {
    expect(detect("id,name\n1,Schumm\x15PLC\n2,Fee\0ney\x01\n")).toMatchObject({ delimiter: ",", headerRow: 1 });
  });
});
