import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AD_CONNECTORS, adConnector } from "./registry.ts";

const folder = join(import.meta.dirname, "ads");
const ids = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

it("registers every folder under ads/ and nothing else", () => {
  expect(AD_CONNECTORS.map(({ id }) => id).sort()).toEqual(ids);
});

it("names the platforms there are when asked for another", () => {
  expect(() => adConnector("myspace")).toThrow(
    expect.objectContaining({ name: "NotFoundError", hint: expect.stringContaining("linkedin") }),
  );
});

describe.each(ids)("%s", (id) => {
  const connector = adConnector(id);
  const manifest = JSON.parse(readFileSync(join(folder, id, "manifest.json"), "utf8"));

  it("has a manifest that says what the stacks read", () => {
    expect(manifest).toMatchObject({ id, kind: "ads" });
    expect(Number.isInteger(manifest.concurrency) && manifest.concurrency > 0).toBe(true);
    for (const field of [...manifest.secretFields, ...manifest.settingFields]) {
      expect(field.name).toMatch(/^[a-z][A-Za-z]*$/);
      expect(field.description.length).toBeGreaterThan(10);
    }
    for (const [name, url] of Object.entries<string>(manifest.baseUrls)) {
      expect(name).toMatch(/^[A-Z][A-Z_]*_BASE$/);
      expect(new URL(url).protocol).toBe("https:");
    }
    expect(connector.manifest).toEqual(manifest);
  });

  it("has what its capabilities promise", () => {
    const { modes, actions, maxPerRequest } = connector.capabilities;
    expect(Object.keys(actions).sort()).toEqual([...modes].sort());
    expect(connector.fileTemplate !== undefined).toBe(modes.includes("file"));
    expect(connector.api !== undefined).toBe(modes.includes("api"));
    expect(maxPerRequest).toBeGreaterThan(0);
  });
});
