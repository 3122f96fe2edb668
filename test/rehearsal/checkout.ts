import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/node24.mjs";

/** Our own packages among the installed ones. */
const SCOPE = "@bullseye";

/** What a deploy reads besides the packages. */
const ROOTED = ["stacks", "events/published", "sst.config.ts", "cdk.json", "package.json", "tsconfig.json"];

/** Copies what a deploy reads into a checkout of its own: whatever happens to this one meanwhile, only what the rehearsal changes changes. */
export function makeCheckout(folder: string): void {
  for (const name of ROOTED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of readdirSync(join(ROOT, "packages")))
    for (const part of ["package.json", "src"])
      cpSync(join(ROOT, "packages", name, part), join(folder, "packages", name, part), { recursive: true });
  mkdirSync(join(folder, "node_modules", SCOPE), { recursive: true });
  for (const name of readdirSync(join(ROOT, "node_modules")))
    if (name !== SCOPE) symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  for (const name of readdirSync(join(folder, "packages")))
    symlinkSync(join(folder, "packages", name), join(folder, "node_modules", SCOPE, name));
}

/** Changes a function: from now on it writes `text` whenever a container of it starts. */
export function changeFunction(folder: string, id: string, text: string): void {
  const file = join(folder, "packages", "functions", "src", `${id}.ts`);
  writeFileSync(file, `${readFileSync(file, "utf8")}\nconsole.log(${JSON.stringify(text)});\n`);
}
