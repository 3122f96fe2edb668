import { InputError } from "@bullseye/core/errors";
import type { Fields } from "./fields.ts";
import { compilePath, type Path } from "./json-path.ts";
import { loadCatch, loadResultPath, loadRetry } from "./load-errors.ts";
import { compileTemplate, type Template } from "./template.ts";
import {
  type ChoiceRule,
  type FailState,
  type MapState,
  OPERATORS,
  type Operator,
  type State,
  type Workflow,
} from "./workflow.ts";

/** Where a state stands: iterations of a Map have neither the parent's execution context nor Maps of their own. */
export interface Place {
  readonly inMap: boolean;
  readonly loadMachine: (fields: Fields, inMap: boolean) => Workflow;
}

/** Compiles one state; InputError names the path of whatever the engine does not implement. */
export function loadState(name: string, fields: Fields, place: Place): State {
  const type = fields.string("Type");
  const load = Object.hasOwn(LOADERS, type) ? LOADERS[type] : undefined;
  if (load === undefined) throw new InputError(`${fields.at("Type")}: state type "${type}" is not supported`);
  const state = load(name, fields, place);
  fields.close();
  return state;
}

const LOADERS: Record<string, (name: string, fields: Fields, place: Place) => State> = {
  Task: (name, fields, place) => ({
    type: "Task",
    ...loadCommon(name, fields, place),
    resource: fields.string("Resource"),
    parameters: loadTemplate(fields, "Parameters", place),
    resultSelector: loadTemplate(fields, "ResultSelector", place),
    resultPath: loadResultPath(fields),
    retry: loadRetry(fields),
    catch: loadCatch(fields),
    next: loadNext(fields),
  }),
  Pass: (name, fields, place) => ({
    type: "Pass",
    ...loadCommon(name, fields, place),
    parameters: loadTemplate(fields, "Parameters", place),
    resultPath: loadResultPath(fields),
    next: loadNext(fields),
  }),
  Wait: (name, fields, place) => ({
    type: "Wait",
    ...loadCommon(name, fields, place),
    until: loadUntil(fields, place),
    next: loadNext(fields),
  }),
  Choice: (name, fields, place) => {
    const rules = fields.list("Choices");
    if (rules.length === 0) throw new InputError(`${fields.at("Choices")}: must have a rule`);
    return {
      type: "Choice",
      ...loadCommon(name, fields, place),
      choices: rules.map((rule) => loadRule(rule, place)),
      fallback: fields.has("Default") ? fields.string("Default") : null,
    };
  },
  Map: loadMap,
  Succeed: (name, fields, place) => ({ type: "Succeed", ...loadCommon(name, fields, place) }),
  Fail: (name, fields, place): FailState => ({
    type: "Fail",
    name,
    inputPath: null,
    outputPath: null,
    error: loadText(fields, "Error", place),
    cause: loadText(fields, "Cause", place),
  }),
};

function loadMap(name: string, fields: Fields, place: Place): MapState {
  if (place.inMap) throw new InputError(`${fields.where}: a Map inside a Map is not supported`);
  const reader = fields.object("ItemReader");
  reader.literal("Resource", "arn:aws:states:::s3:getObject");
  const config = reader.object("ReaderConfig");
  config.literal("InputType", "JSON");
  config.close();
  const writer = fields.object("ResultWriter");
  writer.literal("Resource", "arn:aws:states:::s3:putObject");
  const processor = fields.object("ItemProcessor");
  const mode = processor.object("ProcessorConfig");
  mode.literal("Mode", "DISTRIBUTED");
  mode.literal("ExecutionType", "STANDARD");
  mode.close();
  const state: MapState = {
    type: "Map",
    ...loadCommon(name, fields, place),
    reader: loadPair(reader, "Bucket", "Key", place),
    itemSelector: fields.has("ItemSelector")
      ? compileTemplate(fields.get("ItemSelector"), fields.at("ItemSelector"), "item")
      : null,
    processor: place.loadMachine(processor, true),
    maxConcurrency: fields.integer("MaxConcurrency", 0, 10_000, 0),
    toleratedFailurePercentage: fields.number("ToleratedFailurePercentage", 0, 100, 0),
    writer: loadPair(writer, "Bucket", "Prefix", place),
    resultSelector: loadTemplate(fields, "ResultSelector", place),
    resultPath: loadResultPath(fields),
    catch: loadCatch(fields),
    next: loadNext(fields),
  };
  reader.close();
  writer.close();
  return state;
}

function loadCommon(name: string, fields: Fields, place: Place) {
  const root = compilePath("$", fields.where, "none");
  const path = (field: string): Path | null => {
    if (!fields.has(field)) return root;
    const text = fields.get(field);
    return text === null ? null : compilePath(text, fields.at(field), use(place));
  };
  return { name, inputPath: path("InputPath"), outputPath: path("OutputPath") };
}

function use(place: Place): "none" | "execution" {
  return place.inMap ? "none" : "execution";
}

function loadTemplate(fields: Fields, name: string, place: Place): Template | null {
  return fields.has(name) ? compileTemplate(fields.get(name), fields.at(name), use(place)) : null;
}

function loadPair(fields: Fields, first: string, second: string, place: Place): Template {
  const parameters = fields.object("Parameters");
  for (const name of [first, second]) {
    if (parameters.has(name)) parameters.string(name);
    else compilePath(parameters.get(`${name}.$`), parameters.at(`${name}.$`), use(place));
  }
  parameters.close();
  return compileTemplate(fields.get("Parameters"), fields.at("Parameters"), use(place));
}

function loadNext(fields: Fields): string | null {
  if (fields.has("Next") === fields.has("End")) throw new InputError(`${fields.where}: needs either Next or End`);
  if (fields.has("Next")) return fields.string("Next");
  if (fields.get("End") !== true) throw new InputError(`${fields.at("End")}: only true is supported`);
  return null;
}

function loadUntil(fields: Fields, place: Place) {
  const given = ["Seconds", "SecondsPath", "TimestampPath"].filter((name) => fields.has(name));
  if (given.length !== 1) throw new InputError(`${fields.where}: needs one of Seconds, SecondsPath, TimestampPath`);
  if (given[0] === "Seconds") return { seconds: fields.integer("Seconds", 0, 99_999_999) };
  const path = compilePath(fields.get(given[0]!), fields.at(given[0]!), use(place));
  return given[0] === "SecondsPath" ? { secondsPath: path } : { timestampPath: path };
}

function loadRule(fields: Fields, place: Place): ChoiceRule {
  const variable = compilePath(fields.get("Variable"), fields.at("Variable"), use(place));
  const found = fields.keys().filter((key) => Object.hasOwn(OPERATORS, key)) as Operator[];
  const operator = found[0];
  if (operator === undefined) {
    const other = fields.keys().find((key) => !["Variable", "Next", "Comment"].includes(key));
    throw new InputError(`${other === undefined ? fields.where : fields.at(other)}: not a comparison that is supported`);
  }
  const operand = fields.get(operator);
  if (typeof operand !== OPERATORS[operator]) throw new InputError(`${fields.at(operator)}: must be a ${OPERATORS[operator]}`);
  const rule = { variable, operator, operand: operand as boolean | number | string, next: fields.string("Next") };
  fields.close();
  return rule;
}

function loadText(fields: Fields, name: string, place: Place): string | Path {
  if (!fields.has(`${name}Path`)) return fields.string(name);
  return compilePath(fields.get(`${name}Path`), fields.at(`${name}Path`), use(place));
}
