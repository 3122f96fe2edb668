import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { METRICS } from "../../stacks/observability.ts";
import { ofType, policies, synthesize } from "./synthesized.ts";

const dev = synthesize("dev");
const told = synthesize("dev", { alarmEmail: "ops@example.com", monthlyBudgetUsd: 120 });
const alarms = ofType(dev, "AWS::CloudWatch::Alarm").map(({ resource }) => resource.Properties);

describe("alarms", () => {
  test("watch runs, executions, dead letters, waiting messages and throttles, and nothing else", () => {
    expect(alarms.map(({ AlarmName }) => String(AlarmName).replace("bullseye-dev-", "")).sort()).toEqual(
      [
        "run-failed",
        "run-unbalanced",
        "executions-failed",
        "executions-timed-out",
        "linkedin-parked",
        "linkedin-deferred",
        "inbox-dead",
        "settle-dead",
        "refresh-dead",
        "push-linkedin-dead",
        "inbox-oldest",
        "push-linkedin-oldest",
        "functions-throttled",
        "reads-throttled",
        "writes-throttled",
      ].sort(),
    );
  });

  test("all reach the topic, say what to do, and are quiet while nothing happens", () => {
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        AlarmActions: [{ Ref: expect.stringMatching(/^Alarms/) }],
        TreatMissingData: "notBreaching",
        ComparisonOperator: "GreaterThanThreshold",
      });
      expect(String(alarm.AlarmDescription).length).toBeGreaterThan(30);
    }
  });

  test("read the metrics of functions by stage, and by platform where it is about one", () => {
    const own = alarms.filter(({ Namespace }) => Namespace === "Bullseye");
    expect(own.map(({ MetricName }) => MetricName).sort()).toEqual(Object.values(METRICS).sort());
    for (const { MetricName, Dimensions } of own) {
      const names = (Dimensions as Array<{ Name: string }>).map(({ Name }) => Name).sort();
      expect(names).toEqual(MetricName === "PushParked" ? ["platform", "stage"] : ["stage"]);
    }
  });

  test("go off where pushes are put off for six hours and none gets through", () => {
    const [alarm] = alarms.filter(({ AlarmName }) => AlarmName === "bullseye-dev-linkedin-deferred");
    expect(alarm).toMatchObject({ EvaluationPeriods: 6, Threshold: 0 });
    const metrics = alarm!.Metrics as Array<{ Id: string; Expression?: string; MetricStat?: { Metric: object; Period: number } }>;
    const read = metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, MetricStat]] : []));
    const dimensions = expect.arrayContaining([
      { Name: "platform", Value: "linkedin" },
      { Name: "stage", Value: "dev" },
    ]);
    const stat = (MetricName: string) => ({
      Metric: { Namespace: "Bullseye", MetricName, Dimensions: dimensions },
      Period: 3600,
      Stat: "Sum",
    });
    expect(Object.fromEntries(read)).toMatchObject({ deferred: stat("PushDeferred"), delivered: stat("PushDelivered") });
  });

  test("one for each queue of dead letters", () => {
    const dead = ofType(dev, "AWS::SQS::Queue").flatMap(({ resource }) => {
      const name = String(resource.Properties.QueueName);
      return name.endsWith("-dead") ? [name] : [];
    });
    const watched = alarms.flatMap(({ Namespace, AlarmName, Dimensions }) =>
      Namespace === "AWS/SQS" && String(AlarmName).endsWith("-dead") ? [(Dimensions as Array<{ Value: string }>)[0]!.Value] : [],
    );
    expect(watched.sort()).toEqual(dead.sort());
  });
});

describe("the topic", () => {
  test("takes alarms and budgets of this account alone, over TLS", () => {
    const [policy] = policies(dev).filter(({ where }) => where.startsWith("AlarmsPolicy"));
    expect(policy!.statements.filter(({ Effect }) => Effect === "Allow")).toEqual([
      expect.objectContaining({
        Action: ["sns:Publish"],
        Principal: { Service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] },
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      }),
    ]);
    expect(policy!.statements.filter(({ Effect }) => Effect === "Deny").map(({ Condition }) => Condition)).toEqual([
      { Bool: { "aws:SecureTransport": "false" } },
    ]);
  });

  test("tells an address where the stage names one, and warns it of costs", () => {
    dev.templates.observability.resourceCountIs("AWS::SNS::Subscription", 0);
    dev.templates.observability.resourceCountIs("AWS::Budgets::Budget", 0);
    const { observability } = told.templates;
    observability.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint: "ops@example.com" });
    observability.hasResourceProperties("AWS::Budgets::Budget", {
      Budget: { BudgetName: "bullseye-dev", BudgetType: "COST", TimeUnit: "MONTHLY", BudgetLimit: { Amount: 120, Unit: "USD" } },
      NotificationsWithSubscribers: Match.arrayWith([
        Match.objectLike({ Notification: Match.objectLike({ NotificationType: "FORECASTED" }) }),
      ]),
    });
  });
});

test("the dashboard shows every metric that an alarm watches", () => {
  const [dashboard] = ofType(dev, "AWS::CloudWatch::Dashboard");
  const body = JSON.stringify(dashboard!.resource.Properties.DashboardBody);
  for (const { MetricName, Metrics = [] } of alarms)
    for (const name of [
      MetricName,
      ...(Metrics as Array<{ MetricStat?: { Metric: { MetricName: string } } }>).map(
        (each) => each.MetricStat?.Metric.MetricName,
      ),
    ])
      if (name !== undefined) expect(body).toContain(String(name));
});
