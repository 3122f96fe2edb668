import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { environment, hasOwnEndpoint, readEnvironment } from "./environment.ts";

const VARIABLES = {
  BULLSEYE_STAGE: "dev",
  BULLSEYE_BUCKET: "bullseye-dev-123456789012-eu-central-1",
  BULLSEYE_TABLE: "bullseye-dev",
  BULLSEYE_QUEUE_PREFIX: "https://sqs.eu-central-1.amazonaws.com/123456789012/bullseye-dev-",
  BULLSEYE_EVENT_BUS: "bullseye-dev",
  BULLSEYE_SECRET_PREFIX: "bullseye/dev/",
  AWS_REGION: "eu-central-1",
};

beforeEach(() => {
  vi.stubEnv("AWS_ENDPOINT_URL", undefined);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", undefined);
  for (const [name, value] of Object.entries(VARIABLES)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the environment of a function", () => {
  test("describes its stage", () => {
    expect(readEnvironment()).toMatchObject({
      stage: "dev",
      bucket: VARIABLES.BULLSEYE_BUCKET,
      queuePrefix: VARIABLES.BULLSEYE_QUEUE_PREFIX,
      pathStyle: false,
    });
    expect(readEnvironment().stateMachine).toBeUndefined();
    vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1");
    expect(readEnvironment().pathStyle).toBe(true);
    expect(hasOwnEndpoint("SQS")).toBe(false);
  });

  test("that lacks something says all that is missing or wrong, and no value", () => {
    vi.stubEnv("BULLSEYE_TABLE", "");
    vi.stubEnv("BULLSEYE_BUCKET", undefined);
    vi.stubEnv("BULLSEYE_SECRET_PREFIX", "s3cr3t");
    vi.stubEnv("BULLSEYE_STATE_MACHINE", "s3cr3t");
    const read = (): unknown => readEnvironment();
    expect(read).toThrow(expect.objectContaining({ name: "InputError" }));
    for (const name of ["BULLSEYE_TABLE", "BULLSEYE_BUCKET", "BULLSEYE_SECRET_PREFIX", "BULLSEYE_STATE_MACHINE"])
      expect(read).toThrow(name);
    expect(read).not.toThrow("s3cr3t");
  });

  test("is asked by name at the moment of asking", () => {
    vi.stubEnv("LINKEDIN_API_BASE", "http://127.0.0.1:1/rest");
    expect(environment("LINKEDIN_API_BASE")).toBe("http://127.0.0.1:1/rest");
    vi.stubEnv("LINKEDIN_API_BASE", "");
    expect(environment("LINKEDIN_API_BASE")).toBeUndefined();
  });
});
