import "./quiet.ts";
import { handler as classifyPartition } from "@bullseye/functions/classify-partition";
import { handler as closeRun } from "@bullseye/functions/close-run";
import { handler as deliver } from "@bullseye/functions/deliver";
import { handler as enrichPartition } from "@bullseye/functions/enrich-partition";
import { handler as importList } from "@bullseye/functions/import-list";
import { handler as intake } from "@bullseye/functions/intake";
import type { LambdaHandler } from "@bullseye/functions/lambda";
import { handler as matchCompanies } from "@bullseye/functions/match-companies";
import { handler as mergePartition } from "@bullseye/functions/merge-partition";
import { handler as openRound } from "@bullseye/functions/open-round";
import { handler as placePartition } from "@bullseye/functions/place-partition";
import { handler as planAudiences } from "@bullseye/functions/plan-audiences";
import { handler as queuePushes } from "@bullseye/functions/queue-pushes";
import { handler as refreshSchedule } from "@bullseye/functions/refresh-schedule";
import { handler as resolvePartition } from "@bullseye/functions/resolve-partition";
import { handler as savePartition } from "@bullseye/functions/save-partition";
import { handler as scorePartition } from "@bullseye/functions/score-partition";
import { handler as settleRun } from "@bullseye/functions/settle-run";
import { handler as splitList } from "@bullseye/functions/split-list";
import { handler as summariseBase } from "@bullseye/functions/summarise-base";
import { handler as takeTurn } from "@bullseye/functions/take-turn";

/** The functions of a stage, as they are deployed, by id. */
export const FUNCTIONS: Readonly<Record<string, LambdaHandler<unknown>>> = {
  "classify-partition": classifyPartition,
  "close-run": closeRun,
  deliver,
  "enrich-partition": enrichPartition,
  "import-list": importList,
  intake,
  "merge-partition": mergePartition,
  "open-round": openRound,
  "match-companies": matchCompanies,
  "place-partition": placePartition,
  "plan-audiences": planAudiences,
  "queue-pushes": queuePushes,
  "refresh-schedule": refreshSchedule,
  "resolve-partition": resolvePartition,
  "save-partition": savePartition,
  "score-partition": scorePartition,
  "settle-run": settleRun,
  "split-list": splitList,
  "summarise-base": summariseBase,
  "take-turn": takeTurn,
};
