import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CfnDeletionPolicy, Duration, Stack } from "aws-cdk-lib";
import { type IRuleTarget, Rule, type RuleTargetConfig } from "aws-cdk-lib/aws-events";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnEventInvokeConfig } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { CfnStateMachine, CfnStateMachineAlias, CfnStateMachineVersion } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import { explain, explainWildcards } from "./findings.ts";
import { addFunction, consumeQueue, logGroup } from "./function.ts";
import { FUNCTIONS, substitutionOf, WORKFLOW_FUNCTION_IDS } from "./functions.ts";
import { statementsOf } from "./policies.ts";
import { addDeadLetters, addQueue } from "./queues.ts";
import type { StageProps } from "./stage.ts";
import { STATE_MACHINE_PERMISSIONS } from "./state-machine-permissions.ts";

/** Time for a sidecar that is dropped beside its list to arrive [design]. */
const INBOX_DELAY_SECONDS = 10;
/** Time for an execution that was ended from outside to let go of its functions: the longest that one runs [design]. */
const SETTLE_DELAY_SECONDS = 900;
/** A run ends an hour before its turn does (`take-turn`: 24 hours) [design]. */
const RUN_SECONDS = 23 * 60 * 60;
/** The daily refresh begins within this window, so that stages do not all begin at once [design]. */
const REFRESH_WINDOW_MINUTES = 15;

/** From a dropped list to queued pushes: the rules and queues that start runs, the state machine and its functions. */
export class WorkflowStack extends Stack {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const stateMachine = this.#stateMachine(props);
    this.#intake(props);
    this.#settling(props, stateMachine);
    this.#refresh(props);
  }

  /** The workflow file with the ARNs of its functions put in; CloudFormation resolves those of their versions. */
  #stateMachine(props: StageProps): CfnStateMachine {
    const { names } = props;
    const substitutions: Record<string, string> = { WorkBucketName: names.bucket };
    for (const id of WORKFLOW_FUNCTION_IDS) {
      const called = addFunction(this, props, id);
      substitutions[substitutionOf(id)] = called.currentVersion.functionArn;
    }
    const statements = statementsOf(STATE_MACHINE_PERMISSIONS, props);
    const role = new Role(this, "StateMachineRole", {
      description: `What the state machine ${names.stateMachine} may do`,
      assumedBy: new ServicePrincipal("states.amazonaws.com", {
        conditions: {
          StringEquals: { "aws:SourceAccount": names.place.account },
          // Itself, its versions and alias, and the children of its maps.
          ArnLike: { "aws:SourceArn": ["", ":*", "/*"].map((rest) => `${names.stateMachineArn}${rest}`) },
        },
      }),
      inlinePolicies: { "target-accounts": new PolicyDocument({ statements }) },
    });
    explainWildcards(role, statements);
    const logs = logGroup(this, "StateMachineLogs", names.logGroupOfStateMachine, props);
    const stateMachine = new CfnStateMachine(this, "StateMachine", {
      stateMachineName: names.stateMachine,
      stateMachineType: "STANDARD",
      roleArn: role.roleArn,
      definitionString: this.#definition(substitutions),
      loggingConfiguration: {
        level: "ERROR",
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    stateMachine.node.addDependency(role);
    explain(stateMachine, {
      "AwsSolutions-SF1":
        "every step of every partition would be logged; the history of an execution shows them for 90 days anyway",
    });
    this.#publish(stateMachine, props);
    return stateMachine;
  }

  /** The text of the workflow file. Substituted here: the stand-ins for CloudFormation do not know its substitutions. */
  #definition(substitutions: Readonly<Record<string, string>>): string {
    const file = readFileSync(join(process.cwd(), "stacks", "target-accounts.asl.json"), "utf8");
    // As text: a parsed 0.0 would come back as 0, which moto's interpreter does not take.
    const definition = file.replace("{", `{"TimeoutSeconds":${RUN_SECONDS},`).replace(/\n\s*/g, "");
    return definition.replace(/\$\{(\w+)\}/g, (whole, name: string) => {
      const value = substitutions[name];
      if (value === undefined) throw new Error(`stacks/target-accounts.asl.json asks for ${whole}, and no function is called so`);
      return value;
    });
  }

  /** A version for each change, and the alias that runs are started on. Old versions stay, so that failed runs of theirs can be redriven. */
  #publish(stateMachine: CfnStateMachine, { names }: StageProps): void {
    const version = new CfnStateMachineVersion(this, "StateMachineVersion", {
      stateMachineArn: stateMachine.attrArn,
      stateMachineRevisionId: stateMachine.attrStateMachineRevisionId,
    });
    version.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    version.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
    new CfnStateMachineAlias(this, "StateMachineAlias", {
      name: names.stateMachineAlias,
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
  }

  /** Dropped lists. Sidecars pass as well, as EventBridge cannot ask for a beginning and against an ending; intake drops them. */
  #intake(props: StageProps): void {
    const { names } = props;
    const { queue, deadLetters } = addQueue(this, props, names.inboxQueue, {
      workerSeconds: FUNCTIONS.intake.timeoutSeconds,
      delaySeconds: INBOX_DELAY_SECONDS,
    });
    const rule = new Rule(this, "DroppedRule", {
      description: "A list was dropped into the inbox",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: { bucket: { name: [names.bucket] }, object: { key: [{ prefix: "inbox/" }] } },
      },
    });
    feed(rule, queue, deadLetters);
    consumeQueue(this, addFunction(this, props, "intake"), queue.queueArn, { batchSize: 10, concurrency: 2 });
  }

  /** Executions that ended without closing their run: timed out, stopped by hand, or failed where the workflow catches nothing. */
  #settling(props: StageProps, stateMachine: CfnStateMachine): void {
    const { names } = props;
    const { queue, deadLetters } = addQueue(this, props, names.settleQueue, {
      workerSeconds: FUNCTIONS["settle-run"].timeoutSeconds,
      delaySeconds: SETTLE_DELAY_SECONDS,
    });
    const rule = new Rule(this, "EndedRule", {
      description: "An execution of the workflow ended badly",
      eventPattern: {
        source: ["aws.states"],
        detailType: ["Step Functions Execution Status Change"],
        detail: { stateMachineArn: [names.stateMachineArn], status: ["FAILED", "TIMED_OUT", "ABORTED"] },
      },
    });
    rule.node.addDependency(stateMachine);
    feed(rule, queue, deadLetters);
    consumeQueue(this, addFunction(this, props, "settle-run"), queue.queueArn, { batchSize: 1, concurrency: 2 });
  }

  /** The daily run without a list: decay, expiry, changed rules. */
  #refresh(props: StageProps): void {
    const { names, settings } = props;
    const refresh = addFunction(this, props, "refresh-schedule");
    const deadLetters = addDeadLetters(this, props, names.refreshDeadLetters);
    explain(deadLetters, { "AwsSolutions-SQS3": "takes the dead letters of the schedule and of its function" });
    new CfnEventInvokeConfig(this, "RefreshInvoke", {
      functionName: refresh.functionName,
      qualifier: "$LATEST",
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destination: deadLetters.queueArn } },
    });
    const role = new Role(this, "ScheduleRole", {
      description: `What the schedule ${names.schedule} may do`,
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": names.place.account } },
      }),
      inlinePolicies: {
        refresh: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [names.functionArn("refresh-schedule")] }),
            new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [names.queueArn(names.refreshDeadLetters)] }),
          ],
        }),
      },
    });
    const [hour, minute] = settings.refreshAt.split(":").map(Number);
    new CfnSchedule(this, "Schedule", {
      name: names.schedule,
      description: "Daily refresh of every account",
      scheduleExpression: `cron(${minute} ${hour} * * ? *)`,
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: REFRESH_WINDOW_MINUTES },
      target: {
        arn: refresh.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ scheduledTime: "<aws.scheduler.scheduled-time>" }),
        deadLetterConfig: { arn: deadLetters.queueArn },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: Duration.hours(6).toSeconds() },
      },
    });
  }
}

/** Lets a rule, and nothing else, put its events into a queue; those that it cannot put there go to the dead letters. */
function feed(rule: Rule, queue: Queue, deadLetters: Queue): void {
  for (const each of [queue, deadLetters]) {
    each.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("events.amazonaws.com")],
        actions: ["sqs:SendMessage"],
        resources: [each.queueArn],
        conditions: { ArnEquals: { "aws:SourceArn": rule.ruleArn } },
      }),
    );
  }
  const target: IRuleTarget = {
    bind: (): RuleTargetConfig => ({ arn: queue.queueArn, deadLetterConfig: { arn: deadLetters.queueArn } }),
  };
  rule.addTarget(target);
}
