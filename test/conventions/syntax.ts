import { posix } from "node:path";
import { parseSync } from "vite";

/** A module that a file names. `kind` is `url` for `new URL("…", import.meta.url)`, which may also name a folder. */
export interface Reference {
  readonly specifier: string;
  readonly names: readonly string[];
  readonly line: number;
  readonly kind: "import" | "type" | "url";
}

/** A global that a file reaches for: a dotted name such as `process.env`, or `new Date()` and `Date()`, which read the clock. */
export interface GlobalUse {
  readonly name: string;
  readonly line: number;
}

export interface Facts {
  readonly references: readonly Reference[];
  readonly globals: readonly GlobalUse[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const cache = new Map<string, Facts>();

/** What a source file names, read from its syntax tree, so that comments and strings never count. Throws where the file does not parse. */
export function factsOf(path: string, text: string): Facts {
  const key = `${path}\0${text}`;
  let facts = cache.get(key);
  if (facts === undefined) {
    facts = collect(path, text);
    cache.set(key, facts);
  }
  return facts;
}

/** Where a relative reference leads, as a path from the root. */
export function targetOf(path: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(path), specifier));
}

function collect(path: string, text: string): Facts {
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path} does not parse: ${parsed.errors[0]?.message}`);
  const references: Reference[] = [];
  const globals: GlobalUse[] = [];
  const lineOf = (node: Node): number => text.slice(0, node.start).split("\n").length;
  const refer = (source: unknown, node: Node, kind: Reference["kind"], names: string[] = []): void => {
    const specifier = literal(source);
    if (specifier !== undefined) references.push({ specifier, names, line: lineOf(node), kind });
  };

  const visit = (node: Node): void => {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        refer(
          node.source,
          node,
          node.importKind === "type" || node.exportKind === "type" ? "type" : "import",
          importedNames(node),
        );
        break;
      case "ImportExpression":
        refer(node.source, node, "import");
        break;
      case "TSImportType":
        refer(node.source ?? node.argument, node, "type");
        break;
      case "CallExpression": {
        const callee = dotted(node.callee);
        if (callee === "require" || callee === "import.meta.resolve") refer((node.arguments as Node[])[0], node, "import");
        else if (callee === "Date") globals.push({ name: "Date()", line: lineOf(node) });
        else if (callee !== undefined && !callee.includes(".")) globals.push({ name: callee, line: lineOf(node) });
        break;
      }
      case "NewExpression": {
        const callee = dotted(node.callee);
        const args = node.arguments as Node[];
        if (callee === "Date" && args.length === 0) globals.push({ name: "new Date()", line: lineOf(node) });
        if (callee === "URL" && dotted(args[1]) === "import.meta.url") refer(args[0], node, "url");
        break;
      }
      case "MemberExpression": {
        const name = dotted(node);
        if (name !== undefined) globals.push({ name, line: lineOf(node) });
        break;
      }
      case "VariableDeclarator": {
        const from = dotted(node.init);
        for (const property of destructured(node.id)) {
          if (from !== undefined) globals.push({ name: `${from}.${property}`, line: lineOf(node) });
        }
        break;
      }
    }
    for (const value of Object.values(node)) {
      for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) visit(item);
    }
  };
  visit(parsed.program as unknown as Node);
  return { references, globals };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function literal(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "TSLiteralType") return literal(value.literal);
  return value.type === "Literal" && typeof value.value === "string" ? value.value : undefined;
}

/** `a.b.c` or `a["b"].c` as "a.b.c", without a leading `globalThis.`; undefined where it does not start at a plain name. */
function dotted(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "Identifier") return value.name as string;
  if (value.type === "MetaProperty") return "import.meta";
  if (value.type === "ChainExpression" || value.type === "TSNonNullExpression") return dotted(value.expression);
  if (value.type !== "MemberExpression") return undefined;
  const object = dotted(value.object);
  const property = value.computed ? literal(value.property) : dotted(value.property);
  if (object === undefined || property === undefined) return undefined;
  return object === "globalThis" ? property : `${object}.${property}`;
}

function importedNames(node: Node): string[] {
  const specifiers = (node.specifiers ?? []) as Node[];
  return specifiers.flatMap((specifier) => dotted(specifier.imported) ?? dotted(specifier.local) ?? []);
}

function destructured(id: unknown): string[] {
  if (!isNode(id) || id.type !== "ObjectPattern") return [];
  return (id.properties as Node[]).flatMap((property) => dotted(property.key) ?? []);
}
