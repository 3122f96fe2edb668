import * as z from "zod";
import { InputError } from "../../errors.ts";
import { LIST_KINDS, type ListKind, type SourceDeclaration } from "../kinds.ts";
import { planColumn } from "./column-plan.ts";
import { planExtra } from "./extra-columns.ts";
import { FIELDS } from "./fields.ts";
import { headerSlug, normalizeHeader } from "./header.ts";
import type { ColumnMapping, ListMapping } from "./list-mapping.ts";
import { personalReason, sampleColumn } from "./value-shape.ts";

/** Answer of somebody who wants a column left out, or kept as it is. */
export const LEFT_OUT = "none";
export const KEPT_AS_IS = "extra";

const Answer = z.strictObject({
  position: z.int().min(0),
  /** Normalised, to say which column is meant. */
  header: z.string(),
  field: z
    .string()
    .refine((field) => field === LEFT_OUT || field === KEPT_AS_IS || FIELDS.has(field), { error: "no field of ours" }),
  decimal: z.enum([".", ","]).optional(),
  order: z.enum(["dmy", "mdy"]).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  /** Stages of deals that mean so, in lower case. */
  won: z.array(z.string()).optional(),
  lost: z.array(z.string()).optional(),
});

const File = z.strictObject({
  v: z.literal(1),
  /** First 80 bits of the SHA-256 of the ordered normalised headers. */
  signature: z.string().regex(/^[0-9a-f]{20}$/),
  kind: z.enum(LIST_KINDS),
  version: z.int().min(1),
  /** ISO instant. */
  at: z.string(),
  answers: z.array(Answer),
});

/** What somebody decided about one column: a field, `extra` or `none`, and how its cells are written where that was asked. */
export type ColumnAnswer = z.infer<typeof Answer>;

/** What was decided about lists with one header, read as one kind; one version of it, never changed in place. */
export type MappingFile = z.infer<typeof File>;

/** Where the versions for a header lie, by the id of its signature. */
export const mappingFolder = (signature: string): string => `config/mappings/${signature}/`;

/** Where one version lies; keys sort as versions do. */
export const mappingKey = ({ signature, version }: MappingFile): string =>
  `${mappingFolder(signature)}${String(version).padStart(6, "0")}.json`;

/** Reads a mapping file; `name` is the file that an InputError names. */
export function parseMappingFile(text: string, name: string): MappingFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${name} is not JSON`, { hint: "answer again with bullseye inspect FILE --answer", cause });
  }
  const parsed = File.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new InputError(`${name}: ${issue.path.join(".") || "the file"}: ${issue.message}`, {
    hint: "answer again with bullseye inspect FILE --answer",
  });
}

const KIND_OF_PREFIX: Readonly<Record<string, ListKind>> = {
  order: "orders",
  deal: "deals",
  suppression: "suppressions",
  match: "matches",
  contact: "contacts",
};
const KEEPS_EXTRAS: ReadonlySet<ListKind> = new Set<ListKind>(["accounts", "reference", "deals"]);

/** The fields to which a column of a list of that kind can be mapped, in their order. */
export function fieldsOf(kind: ListKind): string[] {
  return [...FIELDS.keys()].filter((field) => {
    const dot = field.indexOf(".");
    return dot < 0 || KIND_OF_PREFIX[field.slice(0, dot)] === kind;
  });
}

/** The answer for a column as given; InputError where lists of that kind have no such field, or keep no columns that mean nothing. */
export function answerFor(kind: ListKind, column: { position: number; header: string }, field: string): ColumnAnswer {
  const fields = fieldsOf(kind);
  if (field === KEPT_AS_IS ? !KEEPS_EXTRAS.has(kind) : field !== LEFT_OUT && !fields.includes(field)) {
    const like = fields.filter((each) => each.toLowerCase().includes(field.toLowerCase().replace(/^.*\./, "")));
    throw new InputError(`a list of ${kind} has no field "${field}"`, {
      hint: `fields: ${(like.length > 0 ? like : fields).join(", ")}, or ${LEFT_OUT}${KEEPS_EXTRAS.has(kind) ? ` or ${KEPT_AS_IS}` : ""}`,
    });
  }
  return { position: column.position, header: normalizeHeader(column.header), field };
}

/** The version after `previous` with these answers, those to other columns kept; null where that would change nothing. */
export function nextMapping(
  previous: MappingFile | null,
  given: { signature: string; kind: ListKind; version: number; at: string; answers: readonly ColumnAnswer[] },
): MappingFile | null {
  const answers = new Map((previous?.answers ?? []).map((answer) => [answer.position, answer]));
  for (const answer of given.answers) answers.set(answer.position, answer);
  const next = [...answers.values()].sort((a, b) => a.position - b.position);
  if (previous !== null && JSON.stringify(next) === JSON.stringify(previous.answers)) return null;
  const { signature, kind, version, at } = given;
  return { v: 1, signature, kind, version, at, answers: next };
}

/** What one version says otherwise than another, as lines for people. */
export function mappingChanges(before: MappingFile | null, after: MappingFile): string[] {
  const old = new Map((before?.answers ?? []).map((answer) => [answer.position, answer]));
  return after.answers
    .filter((answer) => JSON.stringify(old.get(answer.position)) !== JSON.stringify(answer))
    .map((answer) => {
      const was = old.get(answer.position);
      const won = (answer.won ?? []).map((stage) => `${stage}: won`);
      const lost = (answer.lost ?? []).map((stage) => `${stage}: lost`);
      const how = [answer.decimal && `decimals after "${answer.decimal}"`, answer.order, answer.currency, ...won, ...lost]
        .filter(Boolean)
        .join(", ");
      return `column ${answer.position + 1} "${answer.header}": ${was ? `${was.field} -> ` : ""}${answer.field}${how ? ` (${how})` : ""}`;
    });
}

/** Puts what was decided in place of what was found out; decided columns are no longer asked about. Columns of people stay out of kinds that keep none. */
export function applyAnswers(
  mapping: ListMapping,
  file: MappingFile,
  sample: readonly (readonly string[])[],
  source: SourceDeclaration,
): void {
  if (file.kind !== mapping.kind) {
    mapping.warnings.push(
      `what was decided about this header is for a list of ${file.kind}, and this one is read as ${mapping.kind}`,
    );
    return;
  }
  for (const answer of file.answers) {
    const column = mapping.columns[answer.position];
    if (column === undefined || normalizeHeader(column.header) !== answer.header) continue;
    const { guess: _guess, ...found } = column;
    mapping.columns[answer.position] = {
      ...found,
      ...decided(answer, column, mapping, sample, source, file.version),
      confidence: 1,
      review: false,
      decided: file.version,
    };
  }
}

function decided(
  answer: ColumnAnswer,
  column: ColumnMapping,
  mapping: ListMapping,
  sample: readonly (readonly string[])[],
  source: SourceDeclaration,
  version: number,
): Pick<ColumnMapping, "field" | "plan" | "rank" | "reason"> {
  const cells = sampleColumn(sample, column.position);
  const by = `decided by you (version ${version})`;
  if (answer.field === LEFT_OUT) return { field: null, plan: null, rank: 0, reason: `left out, ${by}` };
  if (answer.field === KEPT_AS_IS) {
    const personal = personalReason(column.header, cells);
    if (personal !== null) return { field: null, plan: null, rank: 0, reason: `personal: ${personal}; it cannot be kept` };
    const field = column.field?.startsWith("extra.") ? column.field : `extra.${headerSlug(column.header, column.position)}`;
    return { field, plan: planExtra(cells), rank: 0, reason: `kept as it is, ${by}` };
  }
  const { plan } = planColumn(FIELDS.get(answer.field)!.type, column.header, cells, source.defaultCountry);
  if (answer.field === "sourceId" || answer.field === "parentId") plan.system = column.plan?.system ?? mapping.system;
  if (answer.decimal !== undefined && plan.decimal !== undefined) plan.decimal = answer.decimal;
  if (answer.order !== undefined && plan.order !== undefined) plan.order = answer.order;
  if (answer.currency !== undefined) plan.currency = answer.currency;
  if (answer.won !== undefined || answer.lost !== undefined)
    plan.stages = Object.fromEntries([
      ...(answer.won ?? []).map((stage): [string, "won"] => [stage, "won"]),
      ...(answer.lost ?? []).map((stage): [string, "lost"] => [stage, "lost"]),
    ]);
  // Whoever points at a column means that one: it speaks before others of the same field.
  return { field: answer.field, plan, rank: column.field === answer.field ? column.rank : -1, reason: by };
}
