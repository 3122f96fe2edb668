import type { SuppressionEntry } from "../account/facts.ts";
import { type AliasRow, type Groups, type Rank, VOUCHER } from "../account/item.ts";
import { BugError } from "../errors.ts";
import type { ListKind } from "../lists/kinds.ts";
import { type Evidence, EvidenceBook } from "./evidence.ts";
import { kindTarget } from "./identity.ts";
import type { PatchLine, Relation } from "./lines.ts";
import type { Incoming } from "./statements.ts";

/** What rows of this run say about one home. */
export interface OwnStatements {
  rank: Rank;
  country: string;
  /** By the JSON of their fields. */
  byJson: Map<string, Incoming>;
}

const cellEnd = (line: string, from: number): number => {
  const end = line.indexOf("\t", from);
  return end < 0 ? line.length : end;
};

/** What the lines of a partition ask for, gathered by key. */
export class PatchInbox {
  readonly statements = new Map<string, OwnStatements>();
  /** By `key<tab>target`. */
  readonly links = new Map<string, AliasRow>();
  /** Of {@link links} those whose countries are all there are, by `key<tab>target`. */
  readonly narrowed = new Set<string>();
  readonly evidence = new EvidenceBook();
  readonly unlinks: Array<{ key: string; target: string }> = [];
  readonly retracts = new Set<string>();
  readonly groups = new Map<string, Map<string, Groups | null>>();
  readonly touches = new Set<string>();
  readonly references = new Map<string, Array<{ row: number; fields: string }>>();
  readonly suppressions = new Map<string, Array<{ row: number; entry: SuppressionEntry }>>();
  /** Rows of decisions by home. */
  readonly matches = new Map<string, Array<{ row: number }>>();
  /** By home: what kind of key it is, as far as decisions say. */
  readonly kinds = new Map<string, Rank>();
  /** By home: the row that says what kind of key it is, by that kind. */
  readonly claims = new Map<string, Map<Rank, number>>();
  /** By `home<tab>other`: whether the names are similar or not any more. */
  readonly similar = new Map<string, boolean>();
  readonly #list: string;
  readonly #version: number;
  readonly #addFact: (home: string, row: number, json: string) => void;

  constructor(list: string, version: number, addFact: (home: string, row: number, json: string) => void) {
    this.#list = list;
    this.#version = version;
    this.#addFact = addFact;
  }

  add(line: PatchLine): void {
    const id = line.slice(2, 22);
    switch (line[0]) {
      case "A": {
        const rank = (line.charCodeAt(23) - 48) as Rank;
        const countryEnd = cellEnd(line, 25);
        const kindEnd = cellEnd(line, countryEnd + 1);
        const rowEnd = cellEnd(line, kindEnd + 1);
        const kind = line.slice(countryEnd + 1, kindEnd) as ListKind;
        const row = Number(line.slice(kindEnd + 1, rowEnd));
        const json = line.slice(rowEnd + 1);
        const own = this.#own(id, rank, line.slice(25, countryEnd));
        const same = own.byJson.get(json);
        if (!same) own.byJson.set(json, { kind, rows: [row], json });
        else if (kind === "accounts") same.rows.push(row);
        else if (row < same.rows[0]!) same.rows[0] = row;
        return;
      }
      case "O":
      case "D":
      case "C": {
        const rank = (line.charCodeAt(23) - 48) as Rank;
        const countryEnd = cellEnd(line, 25);
        const rowEnd = cellEnd(line, countryEnd + 1);
        this.#own(id, rank, line.slice(25, countryEnd));
        this.#addFact(id, Number(line.slice(countryEnd + 1, rowEnd)), line.slice(rowEnd + 1));
        return;
      }
      case "L": {
        const pair = line.slice(2, 43);
        const country = line.slice(46);
        const known = this.links.get(pair);
        if (known) {
          if (!known.countries.includes(country)) known.countries.push(country);
          return;
        }
        const rank = (line.charCodeAt(44) - 48) as Rank;
        this.links.set(pair, {
          key: id,
          target: line.slice(23, 43),
          list: this.#list,
          version: this.#version,
          rank,
          countries: [country],
        });
        return;
      }
      case "N": {
        const pair = line.slice(2, 43);
        const rank = (line.charCodeAt(44) - 48) as Rank;
        const target = line.slice(23, 43);
        const countries = line.slice(46).split(",");
        this.links.set(pair, { key: id, target, list: this.#list, version: this.#version, rank, countries });
        this.narrowed.add(pair);
        return;
      }
      case "E":
        this.evidence.add(JSON.parse(line.slice(23)) as Evidence);
        return;
      case "U":
        this.unlinks.push({ key: id, target: line.slice(23) });
        return;
      case "R":
        this.retracts.add(id);
        return;
      case "G": {
        const body = line.slice(44);
        let from = this.groups.get(id);
        if (!from) {
          from = new Map();
          this.groups.set(id, from);
        }
        from.set(line.slice(23, 43), body === "-" ? null : (JSON.parse(body) as Groups));
        return;
      }
      case "T":
        this.touches.add(id);
        return;
      case "F": {
        const rowEnd = cellEnd(line, 23);
        const rows = this.references.get(id) ?? [];
        rows.push({ row: Number(line.slice(23, rowEnd)), fields: line.slice(rowEnd + 1) });
        this.references.set(id, rows);
        return;
      }
      case "S": {
        const rowEnd = cellEnd(line, 23);
        const rows = this.suppressions.get(id) ?? [];
        rows.push({ row: Number(line.slice(23, rowEnd)), entry: JSON.parse(line.slice(rowEnd + 1)) as SuppressionEntry });
        this.suppressions.set(id, rows);
        return;
      }
      case "M": {
        const rowEnd = cellEnd(line, 23);
        const relationEnd = cellEnd(line, rowEnd + 1);
        const relation = line.slice(rowEnd + 1, relationEnd) as Relation | "is";
        const rows = this.matches.get(id) ?? [];
        rows.push({ row: Number(line.slice(23, rowEnd)) });
        this.matches.set(id, rows);
        if (relation === "different" || relation === "parent") return;
        const other = line.slice(relationEnd + 1);
        if (relation === "is") this.#claim(id, Number(other) as Rank, -Number(line.slice(23, rowEnd)));
        const [target, rank] = relation === "is" ? [kindTarget(Number(other) as Rank), VOUCHER.kind] : [other, VOUCHER.person];
        const [list, version] = [this.#list, this.#version];
        this.links.set(`${id}\t${target}`, { key: id, target, list, version, rank, countries: [""] });
        return;
      }
      case "V":
      case "W":
        this.similar.set(line.slice(2), line[0] === "V");
        return;
      default:
        throw new BugError(`a patch line begins with "${line[0]}", which nobody writes`);
    }
  }

  #claim(id: string, rank: Rank, row: number): void {
    this.kinds.set(id, rank);
    let claims = this.claims.get(id);
    if (!claims) {
      claims = new Map();
      this.claims.set(id, claims);
    }
    claims.set(rank, Math.min(row, claims.get(rank) ?? row));
  }

  #own(id: string, rank: Rank, country: string): OwnStatements {
    let own = this.statements.get(id);
    if (!own) {
      own = { rank, country, byJson: new Map() };
      this.statements.set(id, own);
    }
    return own;
  }
}
