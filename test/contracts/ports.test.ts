import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adConnector, createHttp } from "@bullseye/connectors";
import { openPorts } from "@bullseye/local/ports";
import { vi } from "vitest";
import { describePorts } from "./ports.ts";

describePorts("a laptop", async () => {
  const directory = mkdtempSync(join(tmpdir(), "bullseye-ports-"));
  const ports = openPorts(join(directory, "home"), { adConnector, http: createHttp(), environment: () => undefined });
  const now = Date.now;
  let ahead = 0;
  const clock = vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
  return {
    ports,
    pass: async (seconds) => {
      ahead += seconds * 1000;
    },
    close: async () => {
      clock.mockRestore();
      ports.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
});
