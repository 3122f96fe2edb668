import { Duration, Stack } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Alias } from "aws-cdk-lib/aws-kms";
import { CfnSubscription, Topic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { pascalCase } from "./functions.ts";
import type { StageProps } from "./stage.ts";

/** Namespace of the metrics that functions write into their logs; dimensions are `stage`, and `platform` where it is about one. */
export const METRICS_NAMESPACE = "Bullseye";
export const METRICS = { runFailed: "RunFailed", runUnbalanced: "RunUnbalanced", pushParked: "PushParked" } as const;
const PUSH_DEFERRED = "PushDeferred";
const PUSH_DELIVERED = "PushDelivered";

/** A dropped list should begin to be read within this time [design]. */
const INBOX_OLDEST = Duration.minutes(15);
/** A part of a push is taken up, delivered or put off, within this time [design]. */
const PUSH_OLDEST = Duration.hours(6);
/** Platforms throttle for hours; what is put off for longer without any part getting through waits for something else [design]. */
const DEFERRED_HOURS = 6;
/** Throttled calls are repeated by themselves; they are worth a look when they go on for this many periods [design]. */
const THROTTLED_PERIODS = 3;
const PERIOD = Duration.minutes(5);

/** An alarm: it goes off when the metric is above `above` in each of `periods` periods. */
interface Watch {
  id: string;
  /** What it means and what to do next. */
  means: string;
  metric: IMetric;
  above: number;
  periods?: number;
}

/** Alarms, the topic that tells of them, a budget and a dashboard. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const topic = this.#topic(props);
    const watches = [...runs(props), ...queues(props), ...throttles(props)];
    for (const watch of watches) this.#alarm(props, watch).addAlarmAction(new SnsAction(topic));
    if (props.settings.alarmEmail !== null) this.#budget(props, topic);
    this.#dashboard(props, watches);
  }

  #topic({ names, settings }: StageProps): Topic {
    const topic = new Topic(this, "Alarms", {
      topicName: names.alarmTopic,
      enforceSSL: true,
      // Alarms cannot publish to a topic under the key that AWS manages; without one of the stage's own, messages name alarms only.
      ...(settings.customerKey ? { masterKey: Alias.fromAliasName(this, "Key", names.keyAlias) } : {}),
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("budgets.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": names.place.account } },
      }),
    );
    if (settings.alarmEmail !== null)
      new CfnSubscription(this, "AlarmEmail", { topicArn: topic.topicArn, protocol: "email", endpoint: settings.alarmEmail });
    return topic;
  }

  #alarm({ names }: StageProps, { id, means, metric, above, periods = 1 }: Watch): Alarm {
    return new Alarm(this, `${pascalCase(id)}Alarm`, {
      alarmName: names.function(id),
      alarmDescription: means,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** The costs of the whole account: those of one stage are known only where its tags were activated for billing. */
  #budget({ names, settings }: StageProps, topic: Topic): void {
    const subscribers = [{ subscriptionType: "SNS", address: topic.topicArn }];
    const told = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
      notification: { notificationType, comparisonOperator: "GREATER_THAN", threshold, thresholdType: "PERCENTAGE" },
      subscribers,
    });
    new CfnBudget(this, "Budget", {
      budget: {
        budgetName: names.budget,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: settings.monthlyBudgetUsd, unit: "USD" },
      },
      notificationsWithSubscribers: [told("ACTUAL", 80), told("FORECASTED", 100)],
    });
  }

  #dashboard({ names }: StageProps, watches: readonly Watch[]): void {
    const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 12, height: 6 });
    const of = (name: RegExp): IMetric[] => watches.filter(({ id }) => name.test(id)).map(({ metric }) => metric);
    const executions = (metricName: string): Metric => stateMetric(names.stateMachineArn, metricName);
    const table = (metricName: string): Metric =>
      new Metric({
        namespace: "AWS/DynamoDB",
        metricName,
        dimensionsMap: { TableName: names.table },
        statistic: Stats.SUM,
        period: PERIOD,
      });
    new Dashboard(this, "Dashboard", {
      dashboardName: names.dashboard,
      widgets: [
        [
          new TextWidget({
            markdown: `# Bullseye, stage ${names.place.stage}\nWhat each alarm means: docs/operations.md`,
            width: 24,
            height: 2,
          }),
        ],
        [
          graph("Runs", [executions("ExecutionsStarted"), executions("ExecutionsSucceeded"), ...of(/^(run|executions)-/)]),
          graph("Waiting messages, oldest", of(/-oldest$/)),
        ],
        [graph("Given up", of(/-dead$/)), graph("Parked audiences, deferred pushes", of(/-(parked|deferred)$/))],
        [
          graph("Table units", [table("ConsumedReadCapacityUnits"), table("ConsumedWriteCapacityUnits")]),
          graph("Throttled", of(/throttled/)),
        ],
      ],
    });
  }
}

function stateMetric(stateMachineArn: string, metricName: string): Metric {
  return new Metric({
    namespace: "AWS/States",
    metricName,
    dimensionsMap: { StateMachineArn: stateMachineArn },
    statistic: Stats.SUM,
    period: PERIOD,
  });
}

function ownMetric(metricName: string, stage: string, platform?: string): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { stage, ...(platform === undefined ? {} : { platform }) },
    statistic: Stats.SUM,
    period: PERIOD,
  });
}

/** 1 in hours in which parts of pushes were put off and none got through: what is put off is sent anew, so no message grows old. */
function deferredAlone(stage: string, platform: string): IMetric {
  const period = Duration.hours(1);
  return new MathExpression({
    label: `${PUSH_DEFERRED} without ${PUSH_DELIVERED}`,
    expression: "IF(FILL(deferred, 0) > 0 AND FILL(delivered, 0) < 1, 1, 0)",
    usingMetrics: {
      deferred: ownMetric(PUSH_DEFERRED, stage, platform),
      delivered: ownMetric(PUSH_DELIVERED, stage, platform),
    },
    period,
  });
}

function runs({ names, platforms }: StageProps): Watch[] {
  const { stage } = names.place;
  return [
    {
      id: "run-failed",
      means: "A run ended with an error; its list version does not stand. See: bullseye runs, then runs retry.",
      metric: ownMetric(METRICS.runFailed, stage),
      above: 0,
    },
    {
      id: "run-unbalanced",
      means: "Rows of a list are unaccounted for; its version does not stand. See: bullseye reconcile.",
      metric: ownMetric(METRICS.runUnbalanced, stage),
      above: 0,
    },
    {
      id: "executions-failed",
      means: "An execution of the workflow failed. See its history in Step Functions.",
      metric: stateMetric(names.stateMachineArn, "ExecutionsFailed"),
      above: 0,
    },
    {
      id: "executions-timed-out",
      means: "An execution of the workflow took longer than it may. settle-run gives its turn back.",
      metric: stateMetric(names.stateMachineArn, "ExecutionsTimedOut"),
      above: 0,
    },
    ...platforms.flatMap(({ id }): Watch[] => [
      {
        id: `${id}-parked`,
        means: `An audience on ${id} waits for a person. See: bullseye audiences.`,
        metric: ownMetric(METRICS.pushParked, stage, id),
        above: 0,
      },
      {
        id: `${id}-deferred`,
        means: `Pushes to ${id} are put off again and again, and none gets through. See the log of its worker for the reason.`,
        metric: deferredAlone(stage, id),
        above: 0,
        periods: DEFERRED_HOURS,
      },
    ]),
  ];
}

function queues({ names, platforms }: StageProps): Watch[] {
  const queueMetric = (short: string, metricName: string): Metric =>
    new Metric({
      namespace: "AWS/SQS",
      metricName,
      dimensionsMap: { QueueName: names.queue(short) },
      statistic: Stats.MAXIMUM,
      period: PERIOD,
    });
  const pushQueues = platforms.map(({ id }) => names.pushQueue(id));
  const fed = [names.inboxQueue, names.settleQueue, ...pushQueues];
  return [
    ...[...fed.map((short) => names.deadLetters(short)), names.refreshDeadLetters].map(
      (short): Watch => ({
        id: short,
        means: `A message was given up after several attempts and lies in ${names.queue(short)}. Mend the cause, then redrive the queue.`,
        metric: queueMetric(short, "ApproximateNumberOfMessagesVisible"),
        above: 0,
      }),
    ),
    ...[names.inboxQueue, ...pushQueues].map(
      (short): Watch => ({
        id: `${short}-oldest`,
        means: `A message has waited in ${names.queue(short)} for too long. See the log of its worker.`,
        metric: queueMetric(short, "ApproximateAgeOfOldestMessage"),
        above: (short === names.inboxQueue ? INBOX_OLDEST : PUSH_OLDEST).toSeconds(),
      }),
    ),
  ];
}

function throttles({ names }: StageProps): Watch[] {
  const sum = (namespace: string, metricName: string, dimensionsMap: Record<string, string>): Metric =>
    new Metric({ namespace, metricName, dimensionsMap, statistic: Stats.SUM, period: PERIOD });
  const watch = (id: string, means: string, metric: Metric): Watch => ({
    id,
    means,
    metric,
    above: 0,
    periods: THROTTLED_PERIODS,
  });
  return [
    watch(
      "functions-throttled",
      "Functions of this account are throttled for a quarter of an hour. New accounts run 10 at a time; ask for more. See: bullseye doctor.",
      sum("AWS/Lambda", "Throttles", {}),
    ),
    watch(
      "reads-throttled",
      "The table throttles reads; they are repeated. It grows by itself within half an hour.",
      sum("AWS/DynamoDB", "ReadThrottleEvents", { TableName: names.table }),
    ),
    watch(
      "writes-throttled",
      "The table throttles writes; they are repeated. It grows by itself within half an hour.",
      sum("AWS/DynamoDB", "WriteThrottleEvents", { TableName: names.table }),
    ),
  ];
}
