import * as z from "zod";
import { InputError } from "../errors.ts";
import { sentence } from "../rules/document.ts";
import { ORIGINS, type SourceDeclaration } from "./kinds.ts";
import { LABEL_SHAPE, type ListLabels } from "./labels.ts";

const Shape = z.strictObject({
  ...LABEL_SHAPE,
  mode: z.enum(["append", "snapshot"]).optional(),
  source: z
    .strictObject({
      origin: z.enum(ORIGINS).default("unknown"),
      relationship: z.string().optional(),
      consentBasis: z.string().optional(),
      defaultCountry: z
        .string()
        .regex(/^[A-Z]{2}$/, { error: "a country is two capital letters, like DE" })
        .optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, { error: "a currency is three capital letters, like EUR" })
        .optional(),
      system: z
        .string()
        .regex(/^[a-z0-9-]+$/, { error: "a system is a short word, like erp" })
        .optional(),
      declaredBy: z.string().optional(),
      declaredAt: z.string().optional(),
    })
    .optional(),
  sheet: z.string().min(1).optional(),
  batch: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, { error: "a batch is a word like 2026-11" })
    .optional(),
});

const KEYS = Object.keys(Shape.shape);
const SOURCE_KEYS = Object.keys(Shape.shape.source.unwrap().shape);

/** What stands beside a dropped file in `<file>.list.json`: how it adds to its list, where it comes from, and whose it is. */
export interface Sidecar extends ListLabels {
  /** As before where nothing is said; `append` for a new list. */
  mode?: "append" | "snapshot" | undefined;
  /** As before where nothing is said; `unknown` for a new list. */
  source?: SourceDeclaration | undefined;
  /** The sheet of a workbook, or the table of a zip archive, where it is not the first or only one. */
  sheet?: string | undefined;
  /** Files with the same one are one snapshot together: a snapshot withdraws what files of other batches said. */
  batch?: string | undefined;
}

/** Reads a sidecar; `name` is the file that an InputError names. */
export function parseSidecar(text: string, name: string): Sidecar {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${name} is not JSON`, { hint: 'write {"mode": "append", "source": {"origin": "first-party"}}', cause });
  }
  const parsed = Shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) =>
    [...issue.path, sentence(issue, issue.path[0] === "source" ? SOURCE_KEYS : KEYS)].join(": "),
  );
  throw new InputError(`${name}: ${wrong.join("; ")}`, { hint: "correct the file and run it again" });
}
