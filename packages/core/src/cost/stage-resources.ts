import type { StageResources } from "./idle-cost.ts";
import type { Usage } from "./meter.ts";

/** What a stage has for itself and for each ad platform; a test counts the resources of the synthesized stacks. Alarms by the metrics that they read. */
const OF_A_STAGE = { alarms: 11, dashboards: 1, secrets: 1, polledQueues: 2 } as const;
const OF_A_PLATFORM = { alarms: 5, secrets: 1, polledQueues: 1 } as const;

/** Metrics that a daily refresh sends, charged for the hours in which they were sent: "Amazon CloudWatch pricing", Metrics. */
const METRICS_OF_A_REFRESH = 2;
const HOURS = 24;

/** Bytes that an account takes in the table with its vouchers, and 100 bytes of overhead for each item as AWS bills it [design]. */
const TABLE_BYTES_OF_AN_ACCOUNT = 520;
/** Bytes of files, ledger and reports that stay of an account [design]: the dropped row and its line in the ledger. */
const BUCKET_BYTES_OF_AN_ACCOUNT = 400;
const GB = 1024 ** 3;

/** What a stage has, by what it was deployed for and how many accounts lie in it. `prod` stages have a key of their own. */
export function stageResources(stage: {
  platforms: number;
  customerKey: boolean;
  accounts: number;
  refresh?: Usage;
}): StageResources {
  const { platforms, customerKey, accounts, refresh } = stage;
  return {
    alarms: OF_A_STAGE.alarms + platforms * OF_A_PLATFORM.alarms,
    dashboards: OF_A_STAGE.dashboards,
    secrets: OF_A_STAGE.secrets + platforms * OF_A_PLATFORM.secrets,
    customerKeys: customerKey ? 1 : 0,
    polledQueues: OF_A_STAGE.polledQueues + platforms * OF_A_PLATFORM.polledQueues,
    tableGb: (accounts * TABLE_BYTES_OF_AN_ACCOUNT) / GB,
    pointInTimeRecovery: true,
    bucketGb: (accounts * BUCKET_BYTES_OF_AN_ACCOUNT) / GB,
    customMetrics: METRICS_OF_A_REFRESH / HOURS,
    ...(refresh ? { refresh: { usage: refresh, perMonth: 30 } } : {}),
  };
}
