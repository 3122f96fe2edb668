import { readEnvironment } from "@bullseye/aws/environment";
import { openPorts } from "@bullseye/aws/ports";
import { adConnector, createHttp } from "@bullseye/connectors";
import { expect, vi } from "vitest";
import { describePorts } from "./ports.ts";
import { startStandIns } from "./stand-ins.ts";

describePorts("a stage on fauxqs and dynalite", async () => {
  const standIns = await startStandIns(["a", "b", "c", "d", "e", "f"].map((each) => `push-${each}`));
  expect(readEnvironment()).toMatchObject(standIns.environment);
  const now = Date.now;
  let ahead = 0;
  const clock = vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
  const ports = openPorts(readEnvironment(), { adConnector, http: createHttp() });
  await ports.useHashKey();
  return {
    ports,
    pass: async (seconds) => {
      ahead += seconds * 1000;
    },
    // fauxqs keeps no versions.
    drop: async (key, body) => {
      await ports.objects.put(key, body);
      return "null";
    },
    published: async () =>
      standIns.events.map(({ DetailType, Detail }) => ({ type: DetailType, id: (JSON.parse(Detail) as { id: string }).id })),
    close: async () => {
      clock.mockRestore();
      ports.close();
      await standIns.close();
    },
  };
});
