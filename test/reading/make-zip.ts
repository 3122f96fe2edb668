import { crc32, deflateRawSync } from "node:zlib";

/** A file for an archive; `encrypted` sets the flag only, `method` lies about the packing where it is given. */
export interface ZipFile {
  name: string;
  content: string | Uint8Array;
  stored?: boolean;
  encrypted?: boolean;
  method?: number;
}

/** A zip archive of these files. */
export function makeZip(files: readonly ZipFile[], comment = ""): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, stored, encrypted, method } of files) {
    const bytes = Buffer.from(content as string);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const fields = Buffer.alloc(22);
    fields.writeUInt16LE(encrypted ? 1 : 0, 0);
    fields.writeUInt16LE(method ?? (stored ? 0 : 8), 2);
    fields.writeUInt32LE(crc32(bytes), 8);
    fields.writeUInt32LE(packed.length, 12);
    fields.writeUInt32LE(bytes.length, 16);
    fields.writeUInt16LE(Buffer.byteLength(name), 20);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), fields, Buffer.alloc(2), Buffer.from(name), packed]);
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0, 20, 0]), fields, tailOf(at), Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...parts, central, end, Buffer.from(comment)]);
}

/** What a directory entry has between the length of its name and the name: lengths, disk, attributes, and where the file lies. */
function tailOf(at: number): Buffer {
  const rest = Buffer.alloc(16);
  rest.writeUInt32LE(at, 12);
  return rest;
}

const xml = (text: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`;
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A workbook of sheets given as the XML of their rows (cells may use style 1: a date, 2: a date with time). */
export function makeWorkbook(sheets: ReadonlyArray<{ name: string; rows: string; hidden?: boolean }>): Buffer {
  const numbered = sheets.map((sheet, i) => ({ ...sheet, n: i + 1 }));
  return makeZip([
    {
      name: "[Content_Types].xml",
      content: xml(
        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
      ),
    },
    {
      name: "xl/workbook.xml",
      content: xml(
        `<workbook ${MAIN} xmlns:r="${RELATION}"><sheets>${numbered.map(({ name, hidden, n }) => `<sheet name="${name}" sheetId="${n}"${hidden ? ' state="hidden"' : ""} r:id="rId${n}"/>`).join("")}</sheets></workbook>`,
      ),
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: xml(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${numbered.map(({ n }) => `<Relationship Id="rId${n}" Type="${RELATION}/worksheet" Target="worksheets/sheet${n}.xml"/>`).join("")}<Relationship Id="rId99" Type="${RELATION}/styles" Target="styles.xml"/></Relationships>`,
      ),
    },
    {
      name: "xl/styles.xml",
      content: xml(
        `<styleSheet ${MAIN}><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`,
      ),
    },
    ...numbered.map(({ rows, n }) => ({
      name: `xl/worksheets/sheet${n}.xml`,
      content: xml(`<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`),
    })),
  ]);
}
