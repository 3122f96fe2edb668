import { createHash } from "node:crypto";
import { InputError } from "@bullseye/core/errors";
import { Fields } from "./fields.ts";
import { loadState } from "./load-state.ts";
import type { State, WholeWorkflow, Workflow } from "./workflow.ts";

const SUBSTITUTION = /\$\{([A-Za-z0-9]+)\}/g;
const NAME_LENGTH = 80; // Step Functions quotas: state name, 80 characters

/**
 * Compiles a workflow in Amazon States Language after filling in `${Name}`. Throws InputError, naming the path, for a state type, field, path form,
 * comparison or error name that the engine does not implement, for a missing substitution, target or way to reach a state.
 */
export function loadWorkflow(json: unknown, substitutions: Record<string, string>): WholeWorkflow {
  const definition = substitute(json, substitutions, "workflow");
  const machine = loadMachine(new Fields(definition, "workflow"), new Set(), false);
  return { ...machine, fingerprint: createHash("sha256").update(JSON.stringify(definition)).digest("hex") };
}

function loadMachine(fields: Fields, names: Set<string>, inMap: boolean): Workflow {
  const startAt = fields.string("StartAt");
  const bodies = fields.object("States");
  const states = new Map<string, State>();
  for (const name of bodies.keys()) {
    if (names.has(name)) throw new InputError(`${bodies.at(name)}: two states have this name`);
    if (name.length > NAME_LENGTH) throw new InputError(`${bodies.at(name)}: a state name has at most ${NAME_LENGTH} characters`);
    names.add(name);
    const place = { inMap, loadMachine: (inner: Fields, deep: boolean) => loadMachine(inner, names, deep) };
    states.set(name, loadState(name, bodies.object(name), place));
  }
  fields.close();
  checkTargets(startAt, states, fields.where);
  return { startAt, states };
}

function checkTargets(startAt: string, states: ReadonlyMap<string, State>, where: string): void {
  const reached = new Set<string>();
  const open: [string, string][] = [[startAt, `${where}.StartAt`]];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const [name, from] = entry;
    const state = states.get(name);
    if (state === undefined) throw new InputError(`${from}: there is no state "${name}"`);
    if (reached.has(name)) continue;
    reached.add(name);
    for (const target of targets(state)) open.push([target, `${where}.States.${name}`]);
  }
  for (const name of states.keys()) {
    if (!reached.has(name)) throw new InputError(`${where}.States.${name}: nothing leads here`);
  }
}

function targets(state: State): string[] {
  if (state.type === "Succeed" || state.type === "Fail") return [];
  if (state.type === "Choice") {
    const rules = state.choices.map((rule) => rule.next);
    return state.fallback === null ? rules : [...rules, state.fallback];
  }
  const next = state.next === null ? [] : [state.next];
  return state.type === "Task" || state.type === "Map" ? [...next, ...state.catch.map((catcher) => catcher.next)] : next;
}

function substitute(json: unknown, values: Record<string, string>, where: string): unknown {
  if (typeof json === "string") {
    return json.replace(SUBSTITUTION, (whole, name: string) => {
      if (!Object.hasOwn(values, name)) throw new InputError(`${where}: no value was given for ${whole}`);
      return values[name]!;
    });
  }
  if (Array.isArray(json)) return json.map((entry, index) => substitute(entry, values, `${where}[${index}]`));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, substitute(value, values, `${where}.${key}`)]));
}
