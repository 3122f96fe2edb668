import { guardedCsvLine } from "@bullseye/core/lists/csv";
import { type ContactListing, listContacts } from "@bullseye/core/queries/contacts";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";
import { countOption } from "../number-options.ts";
import { formatOf, JsonArray } from "../record-formats.ts";

/** Rows of the table for people when no limit is given. */
const SHOWN = 50;

const COLUMNS = ["id", "account_id", "title", "role", "department", "seniority", "consent", "sources"];
const PERSONAL_COLUMNS = ["first_name", "last_name", "email", "phone"];

function csvOf(contact: ContactListing): string {
  const { personal } = contact;
  const cells = [
    contact.id,
    contact.accountId,
    contact.title,
    contact.role,
    contact.department,
    contact.seniority,
    contact.consent,
  ];
  const sources = contact.sources.map(({ list, row }) => `${list}:${row}`).join(" ");
  const known = personal ? [personal.firstName, personal.lastName, personal.email, personal.phone] : [];
  return guardedCsvLine([...cells, sources, ...known].map((cell) => cell ?? null));
}

export const contactsCommand: Command = {
  name: "contacts",
  summary: "lists the people at accounts; names and addresses only when asked",
  usage: "contacts [--limit N] [--personal] [--json | --jsonl | --csv]",
  options: { personal: { type: "boolean" }, limit: { type: "string" }, csv: { type: "boolean" } },
  describe: {
    personal: "names, e-mail addresses and telephone numbers too",
    limit: `N     the first N; people see ${SHOWN} without it, scripts all`,
    csv: "comma-separated, for spreadsheets",
  },
  async run(context) {
    const { args, values, out } = context;
    expectWords("contacts", args, 0, 0, "nothing else");
    const format = formatOf(values);
    const personal = values.personal === true;
    const most = countOption(values, "limit") ?? (format === "text" ? SHOWN : Number.POSITIVE_INFINITY);
    const { ports } = await context.workplace();
    if (format === "csv") out.raw(guardedCsvLine(personal ? [...COLUMNS, ...PERSONAL_COLUMNS] : COLUMNS));
    const array = new JsonArray(out);
    const rows: Array<Array<string | null>> = [];
    let seen = 0;
    for await (const contact of listContacts(ports, { personal })) {
      if (++seen > most) break;
      if (format === "csv") out.raw(csvOf(contact));
      else if (format === "jsonl") out.line(contact);
      else if (format === "json") array.add(contact);
      else {
        const { personal: known } = contact;
        const name = known ? [[known.firstName, known.lastName].filter(Boolean).join(" "), known.email, known.phone] : [];
        rows.push([
          contact.accountId,
          contact.title,
          contact.role,
          contact.department,
          contact.seniority,
          contact.consent,
          ...name,
        ]);
      }
    }
    if (format === "json") array.end();
    if (format !== "text") return 0;
    if (rows.length === 0) {
      out.text("There are no contacts.");
      return 0;
    }
    const header = [
      "account",
      "title",
      "role",
      "department",
      "seniority",
      "consent",
      ...(personal ? ["name", "e-mail", "telephone"] : []),
    ];
    out.table(header, rows);
    if (seen > most) out.note(`the first ${rows.length}; --limit N shows more, --csv all`);
    return 0;
  },
};
