import { factsOf, targetOf } from "./syntax.ts";
import { isCode, isTest, type Rule, type Tree } from "./tree.ts";

/** Past this many lines a file has two subjects. */
const MOST_LINES = 400;

const SAYS_NOTHING = /(^|[-.])(utils?|helpers?|common|misc)$/;

function sizes(tree: Tree): string[] {
  const found: string[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path) || /\.test\.tsx?$/.test(path) || path.includes("/data/")) continue;
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    if (lines > MOST_LINES) found.push(`${path}:${MOST_LINES} has ${lines} lines, more than ${MOST_LINES}; split it by subject`);
  }
  return found;
}

function names(tree: Tree): string[] {
  const found: string[] = [];
  for (const path of tree.keys()) {
    if (!isCode(path)) continue;
    const parts = path.replace(/(\.test)?\.[a-z]+$/, "").split("/");
    for (const part of parts) {
      if (SAYS_NOTHING.test(part)) found.push(`${path}:1 "${part}" says nothing about its subject; name it after what it knows`);
      else if (!/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(part)) found.push(`${path}:1 "${part}" is not kebab-case`);
    }
  }
  return found;
}

/** The names of the folders directly under `parent` that hold code. */
function foldersUnder(tree: Tree, parent: string): string[] {
  const folders = new Set<string>();
  for (const path of tree.keys()) {
    if (!path.startsWith(parent) || !isCode(path) || isTest(path)) continue;
    const [folder, ...rest] = path.slice(parent.length).split("/");
    if (folder !== undefined && rest.length > 0) folders.add(folder);
  }
  return [...folders];
}

/** Folders of `parent` that no registry file imports from. */
function unregistered(tree: Tree, parent: string, registries: readonly string[]): string[] {
  const registered = new Set<string>();
  for (const registry of registries) {
    const text = tree.get(registry);
    for (const { specifier } of text === undefined ? [] : factsOf(registry, text).references) {
      const target = targetOf(registry, specifier);
      if (target.startsWith(parent)) registered.add(target.slice(parent.length).split("/")[0] ?? "");
    }
  }
  return foldersUnder(tree, parent).filter((folder) => !registered.has(folder));
}

function connectorsRegistered(tree: Tree): string[] {
  const root = "packages/connectors/src";
  return ["ads", "enrichment"].flatMap((kind) => {
    const registries = [`${root}/registry.ts`, `${root}/${kind}/registry.ts`];
    return unregistered(tree, `${root}/${kind}/`, registries).map(
      (id) => `${root}/${kind}/${id}:1 is not registered; import it in ${registries[0]}`,
    );
  });
}

function manifestsAgree(tree: Tree): string[] {
  const root = "packages/connectors/src";
  const found: string[] = [];
  for (const kind of ["ads", "enrichment"]) {
    for (const folder of foldersUnder(tree, `${root}/${kind}/`)) {
      const path = `${root}/${kind}/${folder}/manifest.json`;
      const text = tree.get(path);
      const id = text === undefined ? undefined : (JSON.parse(text) as { id?: string }).id;
      if (text === undefined) found.push(`${path}:1 is missing; the stacks read it`);
      else if (id !== folder) found.push(`${path}:1 has the id "${id}"; one id everywhere: "${folder}"`);
    }
  }
  return found;
}

function operationsRegistered(tree: Tree): string[] {
  const parent = "packages/core/src/operations/";
  const registry = `${parent}registry.ts`;
  if (!tree.has(registry)) return [];
  return unregistered(tree, parent, [registry]).map((id) => `${parent}${id}:1 is not registered; import it in ${registry}`);
}

const lines = (count: number): string => "export {};\n".repeat(count);
const ADS = "packages/connectors/src/ads";
const OPERATIONS = "packages/core/src/operations";

export const layoutRules: readonly Rule[] = [
  {
    id: "no file outgrows its room",
    check: sizes,
    planted: [{ "packages/core/src/a.ts": lines(MOST_LINES + 1) }, { "scripts/a.mjs": lines(MOST_LINES + 1) }],
    clean: [
      { "packages/core/src/a.ts": lines(MOST_LINES) },
      { "packages/core/src/a.test.ts": lines(900), "packages/core/src/x/data/names.ts": lines(900) },
    ],
  },
  {
    id: "names say what a file knows",
    check: names,
    planted: [
      { "packages/core/src/utils.ts": "" },
      { "packages/core/src/helpers/x.ts": "" },
      { "packages/core/src/string-util.ts": "" },
      { "packages/core/src/Common.ts": "" },
      { "packages/core/src/planPush.ts": "" },
    ],
    clean: [
      {
        "packages/core/src/plan-push.ts": "",
        "packages/core/src/miscellany.ts": "",
        "vitest.config.ts": "",
        "scripts/a.d.ts": "",
      },
    ],
  },
  {
    id: "every connector is registered",
    check: connectorsRegistered,
    planted: [
      { [`${ADS}/linkedin/index.ts`]: "" },
      {
        [`${ADS}/linkedin/index.ts`]: "",
        [`${ADS}/meta/index.ts`]: "",
        "packages/connectors/src/registry.ts": `import "./ads/meta/index.ts";`,
      },
      {
        "packages/connectors/src/enrichment/rdap/index.ts": "",
        "packages/connectors/src/registry.ts": `// ./enrichment/rdap/index.ts`,
      },
    ],
    clean: [
      {
        [`${ADS}/linkedin/index.ts`]: "",
        "packages/connectors/src/registry.ts": `import "./ads/linkedin/index.ts";`,
        [`${ADS}/shared.ts`]: "",
      },
    ],
  },
  {
    id: "a connector's manifest carries its folder's id",
    check: manifestsAgree,
    planted: [
      { [`${ADS}/linkedin/index.ts`]: "" },
      { [`${ADS}/linkedin/index.ts`]: "", [`${ADS}/linkedin/manifest.json`]: `{"id":"linked-in"}` },
    ],
    clean: [{ [`${ADS}/linkedin/index.ts`]: "", [`${ADS}/linkedin/manifest.json`]: `{"id":"linkedin"}` }],
  },
  {
    id: "every operation is registered",
    check: operationsRegistered,
    planted: [
      { [`${OPERATIONS}/registry.ts`]: "", [`${OPERATIONS}/plan-push/index.ts`]: "" },
      {
        [`${OPERATIONS}/registry.ts`]: `import "./split/index.ts";`,
        [`${OPERATIONS}/split/index.ts`]: "",
        [`${OPERATIONS}/plan-push/index.ts`]: "",
      },
    ],
    clean: [
      {
        [`${OPERATIONS}/registry.ts`]: `export { planPush } from "./plan-push/operation.ts";`,
        [`${OPERATIONS}/plan-push/operation.ts`]: "",
      },
      { [`${OPERATIONS}/plan-push/index.ts`]: "" },
    ],
  },
];
