import { workerData } from "node:worker_threads";
import type { RunSettings } from "@bullseye/core/ports";
import { serveTasks } from "./engine/serve-tasks.ts";
import { meteredHandlers } from "./metering.ts";
import { openPorts, type Surroundings } from "./ports.ts";
import { WriteLock } from "./store/write-lock.ts";

/** What a worker is told when it starts; `surroundings` names a module that exports `surroundings`. */
export interface WorkerData {
  home: string;
  settings: Partial<RunSettings>;
  surroundings: string;
  lock: SharedArrayBuffer;
}

const { home, settings, surroundings, lock } = workerData as WorkerData;
const outside = (await import(surroundings)) as { surroundings: Surroundings };
const ports = openPorts(home, outside.surroundings, settings, new WriteLock(lock));
serveTasks(meteredHandlers(ports), () => ports.close());
