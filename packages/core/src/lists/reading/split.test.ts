import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { decodeText, transcodeToUtf8 } from "./encoding.ts";
import { readRecords } from "./record-reader.ts";
import { firstDataRecord, rowOf } from "./row-number.ts";
import { RangeSplitter, type RecordRange, type SplitOptions, type SplittableDialect, splitRanges } from "./split.ts";

const COMMA = {
  encoding: "utf-8",
  delimiter: ",",
  quote: '"',
  escape: "double",
  bomBytes: 0,
  headerRow: 1,
  headerRows: 1,
  preambleRows: 0,
} as const;

function split(bytes: Uint8Array, sizes: readonly number[], dialect: SplittableDialect, options: SplitOptions) {
  const ranges: RecordRange[] = [];
  const splitter = new RangeSplitter(dialect, options, (range) => ranges.push(range));
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    const chunk = Uint8Array.from(bytes.subarray(at, at + size));
    splitter.push(chunk);
    chunk.fill(34);
    at += size;
  }
  return { ranges, totals: splitter.end() };
}

function readAll(
  bytes: Uint8Array,
  dialect: typeof COMMA | (Omit<typeof COMMA, "escape"> & { escape: "backslash" }),
  offset: number,
  maxQuotedBytes?: number,
) {
  const records: [string[], number, number][] = [];
  readRecords(bytes, dialect, (cells, start, end) => records.push([cells, start + offset, end + offset]), { maxQuotedBytes });
  return records;
}

const pieces = fc.constantFrom(
  "a",
  "b",
  "ü",
  "語",
  '"',
  '"',
  '""',
  ",",
  ",",
  '"a',
  ',"',
  '",',
  '"\n',
  " ",
  "\\",
  '\\"',
  "\n",
  "\n",
  "\r",
  "\r\n",
  "\0",
);

describe("RangeSplitter", () => {
  it("gives ranges that read alone as the whole does, whatever the text, the chunks and the sizes", () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(3, 9, 1000),
        fc.constantFrom<"double" | "backslash">("double", "backslash"),
        fc.boolean(),
        fc.constantFrom(",", "||", "\t|\t"),
        (parts, sizes, targetBytes, maxQuotedBytes, escaping, skipSpace, delimiter) => {
          const bytes = Buffer.from(parts.join("").replaceAll(",", delimiter));
          const dialect = { ...COMMA, delimiter: delimiter as ",", escape: escaping as "double", skipSpace };
          const whole = readAll(bytes, dialect, 0, maxQuotedBytes);
          const { ranges, totals } = split(bytes, sizes, dialect, { targetBytes, maxQuotedBytes });
          const apart = ranges.map((range) =>
            readAll(bytes.subarray(range.start, range.end), dialect, range.start, maxQuotedBytes),
          );
          expect(apart.flat()).toEqual(whole);
          expect(ranges.map((range) => range.records)).toEqual(apart.map((records) => records.length));
          expect(totals).toEqual({ records: whole.length, bytes: bytes.length });
          let [end, record] = [0, 1];
          for (const range of ranges) {
            expect([range.start, range.firstRecord]).toEqual([end, record]);
            [end, record] = [range.end, record + range.records];
          }
          expect(end).toBe(bytes.length);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("closes a range at the first record end past the target", () => {
    const { ranges } = split(Buffer.from("aaaa\nbbbb\ncccc\ndddd\n"), [3], COMMA, { targetBytes: 8 });
    expect(ranges).toEqual([
      { start: 0, end: 10, firstRecord: 1, records: 2 },
      { start: 10, end: 20, firstRecord: 3, records: 2 },
    ]);
  });

  it("begins behind the byte order mark, also when it comes in pieces, and emits nothing for an empty file", () => {
    const bytes = Buffer.from("\uFEFFa,b\n1,2\n");
    const { ranges, totals } = split(bytes, [1], { ...COMMA, bomBytes: 3 }, {});
    expect(ranges).toEqual([{ start: 3, end: bytes.length, firstRecord: 1, records: 2 }]);
    expect(totals).toEqual({ records: 2, bytes: bytes.length });
    expect(split(Buffer.alloc(0), [1], COMMA, {})).toEqual({ ranges: [], totals: { records: 0, bytes: 0 } });
  });

  it("refuses a record past the limit with its row and place, the same in any chunks", () => {
    const bytes = Buffer.from(`name\nAcme\n${"x".repeat(100)}\nBeta\n`);
    for (const size of [1, 7, 1000]) {
      const attempt = () => split(bytes, [size], COMMA, { maxRecordBytes: 50 });
      expect(attempt).toThrow(InputError);
      expect(attempt).toThrow("Row 3 (it begins at byte 10) is longer than 50 bytes.");
    }
    expect(split(bytes, [7], COMMA, { maxRecordBytes: 101 }).totals.records).toBe(4);
  });

  it("refuses an endless line before it has taken much more than the limit", () => {
    const splitter = new RangeSplitter(COMMA, {}, () => undefined);
    const chunk = Buffer.alloc(1024 * 1024, "x");
    let taken = 0;
    expect(() => {
      for (; taken < 50; taken++) splitter.push(chunk);
    }).toThrow("Row 1 (it begins at byte 0) is longer than 8 MiB.");
    expect(taken).toBe(8);
  });

  it("works as a generator over a stream", async () => {
    const ranges: RecordRange[] = [];
    for await (const range of splitRanges([Buffer.from('a\n"b\n'), Buffer.from('c"\nd')], COMMA, { targetBytes: 1 }))
      ranges.push(range);
    expect(ranges.map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [2, 8],
      [8, 9],
    ]);
  });
});

describe("transcodeToUtf8", () => {
  it("gives the same text for any cut of the chunks, without byte order mark", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "ß", "語", "😀", "\n", ",") });
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 5 }), async (value, big, bom, size) => {
        const bytes = Buffer.from((bom ? "\uFEFF" : "") + value, "utf16le");
        if (big) bytes.swap16();
        const encoding = big ? "utf-16be" : "utf-16le";
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
        const out: Uint8Array[] = [];
        for await (const chunk of transcodeToUtf8(chunks, encoding)) out.push(chunk);
        expect(Buffer.concat(out).toString("utf8")).toBe(value);
        expect(decodeText(bytes, encoding)).toBe((bom ? "\uFEFF" : "") + value);
      }),
    );
  });
});

describe("rowOf", () => {
  it("numbers the header 1, joins two header records and counts no preamble", () => {
    const preamble = { headerRow: 4, headerRows: 1, preambleRows: 3 } as const;
    expect([3, 4, 5, 6].map((record) => rowOf(preamble, record))).toEqual([0, 1, 2, 3]);
    const twoLines = { headerRow: 2, headerRows: 2, preambleRows: 1 } as const;
    expect([1, 2, 3, 4].map((record) => rowOf(twoLines, record))).toEqual([0, 1, 1, 2]);
    const headerless = { headerRow: 0, headerRows: 1, preambleRows: 1 } as const;
    expect([1, 2, 3].map((record) => rowOf(headerless, record))).toEqual([0, 1, 2]);
    expect([preamble, twoLines, headerless].map(firstDataRecord)).toEqual([5, 4, 2]);
  });
});
