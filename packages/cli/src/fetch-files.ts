import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Ports } from "@bullseye/core/ports";

/** Copies objects into a directory of this machine, under their keys; answers the paths written. Keys that are not there any more are passed over. */
export async function fetchFiles(ports: Ports, keys: readonly string[], directory: string): Promise<string[]> {
  const written: string[] = [];
  for (const key of new Set(keys)) {
    if ((await ports.objects.size(key)) === null) continue;
    const path = join(directory, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await ports.objects.get(key));
    written.push(path);
  }
  return written;
}
