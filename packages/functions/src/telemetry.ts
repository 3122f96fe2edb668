import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";

/** Where the metrics of all stages lie in CloudWatch. */
export const METRICS_NAMESPACE = "Bullseye";

/** What functions count; alarms and the dashboard read these names. */
export type MetricName =
  | "RunStarted"
  | "RunClosed"
  | "RunFailed"
  | "RunUnbalanced"
  | "RunSettled"
  | "PushDelivered"
  | "PushDeferred"
  | "PushParked"
  | "MessageFailed";

/** Counts one happening, by stage and, where there is one, by ad platform: more dimensions would be more metrics to pay for. */
export function count(metric: MetricName, stage: string, platform?: string): void {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE });
  // Powertools' own dimension, the service, is the same everywhere here.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions(platform === undefined ? { stage } : { stage, platform });
  metrics.addMetric(metric, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}

/** Traces of invocations; answers and requests are left out, for they tell keys and hosts, not what went on. */
export const tracer = new Tracer({ serviceName: "bullseye", captureHTTPsRequests: false });
