import type { Ports } from "../ports.ts";
import { classifyPartition } from "./classify-partition/classify-partition.ts";
import { closeRun } from "./close-run/close-run.ts";
import { deliverPush } from "./deliver-push/deliver-push.ts";
import { enrichPartition } from "./enrich-partition/enrich-partition.ts";
import { importList } from "./import-list/import-list.ts";
import { matchCompanies } from "./match-companies/match-companies.ts";
import { mergePartition } from "./merge-partition/merge-partition.ts";
import { openRound } from "./open-round/open-round.ts";
import { type Operation, perform } from "./operation.ts";
import { placePartition } from "./place-partition/place-partition.ts";
import { planAudiences } from "./plan-audiences/plan-audiences.ts";
import { queuePushes } from "./queue-pushes/queue-pushes.ts";
import { resolvePartition } from "./resolve-partition/resolve-partition.ts";
import { savePartition } from "./save-partition/save-partition.ts";
import { scorePartition } from "./score-partition/score-partition.ts";
import { splitList } from "./split-list/split-list.ts";
import { summariseBase } from "./summarise-base/summarise-base.ts";
import { takeTurn } from "./take-turn/take-turn.ts";

/** An operation as an engine calls it: validated on both sides. */
export interface RegisteredOperation {
  id: string;
  perform(ports: Ports, input: unknown): Promise<unknown>;
}

function register<In, Out>(declared: Operation<In, Out>): RegisteredOperation {
  return { id: declared.id, perform: (ports, input) => perform(declared, ports, input) };
}

/** Every operation, one line each; states and handlers are named by their ids. */
export const OPERATIONS: readonly RegisteredOperation[] = [
  register(takeTurn),
  register(splitList),
  register(importList),
  register(openRound),
  register(resolvePartition),
  register(mergePartition),
  register(enrichPartition),
  register(matchCompanies),
  register(summariseBase),
  register(classifyPartition),
  register(scorePartition),
  register(placePartition),
  register(savePartition),
  register(planAudiences),
  register(queuePushes),
  register(deliverPush),
  register(closeRun),
];
