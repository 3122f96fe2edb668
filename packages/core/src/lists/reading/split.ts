import { Buffer } from "node:buffer";
import { InputError } from "../../errors.ts";
import { READING_LIMITS } from "./limits.ts";
import { type Grammar, NEED_MORE, RecordScanner } from "./record-scanner.ts";
import { rowOf } from "./row-number.ts";

/** A piece of a file that begins and ends on record boundaries; offsets in bytes of the UTF-8 or Windows-1252 stream, byte order mark counted. */
export interface RecordRange {
  start: number;
  /** Exclusive, behind the line end of the last record. */
  end: number;
  /** 1-based physical number of the first record in the range; preamble, header and blank records are counted (`rowOf` turns it into a row). */
  firstRecord: number;
  records: number;
}

/** What the splitter needs of a dialect; UTF-16 is transcoded first. */
export interface SplittableDialect extends Grammar {
  bomBytes: number;
  headerRow: number;
  headerRows: number;
  preambleRows: number;
}

/** Sizes in bytes; READING_LIMITS where left out. */
export interface SplitOptions {
  targetBytes?: number;
  maxRecordBytes?: number;
  maxQuotedBytes?: number;
}

const SLICE_BYTES = 256 * 1024;

/**
 * Cuts a file into ranges of about `targetBytes` as its bytes come by, in chunks of any size. Memory stays at one record and one chunk.
 * A record longer than `maxRecordBytes` is an InputError that names its row and where it begins.
 */
export class RangeSplitter {
  readonly #emit: (range: RecordRange) => void;
  readonly #scanner: RecordScanner;
  readonly #dialect: SplittableDialect;
  readonly #targetBytes: number;
  readonly #maxRecordBytes: number;
  #carry = Buffer.alloc(0);
  #carried = 0;
  #resume = 0;
  #skip: number;
  #offset: number;
  #rangeStart: number;
  #records = 0;
  #firstRecord = 1;

  constructor(dialect: SplittableDialect, options: SplitOptions, emit: (range: RecordRange) => void) {
    this.#emit = emit;
    this.#dialect = dialect;
    this.#scanner = new RecordScanner(dialect, options.maxQuotedBytes);
    this.#targetBytes = options.targetBytes ?? READING_LIMITS.targetBytes;
    this.#maxRecordBytes = options.maxRecordBytes ?? READING_LIMITS.maxRecordBytes;
    this.#skip = dialect.bomBytes;
    this.#offset = dialect.bomBytes;
    this.#rangeStart = dialect.bomBytes;
  }

  /** Takes the next bytes of the file, however they are cut; the chunk may be reused afterwards. */
  push(chunk: Uint8Array): void {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#skip > 0) {
      const skipped = Math.min(this.#skip, bytes.length);
      this.#skip -= skipped;
      bytes = bytes.subarray(skipped);
    }
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) this.#take(bytes.subarray(at, at + SLICE_BYTES));
  }

  /** Ends the file: emits the last range and answers how many records and bytes (byte order mark included) there were. */
  end(): { records: number; bytes: number } {
    this.#scan(this.#carry.subarray(0, this.#carried), true);
    this.#carried = 0;
    this.#close();
    return { records: this.#records, bytes: this.#offset };
  }

  #take(slice: Buffer): void {
    if (this.#carried === 0) {
      this.#keep(slice, this.#scan(slice, false));
      return;
    }
    this.#reserve(this.#carried + slice.length);
    slice.copy(this.#carry, this.#carried);
    const whole = this.#carry.subarray(0, this.#carried + slice.length);
    this.#keep(whole, this.#scan(whole, false));
  }

  #scan(bytes: Buffer, last: boolean): number {
    const scanner = this.#scanner;
    scanner.load(bytes, last);
    let start = 0;
    let from = this.#resume;
    this.#resume = 0;
    while (start < bytes.length) {
      const next = scanner.next(start, from);
      const length = (next === NEED_MORE ? bytes.length : next) - start;
      if (length > this.#maxRecordBytes) this.#refuse();
      if (next === NEED_MORE) {
        this.#resume = scanner.resume - start;
        break;
      }
      this.#offset += length;
      this.#records++;
      if (this.#offset - this.#rangeStart >= this.#targetBytes) this.#close();
      start = next;
      from = next;
    }
    return start;
  }

  #keep(bytes: Buffer, from: number): void {
    const rest = bytes.length - from;
    if (bytes.buffer === this.#carry.buffer && bytes.byteOffset === this.#carry.byteOffset)
      this.#carry.copyWithin(0, from, bytes.length);
    else {
      this.#reserve(rest);
      bytes.copy(this.#carry, 0, from);
    }
    this.#carried = rest;
  }

  #reserve(length: number): void {
    if (length <= this.#carry.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(length, this.#carry.length * 2, 4096));
    this.#carry.copy(grown, 0, 0, this.#carried);
    this.#carry = grown;
  }

  #close(): void {
    if (this.#offset === this.#rangeStart) return;
    const records = this.#records - this.#firstRecord + 1;
    this.#emit({ start: this.#rangeStart, end: this.#offset, firstRecord: this.#firstRecord, records });
    this.#rangeStart = this.#offset;
    this.#firstRecord = this.#records + 1;
  }

  #refuse(): never {
    const record = this.#records + 1;
    const row = rowOf(this.#dialect, record);
    const where = row > 0 ? `Row ${row}` : `Record ${record}, above the header,`;
    throw new InputError(`${where} (it begins at byte ${this.#offset}) is longer than ${sizeOf(this.#maxRecordBytes)}.`, {
      hint: "look there for missing line ends or a file that is no CSV, and save it again with one record a line.",
    });
  }
}

/** The ranges of a stream of chunks, as `RangeSplitter` cuts them. */
export async function* splitRanges(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  dialect: SplittableDialect,
  options: SplitOptions = {},
): AsyncGenerator<RecordRange> {
  const ready: RecordRange[] = [];
  const splitter = new RangeSplitter(dialect, options, (range) => ready.push(range));
  for await (const chunk of chunks) {
    splitter.push(chunk);
    yield* ready.splice(0);
  }
  splitter.end();
  yield* ready;
}

function sizeOf(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MiB` : `${bytes} bytes`;
}
