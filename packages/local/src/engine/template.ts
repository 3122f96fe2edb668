import { InputError } from "@bullseye/core/errors";
import { type Context, type ContextUse, compilePath, type Path, read } from "./json-path.ts";

/** A compiled payload template (Parameters, ItemSelector, ResultSelector). */
export type Template =
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "path"; readonly path: Path; readonly where: string }
  | { readonly kind: "object"; readonly fields: readonly (readonly [string, Template])[] };

/** Compiles a payload template: an object in which `"name.$"` holds a path and everything else is constant. */
export function compileTemplate(json: unknown, where: string, use: ContextUse): Template {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new InputError(`${where}: must be an object`);
  return compileNode(json, where, use);
}

function compileNode(json: unknown, where: string, use: ContextUse): Template {
  if (typeof json !== "object" || json === null) return { kind: "constant", value: json };
  if (Array.isArray(json)) {
    if (JSON.stringify(json).includes('.$":')) throw new InputError(`${where}: paths inside arrays are not supported`);
    return { kind: "constant", value: json };
  }
  const fields: [string, Template][] = [];
  const names = new Set<string>();
  for (const [key, value] of Object.entries(json)) {
    const dynamic = key.endsWith(".$");
    const name = dynamic ? key.slice(0, -2) : key;
    const at = `${where}.${key}`;
    if (names.has(name)) throw new InputError(`${at}: "${name}" is given twice`);
    names.add(name);
    fields.push([name, dynamic ? { kind: "path", path: compilePath(value, at, use), where: at } : compileNode(value, at, use)]);
  }
  return { kind: "object", fields };
}

/** The payload a template makes; a path with nothing at its end is a BugError that no Catch sees. */
export function evaluate(template: Template, data: unknown, context: Context): unknown {
  if (template.kind === "constant") return template.value;
  if (template.kind === "path") return read(template.path, data, context, template.where);
  const made: Record<string, unknown> = {};
  for (const [name, node] of template.fields) made[name] = evaluate(node, data, context);
  return made;
}
