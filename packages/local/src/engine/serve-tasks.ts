import { isMainThread, parentPort } from "node:worker_threads";
import { BugError } from "@bullseye/core/errors";
import { handlerFor, type TaskHandler } from "./task-runner.ts";
import { encodeError } from "./wire-error.ts";
import type { FromWorker, ToWorker } from "./worker-pool.ts";

/**
 * The worker's side of a WorkerPool: answers tasks with the handlers, several at once when they wait for something. `close` runs once, after the last task.
 */
export function serveTasks(handlers: Readonly<Record<string, TaskHandler>>, close?: () => void | Promise<void>): void {
  const port = parentPort;
  if (isMainThread || port === null) throw new BugError("serveTasks was called outside a worker");
  const reply = (message: FromWorker) => port.postMessage(message);
  port.on("message", async (message: ToWorker) => {
    if ("close" in message) {
      await close?.();
      port.close();
      return;
    }
    const { id, resource, input } = message;
    try {
      reply({ id, output: await handlerFor(handlers, resource)(input) });
    } catch (error) {
      reply({ id, error: encodeError(error) });
    }
  });
  reply({ ready: true });
}
