import * as z from "zod";
import { InputError } from "../errors.ts";

/** How people call a list, whose it is, and words to find it by. Neither names a person's address. */
export interface ListLabels {
  name?: string | undefined;
  /** A role or a team. */
  owner?: string | undefined;
  /** Sorted, each once. */
  tags?: string[] | undefined;
}

const MOST_CHARACTERS = 120;
const MOST_TAGS = 30;
const ONE_LINE = /^[^\p{Cc}]+$/u;
const ADDRESS = /\S@\S/;

const label = (what: string) =>
  z
    .string()
    .trim()
    .min(1, { error: `${what} is empty` })
    .max(MOST_CHARACTERS, { error: `${what} has more than ${MOST_CHARACTERS} characters` })
    .regex(ONE_LINE, { error: `${what} is one line` });

/** The labels as a sidecar gives them. */
export const LABEL_SHAPE = {
  name: label("a name")
    .refine((name) => !ADDRESS.test(name), { error: "a name holds no e-mail address" })
    .optional(),
  owner: label("an owner")
    .refine((owner) => !ADDRESS.test(owner), { error: "an owner is a role or a team, like sales-ops, and no e-mail address" })
    .optional(),
  tags: z
    .array(
      z.string().regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}-]{0,39}$/u, {
        error: "a tag is a word of lower-case letters, digits and dashes, like spring-fair",
      }),
    )
    .max(MOST_TAGS, { error: `a list has ${MOST_TAGS} tags at most` })
    .optional(),
};

const Labels = z.strictObject(LABEL_SHAPE);

/** Labels that a person gave; InputError names what is wrong with one. */
export function checkLabels(given: ListLabels): ListLabels {
  const parsed = Labels.safeParse(given);
  if (parsed.success) return present({ ...parsed.data, tags: parsed.data.tags && sortedTags(parsed.data.tags) });
  const issue = parsed.error.issues[0]!;
  throw new InputError(issue.message, { hint: hintFor(String(issue.path[0])) });
}

const hintFor = (label: string): string =>
  label === "owner" ? "write --owner sales-ops" : label === "tags" ? "write --tag spring-fair" : "write it in plain words";

/** What a drop or a person adds to the labels of a list: name and owner take the place of what was there, tags are added. */
export function joinLabels(known: ListLabels, given: ListLabels): ListLabels {
  const tags = sortedTags([...(known.tags ?? []), ...(given.tags ?? [])]);
  return present({ name: given.name ?? known.name, owner: given.owner ?? known.owner, tags: tags.length > 0 ? tags : undefined });
}

const sortedTags = (tags: readonly string[]): string[] => [...new Set(tags)].sort();

function present({ name, owner, tags }: ListLabels): ListLabels {
  return {
    ...(name === undefined ? {} : { name }),
    ...(owner === undefined ? {} : { owner }),
    ...(tags === undefined ? {} : { tags }),
  };
}
