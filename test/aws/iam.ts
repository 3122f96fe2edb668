import type { Statement } from "../stacks/synthesized.ts";
import type { Use } from "./recorder.ts";

/** IAM's patterns: `*` any letters, `?` one. */
export function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]) as string[];

/** The values that a request has for a condition key; undefined where the key is absent. */
function valuesOf(key: string, use: Use): string[] | undefined {
  if (key === "s3:prefix") return use.prefix === undefined ? undefined : [use.prefix];
  if (key === "dynamodb:LeadingKeys") return use.leadingKeys;
  throw new Error(`the condition key ${key} is not known here`);
}

/** One line of a condition, after "IAM JSON policy elements: Condition operators". What is not known here is no yes. */
function holds(operator: string, key: string, patterns: string[], use: Use): boolean {
  const values = valuesOf(key, use);
  const matches = (value: string): boolean => patterns.some((pattern) => like(pattern, value));
  switch (operator) {
    case "StringLike":
      return values?.some(matches) ?? false;
    case "StringLikeIfExists":
      return values?.some(matches) ?? true;
    case "ForAllValues:StringLike":
      return values?.every(matches) ?? true;
    default:
      throw new Error(`the condition operator ${operator} is not known here`);
  }
}

/** Whether one statement speaks of a use. */
export function applies({ Action, Resource, Condition = {} }: Statement, use: Use): boolean {
  return (
    Action.includes(use.action) &&
    Resource.some((resource) => like(resource, use.resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, patterns]) => holds(operator, key, listOf(patterns), use)),
    )
  );
}

/** Whether the statements of a role allow a use; Deny wins. */
export function allows(statements: readonly Statement[], use: Use): boolean {
  const found = statements.filter((statement) => applies(statement, use));
  return found.some(({ Effect }) => Effect === "Allow") && !found.some(({ Effect }) => Effect === "Deny");
}
