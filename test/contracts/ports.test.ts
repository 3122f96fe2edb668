import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { adConnector, createHttp } from "@bullseye/connectors";
import { versionKey } from "@bullseye/core/operations/run-context";
import { openPorts } from "@bullseye/local/ports";
import { describe, expect, test, vi } from "vitest";
import { describePorts, type OpenPorts } from "./ports.ts";

async function openLaptop(): Promise<OpenPorts> {
  const directory = mkdtempSync(join(tmpdir(), "bullseye-ports-"));
  const home = join(directory, "home");
  const ports = openPorts(home, { adConnector, http: createHttp(), environment: () => undefined });
  const now = Date.now;
  let ahead = 0;
  let dropped = 0;
  const clock = vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
  return {
    ports,
    pass: async (seconds) => {
      ahead += seconds * 1000;
    },
    drop: async (key, body) => {
      const versionId = String(++dropped);
      const copy = ports.objects.path(versionKey(versionId));
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, body);
      await ports.objects.put(key, body);
      return versionId;
    },
    published: async () => {
      const file = join(home, "events.jsonl");
      const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
      return lines.map((line) => JSON.parse(line) as { type: string; id: string });
    },
    close: async () => {
      clock.mockRestore();
      ports.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

describePorts("a laptop", openLaptop);

describe("the queue of a laptop", () => {
  test("knows a message by its id", async () => {
    const { ports, close } = await openLaptop();
    for (let round = 0; round < 2; round++) await ports.queue.send("push-a", [{ id: "same", body: { n: 1 } }]);
    expect(await ports.queue.depth("push-a")).toBe(1);
    await close();
  });
});
