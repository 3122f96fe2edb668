import type { Amount } from "./amount.ts";
import { MICRO } from "./amount.ts";
import { costOf } from "./cost-of.ts";
import type { Usage } from "./meter.ts";
import { MONTHLY_RESOURCES, type MonthlyResource, PRICES, type Prices } from "./prices.ts";

/** What a stage has that is charged although nobody drops a file: counts, and sizes in GB. */
export interface StageResources {
  /** By the metrics that they read: an alarm on two is charged as two. */
  alarms: number;
  dashboards: number;
  secrets: number;
  /** 1 where the stage asked for a key of its own. */
  customerKeys: number;
  /** Queues that a function polls. */
  polledQueues: number;
  tableGb: number;
  pointInTimeRecovery: boolean;
  bucketGb: number;
  /** Custom metrics that functions send in such a month. */
  customMetrics: number;
  /** What one run of the schedule uses, and how often a month it comes. */
  refresh?: { usage: Usage; perMonth: number };
}

/**
 * Receives of one idle queue in 30 days: Lambda polls with five connections, each for up to 20 seconds ("Configuring scaling behavior for
 * SQS event source mappings", AWS Lambda Developer Guide; ReceiveMessage waits 20 seconds at most).
 */
const POLLS_PER_QUEUE = (5 * 30 * 24 * 3600) / 20;

/** One line of what an idle month costs. */
export interface IdleLine {
  service: string;
  what: string;
  quantity: number;
  amount: Amount;
}

/** What a stage costs in a month of 30 days in which nothing is dropped; lines of nothing are left out. */
export function idleCost(resources: StageResources, prices: Prices = PRICES): { amount: Amount; lines: IdleLine[] } {
  const { polledQueues, pointInTimeRecovery, refresh, ...rest } = resources;
  const quantities: Partial<Record<MonthlyResource, number>> = {
    ...rest,
    pitrGb: pointInTimeRecovery ? rest.tableGb : 0,
    queuePolls: polledQueues * POLLS_PER_QUEUE,
    scheduledCalls: refresh?.perMonth ?? 0,
  };
  const lines: IdleLine[] = [];
  for (const resource of MONTHLY_RESOURCES) {
    const quantity = quantities[resource] ?? 0;
    const { service, what, micro } = prices.monthly.get(resource)!;
    if (quantity > 0) lines.push({ service, what, quantity, amount: BigInt(Math.round(quantity * MICRO)) * micro });
  }
  if (refresh && refresh.perMonth > 0) {
    const { amount } = costOf(refresh.usage, prices);
    if (amount > 0n)
      lines.push({
        service: "all",
        what: "daily refresh, if 3 of 4 results change from day to day; far less if few do",
        quantity: refresh.perMonth,
        amount: amount * BigInt(refresh.perMonth),
      });
  }
  return { amount: lines.reduce((sum, line) => sum + line.amount, 0n), lines };
}
