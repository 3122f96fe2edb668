import type { ListKind } from "../lists/kinds.ts";
import type { Day } from "./attribute.ts";
import type { FieldValues } from "./fields.ts";
import type { Group, Groups, Statement } from "./item.ts";

/**
 * A statement that keeps the text of its fields as it came from the list, and reads it only when somebody asks. On its way from a row into
 * the store a statement is copied several times and read once.
 */
export class TextStatement implements Statement {
  readonly l: string;
  v: number;
  readonly k: ListKind;
  r: number[];
  d: Day;
  /** JSON of the fields. */
  readonly text: string;
  #fields: FieldValues | undefined;

  constructor(list: string, version: number, kind: ListKind, rows: number[], text: string, day: Day) {
    this.l = list;
    this.v = version;
    this.k = kind;
    this.r = rows;
    this.text = text;
    this.d = day;
  }

  get f(): FieldValues {
    this.#fields ??= JSON.parse(this.text) as FieldValues;
    return this.#fields;
  }

  /** As `JSON.stringify` sees it: the same as a plain statement. */
  toJSON(): Statement {
    return { l: this.l, v: this.v, k: this.k, r: this.r, f: this.f, d: this.d };
  }
}

/** The JSON of a statement's fields, by which equal statements are told. */
export function fieldsText(statement: Statement): string {
  return statement instanceof TextStatement ? statement.text : JSON.stringify(statement.f);
}

/** A statement as JSON, without reading and writing its fields anew. */
function statementText(statement: Statement): string {
  const { l, v, k, r, d } = statement;
  return `{"l":${JSON.stringify(l)},"v":${v},"k":"${k}","r":[${r.join(",")}],"f":${fieldsText(statement)},"d":"${d}"}`;
}

function groupText(group: Group): string {
  const { st, home, rank, via, country, orders, deals, contacts } = group;
  const head = JSON.stringify({ home, rank, via, country, orders, deals, contacts });
  return `${head.slice(0, -1)},"st":[${st.map(statementText).join(",")}]}`;
}

/** Groups as JSON. */
export function groupsText(groups: Groups): string {
  return groups.length === 1 ? `[${groupText(groups[0]!)}]` : `[${groups.map(groupText).join(",")}]`;
}
