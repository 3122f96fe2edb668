import { gzipSync } from "node:zlib";
import * as z from "zod";
import type { FieldValues } from "../../account/fields.ts";
import { RANK } from "../../account/item.ts";
import { BugError } from "../../errors.ts";
import { csvCell, guardedCsvLine } from "../../lists/csv.ts";
import type { Identity, MatchDraft, Rejection, RowDraft } from "../../lists/draft.ts";
import { compileMapper, type RowMapper } from "../../lists/mapping/compile-mapper.ts";
import type { OpenOrder } from "../../lists/mapping/order-reader.ts";
import { readRecords } from "../../lists/reading/record-reader.ts";
import { firstDataRecord, rowOf } from "../../lists/reading/row-number.ts";
import { correctedCells } from "../../lists/rejects-file.ts";
import type { Ports } from "../../ports.ts";
import { domainId, fileIdentity, homeOfMatch, type Keys, keysOf, linkedinId, registrationId } from "../../resolve/identity.ts";
import { accountLine, factLine, knownLine, linkLine, matchLine, referenceLine, suppressionLine } from "../../resolve/lines.ts";
import { type CorrectedRows, markOf, readCorrections } from "../corrections.ts";
import { type Decision, decisionOf, decisionsKey } from "../match-companies/decisions.ts";
import { operation } from "../operation.ts";
import { sourceOfParts } from "../plain-parts.ts";
import { contextOf, ledgerKey, patchPrefix, type RunContext, type TableContext, workKey, writeJson } from "../run-context.ts";
import { ShuffleWriter } from "../shuffle.ts";
import type { ImportRange } from "../split-list/split-list.ts";
import { suppressionId } from "../suppression.ts";
import { ERASED, isContinuation, type KeepOut, keepOutOf } from "./keep-out.ts";
import { CORRECTED_TWICE, NO_COMPANY, NO_CUSTOMER, NO_REFERENCE_KEY } from "./rejections.ts";
import { readEvidence, retract } from "./taken-back.ts";

/** What one range came to; close-run adds them up. */
export interface ImportCounts {
  in: number;
  rejected: number;
  blank: number;
  footer: number;
  /** Rows that became patches; the partitions say which were accepted and which merged. */
  patched: number;
  cellProblems: Record<string, number>;
}

/** Bytes read past a range to finish an order whose lines go on in the next one. */
const CONTINUATION_BYTES = 1024 * 1024;

/** Turns one range of a list into patches, partitioned by identity; or one ledger object into what its homes are to forget. */
export const importList = operation({
  id: "import-list",
  input: z.object({ runId: z.string(), range: z.custom<ImportRange>((value) => typeof value === "object" && value !== null) }),
  output: z.object({ index: z.number(), patched: z.number() }),
  async run(ports, { runId, range }) {
    const context = await contextOf(ports, runId);
    const shuffle = new ShuffleWriter(context.bits);
    const name = String(range.index).padStart(6, "0");
    if ("ledger" in range || "evidence" in range) {
      if ("ledger" in range) await retract(ports, range.ledger, shuffle);
      else await readEvidence(ports, range.evidence, shuffle);
      await shuffle.write(ports, `${patchPrefix(runId, 0)}${name}`);
      return { index: range.index, patched: 0 };
    }
    const importer = new RangeImporter(ports, context, shuffle, await keepOutOf(ports, context));
    const counts = await importer.read(range);
    await shuffle.write(ports, `${patchPrefix(runId, 0)}${name}`);
    if (importer.rejects.length > 0) await ports.objects.put(workKey(runId, `rejects/${name}.csv`), importer.rejects.join(""));
    if (importer.ledger.length > 0)
      await ports.objects.put(ledgerKey(runId, `import/${name}.jsonl.gz`), gzipSync(importer.ledger.join(""), { level: 1 }));
    if (importer.decisions.length > 0) await writeJson(ports, decisionsKey(runId, name), importer.decisions);
    await writeJson(ports, workKey(runId, `counts/${name}.json`), counts);
    return { index: range.index, patched: counts.patched };
  },
});

const mappers = new WeakMap<TableContext, RowMapper>();

function mapperFor(ports: Ports, context: RunContext, table: TableContext): RowMapper {
  let mapper = mappers.get(table);
  if (!mapper) {
    mapper = newMapper(ports, context, table);
    mappers.set(table, mapper);
  }
  return mapper;
}

function newMapper({ digest: { keyed, sha256 } }: Ports, { source, list }: RunContext, table: TableContext): RowMapper {
  return compileMapper(table.mapping, { source: source!, hash: keyed, sha256, list: list! });
}

class RangeImporter {
  readonly rejects: string[] = [];
  readonly ledger: string[] = [];
  readonly decisions: Decision[] = [];
  readonly #ports: Ports;
  readonly #context: RunContext;
  readonly #table: TableContext;
  readonly #shuffle: ShuffleWriter;
  readonly #counts: ImportCounts = { in: 0, rejected: 0, blank: 0, footer: 0, patched: 0, cellProblems: {} };
  /** Company statements of fact kinds already sent from this range. */
  readonly #stated = new Set<string>();
  readonly #linked = new Set<string>();
  #corrected: CorrectedRows | null = null;
  /** Reads corrected rows as they were, and counts nothing of what it finds in them. */
  #asItWas: RowMapper | null = null;
  /** The order that lines without a customer continue. */
  #open: (OpenOrder & { keys: Keys }) | null = null;

  readonly #keepOut: KeepOut | null;

  constructor(ports: Ports, context: RunContext, shuffle: ShuffleWriter, keepOut: KeepOut | null) {
    this.#keepOut = keepOut;
    if (!context.table) throw new BugError(`run ${context.runId} has ranges and no table`);
    this.#ports = ports;
    this.#context = context;
    this.#table = context.table;
    this.#shuffle = shuffle;
  }

  async read(range: { start: number; end: number; firstRecord: number; records: number }): Promise<ImportCounts> {
    const table = this.#table;
    const { dialect } = table;
    const orders = this.#context.kind === "orders";
    if (table.corrections) {
      // Lines that continue the last order of the range lie behind it.
      const last = orders ? Number.POSITIVE_INFINITY : rowOf(dialect, range.firstRecord + range.records);
      this.#corrected = await readCorrections(this.#ports, table.corrections, rowOf(dialect, range.firstRecord), last);
    }
    const bytes = await this.#bytes(range.start, range.end);
    const readable = {
      ...dialect,
      encoding: dialect.encoding === "windows-1252" ? ("windows-1252" as const) : ("utf-8" as const),
    };
    const mapper = mapperFor(this.#ports, this.#context, table);
    const problemsBefore = new Map(mapper.cellProblems);
    const first = firstDataRecord(dialect);
    const footerFrom = table.footerFrom ?? Number.POSITIVE_INFINITY;
    // Lines that continue an order belong to the range in which the order began.
    let leading = orders && range.firstRecord > first;
    let record = range.firstRecord - 1;
    readRecords(bytes, readable, (cells, start, end) => {
      record++;
      if (record < first) return;
      const row = rowOf(dialect, record);
      if (isBlank(cells)) {
        this.#blank(row);
        return;
      }
      if (record >= footerFrom) {
        this.#counts.in++;
        this.#counts.footer++;
        this.#note(row, "footer");
        return;
      }
      const read = this.#cells(cells, row);
      const outcome = read === null ? CORRECTED_TWICE : mapper(read, this.#open ?? undefined);
      if (leading) {
        if (isContinuation(outcome) || "reason" in outcome) return;
        leading = false;
      }
      this.#row(outcome, cells, read, row, bytes, start, end);
    });
    if (orders && !leading && record >= first) await this.#finishOrder(range.end, record, readable, mapper, footerFrom);
    for (const [key, n] of mapper.cellProblems) {
      const more = n - (problemsBefore.get(key) ?? 0);
      if (more > 0) this.#counts.cellProblems[key] = more;
    }
    return this.#counts;
  }

  /** Reads on past the range while lines continue the last order (or follow it without a customer). */
  async #finishOrder(
    from: number,
    lastRecord: number,
    readable: Parameters<typeof readRecords>[1],
    mapper: RowMapper,
    footerFrom: number,
  ): Promise<void> {
    const table = this.#table;
    const size = table.parts?.size ?? (await this.#ports.objects.size(table.key))!;
    let offset = from;
    let record = lastRecord;
    for (let more = true; more && offset < size; ) {
      const end = Math.min(size, offset + CONTINUATION_BYTES);
      const bytes = await this.#bytes(offset, end);
      const used = readRecords(
        bytes,
        readable,
        (cells, start, stop) => {
          record++;
          if (isBlank(cells)) return true;
          if (record >= footerFrom) more = false;
          else {
            const row = rowOf(table.dialect, record);
            const read = this.#cells(cells, row);
            const outcome = read === null ? CORRECTED_TWICE : mapper(read, this.#open ?? undefined);
            if (isContinuation(outcome) || "reason" in outcome) this.#row(outcome, cells, read, row, bytes, start, stop);
            else more = false;
          }
          return more;
        },
        { last: end === size },
      );
      if (used === 0) break;
      offset += used;
    }
  }

  #bytes(start: number, end: number): Promise<Uint8Array> {
    const { key, parts } = this.#table;
    return parts ? sourceOfParts(this.#ports, parts).range(start, end) : this.#ports.objects.range(key, start, end);
  }

  /** The cells of a row, as they came back where it was corrected; null where that was done in two ways. */
  #cells(cells: string[], row: number): string[] | null {
    const given = this.#corrected?.get(row);
    if (given === undefined) return cells;
    return given === null ? null : correctedCells(given, cells);
  }

  #blank(row: number): void {
    this.#counts.in++;
    this.#counts.blank++;
    this.#note(row, "blank");
  }

  #note(row: number, outcome: string, ...why: string[]): void {
    this.ledger.push(`${JSON.stringify([row, outcome, ...why])}\n`);
  }

  /** Whether the row names somebody who was erased, as it is read or, where it was corrected, as it was. */
  #namesErased(outcome: RowDraft | Rejection, original: string[], read: string[] | null): boolean {
    if (!this.#keepOut) return false;
    if (read !== original) {
      this.#asItWas ??= newMapper(this.#ports, this.#context, this.#table);
      if (this.#keepOut.ofOne().namesErased(this.#asItWas(original), original)) return true;
    }
    return this.#keepOut.namesErased(outcome, read ?? original);
  }

  /** `original` as it stands in the file; `read` as it came back corrected. */
  #row(
    outcome: RowDraft | Rejection,
    original: string[],
    read: string[] | null,
    row: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void {
    this.#counts.in++;
    const cells = read ?? original;
    if (this.#namesErased(outcome, original, read)) {
      this.#rejectErased(row);
      return;
    }
    if ("reason" in outcome) {
      this.#reject(outcome, cells, row, bytes, start, end);
      return;
    }
    if (outcome.kind === "suppressions") {
      this.#suppress(outcome.entries, row);
      return;
    }
    if (outcome.kind === "matches") {
      this.#match(outcome.match, row);
      return;
    }
    const { digest } = this.#ports;
    const { identity, fields } = outcome;
    if (outcome.kind === "reference") {
      this.#reference(identity, fields, row) || this.#reject(NO_REFERENCE_KEY, cells, row, bytes, start, end);
      return;
    }
    let keys = keysOf(identity, digest);
    if (outcome.kind === "orders") {
      const { orderId, currency, status } = outcome.order;
      if (keys) this.#open = { orderId, currency, status, keys };
      else if (this.#open?.orderId === orderId) keys = this.#open.keys;
      else {
        this.#reject(NO_CUSTOMER, cells, row, bytes, start, end);
        return;
      }
    }
    if (!keys) {
      this.#reject(NO_COMPANY, cells, row, bytes, start, end);
      return;
    }
    fileIdentity(identity, fields);
    const { id, rank, country } = keys.home;
    const json = JSON.stringify(fields);
    if (outcome.kind === "accounts") {
      this.#shuffle.add(accountLine(id, rank, country, "accounts", row, json));
      for (const key of keys.links) this.#shuffle.add(linkLine(key, id, rank, keys.linkCountry));
      this.#counts.patched++;
      return;
    }
    const statement = `${id}${json}`;
    if (json !== "{}" && !this.#stated.has(statement)) {
      this.#stated.add(statement);
      this.#shuffle.add(accountLine(id, rank, country, outcome.kind, row, json));
    }
    for (const key of keys.links) {
      const link = `${key}${id}${keys.linkCountry}`;
      if (this.#linked.has(link)) continue;
      this.#linked.add(link);
      this.#shuffle.add(linkLine(key, id, rank, keys.linkCountry));
    }
    if (outcome.kind === "orders") this.#shuffle.add(factLine("O", id, rank, country, row, JSON.stringify(outcome.order)));
    else if (outcome.kind === "deals") this.#shuffle.add(factLine("D", id, rank, country, row, JSON.stringify(outcome.deal)));
    else if (outcome.kind === "contacts")
      this.#shuffle.add(factLine("C", id, rank, country, row, JSON.stringify(outcome.contact)));
    this.#counts.patched++;
  }

  /** A reference row lies under its domain and its LinkedIn page; under the second with a negative row, so that it counts once. */
  #reference(identity: Identity, fields: FieldValues, row: number): boolean {
    const { digest } = this.#ports;
    const ids: string[] = [];
    if (identity.domain) ids.push(domainId(identity.domain, digest));
    if (identity.linkedin) ids.push(linkedinId(identity.linkedin, digest));
    if (identity.registration) ids.push(registrationId(identity.registration, digest));
    if (ids.length === 0) return false;
    fileIdentity(identity, fields);
    const json = JSON.stringify(fields);
    for (const [index, id] of ids.entries()) this.#shuffle.add(referenceLine(id, index === 0 ? row : -row, json));
    // A directory that knows a company's domain and page vouches that rows with only the page mean that company.
    if (identity.domain && identity.linkedin)
      this.#shuffle.add(linkLine(linkedinId(identity.linkedin, digest), domainId(identity.domain, digest), RANK.domain, ""));
    this.#counts.patched++;
    return true;
  }

  /** A decision stands under the lower home, because homes lead up (`resolve/order.ts`); that of a parent under the child. */
  #match(match: MatchDraft, row: number): void {
    const { digest } = this.#ports;
    const company = homeOfMatch(match.company, digest);
    const other = match.relation === "alone" ? company : homeOfMatch(match.other, digest);
    const decision = decisionOf(match.relation, company, other, digest);
    this.#shuffle.add(matchLine(decision.low.id, row, match.relation, decision.high.id));
    if (match.relation === "same")
      for (const { id, rank } of [decision.low, decision.high]) this.#shuffle.add(knownLine(id, row, rank));
    this.decisions.push(decision);
    this.#counts.patched++;
  }

  #suppress(entries: Extract<RowDraft, { kind: "suppressions" }>["entries"], row: number): void {
    // A name beside a stronger key only says whose key it is; alone it is the key.
    const named = entries.some(({ type }) => type === "domain" || type === "linkedin" || type === "registration");
    for (const [index, entry] of entries.filter(({ type }) => !(named && type === "name")).entries()) {
      this.#shuffle.add(suppressionLine(suppressionId(entry, this.#ports.digest), index === 0 ? row : -row, entry));
    }
    this.#counts.patched++;
  }

  /** The row counts as rejected, and nothing of its text is kept. */
  #rejectErased(row: number): void {
    this.#counts.rejected++;
    this.#note(row, "rejected", ERASED.reason);
    const empty = new Array<string>(this.#table.header.length).fill("");
    this.rejects.push(guardedCsvLine([...empty, row, ERASED.reason, null, ERASED.hint, null]));
  }

  #reject(rejection: Rejection, cells: string[], row: number, bytes: Uint8Array, start: number, end: number): void {
    this.#counts.rejected++;
    const width = this.#table.header.length;
    const padded =
      cells.length >= width ? cells.slice(0, width) : [...cells, ...new Array<string>(width - cells.length).fill("")];
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString(
      this.#table.dialect.encoding === "windows-1252" ? "latin1" : "utf8",
    );
    this.#note(row, "rejected", rejection.reason, markOf(this.#ports.digest, text));
    // The original record stays byte for byte, as whoever looks for it in the file needs it; every other cell is guarded.
    const guarded = guardedCsvLine([...padded, row, rejection.reason, rejection.column, rejection.hint], "\n");
    this.rejects.push(`${guarded.slice(0, -1)},${csvCell(text)}\n`);
  }
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== "" && cell.trim() !== "") return false;
  return true;
}
