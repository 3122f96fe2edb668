import { MAP_RESULTS, type Permission, rarely, read, WORK, write } from "./permissions.ts";

/**
 * What the state machine does itself: it calls functions, starts and watches the children of its Distributed Maps (AWS Step Functions, "IAM
 * policies for using Distributed Map states", 2026-11), reads their items and writes down their results.
 */
export const STATE_MACHINE_PERMISSIONS: readonly Permission[] = [
  { actions: ["lambda:InvokeFunction"], resource: { kind: "workflow-functions" } },
  { actions: ["states:StartExecution"], resource: { kind: "state-machine", alias: false } },
  { actions: ["states:DescribeExecution", "states:StopExecution"], resource: { kind: "executions", children: true } },
  {
    actions: ["states:RedriveExecution"],
    resource: { kind: "executions", children: true },
    because: "a redriven run begins its failed children again",
  },
  ...read(WORK),
  ...write(MAP_RESULTS),
  ...rarely("joins the results of a large map", ...read(MAP_RESULTS), {
    actions: ["s3:ListMultipartUploadParts"],
    resource: { kind: "objects", prefix: MAP_RESULTS },
  }),
  {
    actions: [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ],
    resource: { kind: "everything" },
    because: 'log delivery knows no resources (AWS Step Functions, "Using CloudWatch Logs to log execution history", 2026-11)',
  },
  {
    actions: ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    resource: { kind: "everything" },
    because: "X-Ray knows no resources for these actions (Service Authorization Reference, AWS X-Ray, 2026-11)",
  },
];
