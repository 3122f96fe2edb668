import type { LocalPorts } from "@bullseye/local/ports";
import { type Sandbox, startSandbox } from "@bullseye/platform-sandbox";

/** An ad platform on loopback and the environment that leads a home there. Time only moves when somebody sleeps. */
export interface TestPlatform {
  sandbox: Sandbox;
  environment: Record<string, string>;
  /** Lets the platform's time pass. */
  sleep(milliseconds: number): Promise<void>;
  /** Makes a home share the platform's clock, so that waiting takes no time. */
  adjust(ports: LocalPorts): void;
  /** Domains that the platform holds in an audience, sorted; null where it has no such audience. */
  domains(audience: string): string[] | null;
}

/** Starts a sandbox. Close it with `sandbox.close()`. */
export async function startPlatform(): Promise<TestPlatform> {
  let now = Date.UTC(2026, 10, 20, 8);
  const sandbox = await startSandbox({ options: { now: () => now } });
  const { secrets, settings } = sandbox.connections.linkedin!;
  const environment: Record<string, string> = { ...sandbox.bases };
  for (const [name, value] of Object.entries({ ...secrets, ...settings }))
    environment[`LINKEDIN_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`] = value;
  const sleep = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
  };
  return {
    sandbox,
    environment,
    sleep,
    adjust(ports) {
      const context = ports.connectorContext;
      ports.connectorContext = (...args) => ({ ...context(...args), clock: { now: () => now }, sleep });
      ports.clock = { ...ports.clock, sleep };
      const defer = ports.queue.defer.bind(ports.queue);
      ports.queue.defer = (queue, receipt) => defer(queue, receipt, 0);
    },
    domains(audience) {
      const segment = sandbox.state.linkedin.segments().find(({ sourceSegmentId }) => sourceSegmentId.endsWith(audience));
      return segment ? segment.members.map((member) => member.companyWebsiteDomain ?? "").sort() : null;
    },
  };
}
