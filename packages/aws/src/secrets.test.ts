import { Meter } from "@bullseye/core/cost/meter";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { secretsClient } from "./clients/secrets.ts";
import { createDigest } from "./digest.ts";
import { CONNECTION, jsonError, type Service, startService } from "./misbehaving.testing.ts";
import { StageSecrets } from "./secrets.ts";

let service: Service;
let secrets: StageSecrets;
let now = 0;
const held = new Map<string, string>();
const meter = new Meter();

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());
beforeEach(() => {
  held.clear();
  meter.take();
  secrets = new StageSecrets(secretsClient(CONNECTION, meter), "bullseye/test/", () => now);
  service.answers(({ operation, body }) => {
    const { SecretId, SecretString } = JSON.parse(body) as { SecretId: string; SecretString: string };
    if (operation === "PutSecretValue") held.set(SecretId, SecretString);
    const text = held.get(SecretId);
    return text === undefined ? jsonError(400, "ResourceNotFoundException") : { body: { Name: SecretId, SecretString: text } };
  });
});

const LINKEDIN = "bullseye/test/linkedin";
const operations = (): string[] => service.seen.map(({ operation }) => operation);

describe("the secrets of a platform", () => {
  test("are its fields; one that is missing, empty or still the placeholder has none", async () => {
    const { get } = secrets.of("linkedin");
    expect(await get("accessToken")).toBeUndefined();
    for (const [text, token] of [
      ["{}", undefined],
      ['{"accessToken": ""}', undefined],
      ['{"accessToken": "t-1", "clientId": 42}', "t-1"],
    ] as const) {
      now += 3_600_000;
      held.set(LINKEDIN, text);
      expect(await get("accessToken")).toBe(token);
    }
    expect(await get("clientId")).toBe("42");
    expect(await get("toString")).toBeUndefined();
  });

  test("are read once for some minutes, by any number of readers", async () => {
    held.set(LINKEDIN, '{"accessToken":"t-1","clientId":"c"}');
    const { get } = secrets.of("linkedin");
    await Promise.all([get("accessToken"), get("clientId"), secrets.of("linkedin").get("accessToken")]);
    held.set(LINKEDIN, '{"accessToken":"t-2"}');
    now += 4 * 60_000;
    expect(await get("accessToken")).toBe("t-1");
    expect(meter.take()).toEqual({ "secrets.request": 1 });
    now += 2 * 60_000;
    expect(await get("accessToken")).toBe("t-2");
  });

  test("keep what others wrote meanwhile when a field is set, and are known to be as written", async () => {
    held.set(LINKEDIN, '{"accessToken":"t-1","refreshToken":"r-1"}');
    const { get, set } = secrets.of("linkedin");
    expect(await get("accessToken")).toBe("t-1");
    held.set(LINKEDIN, '{"accessToken":"t-1","refreshToken":"r-1","clientId":"by a person"}');
    await set!("accessToken", "t-2");
    expect(JSON.parse(held.get(LINKEDIN)!)).toEqual({ accessToken: "t-2", refreshToken: "r-1", clientId: "by a person" });
    expect(await get("clientId")).toBe("by a person");
    expect(operations()).toEqual(["GetSecretValue", "GetSecretValue", "PutSecretValue"]);
    await set!("accessToken", "t-2");
    expect(operations().at(-1)).toBe("GetSecretValue");
  });

  test("that are no JSON object are a CredentialError that repeats nothing of them", async () => {
    for (const text of ["s3cr3t", '["s3cr3t"]', '{"accessToken":{"s3cr3t":1}}', "null"]) {
      now += 3_600_000;
      held.set(LINKEDIN, text);
      const { get } = secrets.of("linkedin");
      await expect(get("accessToken")).rejects.toMatchObject({
        name: "CredentialError",
        message: expect.not.stringContaining("s3cr3t"),
      });
    }
  });

  test("that may not be read are a CredentialError; a busy moment is not remembered", async () => {
    service.answers(() => jsonError(400, "AccessDeniedException"));
    const { get } = secrets.of("linkedin");
    await expect(get("accessToken")).rejects.toMatchObject({
      name: "CredentialError",
      hint: expect.stringContaining("secretsmanager:GetSecretValue"),
    });
    service.answers((_, index) =>
      index === 0 ? jsonError(400, "ThrottlingException") : { body: { SecretString: '{"accessToken":"t-1"}' } },
    );
    expect(await get("accessToken")).toBe("t-1");
  });
});

describe("the hash key", () => {
  test("is the text of its secret, and a stage without one says so", async () => {
    await expect(secrets.hashKey()).rejects.toMatchObject({ name: "CredentialError" });
    for (const text of ["{}", "  ", ""]) {
      held.set("bullseye/test/hash-key", text);
      await expect(secrets.hashKey()).rejects.toMatchObject({ name: "CredentialError" });
    }
    held.set("bullseye/test/hash-key", "a key\n");
    expect(await secrets.hashKey()).toBe("a key");
  });

  test("is needed for keyed hashes only, and makes them what a laptop with that key makes", () => {
    let key: string | undefined;
    const digest = createDigest(() => key);
    expect(digest.id("abc")).toBe("ba7816bf8f01cfea4141");
    expect(() => digest.keyed("abc")).toThrow(expect.objectContaining({ name: "BugError" }));
    key = "key";
    // RFC 2104 with SHA-256: printf abc | openssl dgst -sha256 -hmac key
    expect(digest.keyed("abc")).toBe("9c196e32dc0175f86f4b");
  });
});
