import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { NotFoundError } from "../errors.ts";
import { EXAMPLE_CONFIGURATION } from "../icp/examples/index.ts";
import type { ObjectStore, Ports } from "../ports.ts";
import { ACTIVE_CONFIGURATION, configurationToPin, pinConfiguration } from "./active-configuration.ts";
import { configKey } from "./configuration.ts";

/** As much of the ports as configurations need. */
function open(): { ports: Ports; objects: Map<string, string>; puts: string[] } {
  const objects = new Map<string, string>();
  const puts: string[] = [];
  const store: Pick<ObjectStore, "get" | "put" | "size"> = {
    get: async (key) => {
      const text = objects.get(key);
      if (text === undefined) throw new NotFoundError(`there is no ${key}`);
      return Buffer.from(text);
    },
    put: async (key, body) => {
      puts.push(key);
      objects.set(key, String(body));
    },
    size: async (key) => objects.get(key)?.length ?? null,
  };
  const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
  return { ports: { objects: store, digest: { sha256 } } as unknown as Ports, objects, puts };
}

describe("what a run pins", () => {
  test("is the examples where nothing was activated; they are stored once", async () => {
    const { ports, objects, puts } = open();
    const sha = await configurationToPin(ports);
    expect(JSON.parse(objects.get(configKey(sha))!)).toEqual(EXAMPLE_CONFIGURATION);
    expect(await configurationToPin(ports)).toBe(sha);
    expect(puts).toEqual([configKey(sha)]);
  });

  test("is what is active", async () => {
    const { ports, objects } = open();
    const policy = EXAMPLE_CONFIGURATION.policy.replace(/\s*$/, "\n# ours\n");
    const sha = await pinConfiguration(ports, { ...EXAMPLE_CONFIGURATION, policy });
    objects.set(ACTIVE_CONFIGURATION, JSON.stringify({ sha, previous: [] }));
    expect(await configurationToPin(ports)).toBe(sha);
  });

  test("is nothing where the pointer points nowhere, or is none", async () => {
    const { ports, objects } = open();
    objects.set(ACTIVE_CONFIGURATION, JSON.stringify({ sha: "0123" }));
    await expect(configurationToPin(ports)).rejects.toMatchObject({ name: "NotFoundError" });
    objects.set(ACTIVE_CONFIGURATION, "{");
    await expect(configurationToPin(ports)).rejects.toMatchObject({ name: "BugError" });
  });

  test("is never a configuration that does not compile", async () => {
    const { ports, puts } = open();
    await expect(pinConfiguration(ports, { ...EXAMPLE_CONFIGURATION, icp: "tiers: 7" })).rejects.toMatchObject({
      name: "InputError",
    });
    expect(puts).toEqual([]);
  });
});
