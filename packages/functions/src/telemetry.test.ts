import { afterEach, expect, test, vi } from "vitest";
import { count } from "./telemetry.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What metrics write for CloudWatch. */
function written(work: () => void): Array<Record<string, unknown>> {
  vi.stubEnv("POWERTOOLS_DEV", "true");
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  work();
  return log.mock.calls.map(([line]) => JSON.parse(line) as Record<string, unknown>);
}

test("a metric has the dimension stage, one of a platform that as well, and no other", () => {
  const [failed, parked] = written(() => {
    count("RunFailed", "prod");
    count("PushParked", "prod", "linkedin");
  });
  expect(failed).toMatchObject({ stage: "prod", RunFailed: 1 });
  expect(failed!._aws).toMatchObject({
    CloudWatchMetrics: [{ Namespace: "Bullseye", Dimensions: [["stage"]], Metrics: [{ Name: "RunFailed", Unit: "Count" }] }],
  });
  expect(parked).toMatchObject({ stage: "prod", platform: "linkedin", PushParked: 1 });
  expect(parked!._aws).toMatchObject({ CloudWatchMetrics: [{ Namespace: "Bullseye", Dimensions: [["stage", "platform"]] }] });
});
