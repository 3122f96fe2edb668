import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "./names.ts";

/** What the stacks need of an ad platform's manifest. */
export interface AdManifest {
  id: string;
  /** Deliveries at a time that the platform allows. */
  concurrency: number;
}

const ADS = join("packages", "connectors", "src", "ads");

/** The manifests of all ad platforms, by folder name. A platform is added by its folder alone. */
export function adManifests(): AdManifest[] {
  return readdirSync(join(process.cwd(), ADS), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(process.cwd(), ADS, entry.name, "manifest.json")))
    .map((entry) => entry.name)
    .sort()
    .map((folder) => {
      const manifest = readJson<AdManifest>(ADS, folder, "manifest.json");
      if (manifest.id !== folder || !Number.isInteger(manifest.concurrency) || manifest.concurrency < 1)
        throw new Error(`${join(ADS, folder, "manifest.json")} must have the id "${folder}" and a concurrency of 1 or more`);
      return manifest;
    });
}
