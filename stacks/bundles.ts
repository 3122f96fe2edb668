import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { FUNCTION_IDS, type FunctionId } from "./functions.ts";

/** What Lambda calls in a bundle. */
export const HANDLER = "index.handler";

const NODE = "node24";

/** Packages in CommonJS ask for Node's own modules by `require`, which modules do not have. */
const REQUIRE = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** How functions are bundled: one file each, in one pass, with the parts of packages that they use and no others. */
export function bundleOptions(outDir: string): BuildOptions {
  return {
    absWorkingDir: process.cwd(),
    entryPoints: FUNCTION_IDS.map((id) => ({ in: join("packages", "functions", "src", `${id}.ts`), out: `${id}/index` })),
    outdir: outDir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: NODE,
    mainFields: ["module", "main"],
    banner: { js: REQUIRE },
    legalComments: "none",
    sourcemap: false,
    logLevel: "warning",
  };
}

/**
 * Bundles every function into `<outDir>/<id>/index.mjs` and answers the directories. The same sources give the same bytes, so that CDK and
 * SST upload the same assets.
 */
export function bundleFunctions(outDir: string): Record<FunctionId, string> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  buildSync(bundleOptions(outDir));
  return Object.fromEntries(FUNCTION_IDS.map((id) => [id, join(outDir, id)])) as Record<FunctionId, string>;
}
