import { factsOf } from "./syntax.ts";
import { areaOf, isCode, isTest, type Rule, type Tree } from "./tree.ts";

/** A handler parses, calls its operation and returns. */
const MOST_HANDLER_LINES = 25;

const FUNCTIONS = "packages/functions/src/";
const OPERATIONS = "packages/core/src/operations/";

/** Every platform's workers run this operation under a name of their own. */
const HANDLERS: Readonly<Record<string, string>> = { "deliver-push": "deliver" };

const handles = (text: string): boolean => /^export const handler\b/m.test(text);

function thinHandlers(tree: Tree): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!path.startsWith(FUNCTIONS) || !isCode(path) || isTest(path) || !handles(text)) continue;
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    if (lines > MOST_HANDLER_LINES)
      found.push(`${path}:${MOST_HANDLER_LINES} has ${lines} lines; a handler parses, calls the operation and returns`);
  }
  return found;
}

function operationsHandled(tree: Tree): string[] {
  const ids = new Set<string>();
  for (const path of tree.keys()) {
    const [id, ...rest] = path.startsWith(OPERATIONS) ? path.slice(OPERATIONS.length).split("/") : [];
    if (id !== undefined && rest.length > 0 && isCode(path) && !isTest(path)) ids.add(id);
  }
  return [...ids]
    .map((id) => `${FUNCTIONS}${HANDLERS[id] ?? id}.ts`)
    .filter((path) => !handles(tree.get(path) ?? ""))
    .map((path) => `${path}:1 is missing or exports no handler; every operation has one`);
}

function sdkInOnePlace(tree: Tree): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!path.startsWith("packages/") || !isCode(path) || isTest(path) || areaOf(path) === "aws") continue;
    for (const { specifier, line } of factsOf(path, text).references)
      if (/^@(aws-sdk|smithy)\//.test(specifier))
        found.push(`${path}:${line} imports ${specifier}; the AWS SDK is packages/aws's alone`);
  }
  return found;
}

const handler = "export const handler = 1;\n";

export const handlerRules: readonly Rule[] = [
  {
    id: "handlers are thin",
    check: thinHandlers,
    planted: [{ [`${FUNCTIONS}split-list.ts`]: handler + "\n".repeat(MOST_HANDLER_LINES) }],
    clean: [
      { [`${FUNCTIONS}split-list.ts`]: handler, [`${FUNCTIONS}operation-handler.ts`]: `export const a = 1;\n${"\n".repeat(99)}` },
    ],
  },
  {
    id: "every operation has a handler",
    check: operationsHandled,
    planted: [
      { [`${OPERATIONS}split-list/split-list.ts`]: "" },
      { [`${OPERATIONS}split-list/split-list.ts`]: "", [`${FUNCTIONS}split-list.ts`]: "export const other = 1;" },
    ],
    clean: [
      {
        [`${OPERATIONS}split-list/split-list.ts`]: "",
        [`${FUNCTIONS}split-list.ts`]: handler,
        [`${OPERATIONS}deliver-push/deliver-push.ts`]: "",
        [`${FUNCTIONS}deliver.ts`]: handler,
        [`${OPERATIONS}registry.ts`]: "",
      },
    ],
  },
  {
    id: "the AWS SDK is known in one package",
    check: sdkInOnePlace,
    planted: [
      { "packages/functions/src/a.ts": `import { S3Client } from "@aws-sdk/client-s3";` },
      { "packages/cli/src/a.ts": `const s3 = await import("@aws-sdk/client-s3");` },
    ],
    clean: [{ "packages/aws/src/a.ts": `import { S3Client } from "@aws-sdk/client-s3";` }],
  },
];
