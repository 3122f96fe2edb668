import { workerData } from "node:worker_threads";
import { OPERATIONS } from "@bullseye/core/operations/registry";
import type { RunSettings } from "@bullseye/core/ports";
import { serveTasks } from "./engine/serve-tasks.ts";
import type { TaskHandler } from "./engine/task-runner.ts";
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
const handlers: Record<string, TaskHandler> = {};
for (const operation of OPERATIONS) handlers[operation.id] = (input) => operation.perform(ports, input);
serveTasks(handlers, () => ports.close());
